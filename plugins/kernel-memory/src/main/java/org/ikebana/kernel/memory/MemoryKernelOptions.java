package org.ikebana.kernel.memory;

import java.time.Duration;

/**
 * What one modelled kernel differs by from another.
 *
 * @param larvalLifetime of reservations and of open ACQUIREs (Linux: {@code net.core.xfrm_acq_expires})
 * @param esp whether SAs can be installed; some kernels come without ESP
 * @param maximumSas SAs at most, larval ones too
 * @param maximumPolicies policies at most
 */
public record MemoryKernelOptions(Duration larvalLifetime, boolean esp, int maximumSas, int maximumPolicies) {
    /** A Linux kernel's larval lifetime of 30 seconds. */
    public static final MemoryKernelOptions DEFAULT =
            new MemoryKernelOptions(Duration.ofSeconds(30), true, 65_536, 65_536);

    public MemoryKernelOptions withLarvalLifetime(Duration lifetime) {
        return new MemoryKernelOptions(lifetime, esp, maximumSas, maximumPolicies);
    }

    public MemoryKernelOptions withoutEsp() {
        return new MemoryKernelOptions(larvalLifetime, false, maximumSas, maximumPolicies);
    }

    public MemoryKernelOptions withMaximum(int sas, int policies) {
        return new MemoryKernelOptions(larvalLifetime, esp, sas, policies);
    }
}
