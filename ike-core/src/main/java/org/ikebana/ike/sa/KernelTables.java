package org.ikebana.ike.sa;

import org.ikebana.ike.environment.Environment;

/** What all IKE SAs of an engine share about the kernel. */
public record KernelTables(
        PolicyTable policies, ReqidAllocator reqids, OutboundTable outbound, SpiTable spis, Removals removals) {
    public static KernelTables of(Environment environment) {
        PolicyTable policies = new PolicyTable();
        return new KernelTables(
                policies,
                new ReqidAllocator(),
                new OutboundTable(),
                new SpiTable(),
                new Removals(environment, policies));
    }
}
