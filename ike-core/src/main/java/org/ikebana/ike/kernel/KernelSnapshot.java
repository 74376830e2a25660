package org.ikebana.ike.kernel;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/** What is installed, of every owner; tell ours by the reqid. */
public record KernelSnapshot(List<InstalledSa> sas, List<Policy> policies) {
    public KernelSnapshot {
        sas = List.copyOf(sas);
        policies = List.copyOf(policies);
    }

    /**
     * An SA without its keys.
     *
     * @param larval reserved by {@link KernelBackend#allocateSpi} or by an ACQUIRE (SPI 0), not complete
     */
    public record InstalledSa(
            SaKey key,
            InetAddress source,
            SaMode mode,
            int reqid,
            boolean larval,
            int acquireSeq,
            Optional<Encapsulation> encapsulation,
            SaUsage usage) {}
}
