package org.ikebana.ike.sa;

/** What all IKE SAs of an engine share about the kernel. */
public record KernelTables(PolicyTable policies, ReqidAllocator reqids) {
    public KernelTables() {
        this(new PolicyTable(), new ReqidAllocator());
    }
}
