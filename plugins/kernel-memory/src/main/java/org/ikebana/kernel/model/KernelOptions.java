package org.ikebana.kernel.model;

import java.time.Duration;

/**
 * What one modelled kernel differs by from another.
 *
 * @param larvalLifetime of reservations and of open ACQUIREs (Linux: {@code net.core.xfrm_acq_expires})
 * @param esp whether SAs can be installed; some kernels come without ESP
 * @param maximumSas SAs at most, larval ones too
 * @param maximumPolicies policies at most
 */
public record KernelOptions(Duration larvalLifetime, boolean esp, int maximumSas, int maximumPolicies) {
    /** A Linux kernel's larval lifetime of 30 seconds. */
    public static final KernelOptions DEFAULT = new KernelOptions(Duration.ofSeconds(30), true, 65_536, 65_536);

    public KernelOptions withLarvalLifetime(Duration lifetime) {
        return new KernelOptions(lifetime, esp, maximumSas, maximumPolicies);
    }

    public KernelOptions withoutEsp() {
        return new KernelOptions(larvalLifetime, false, maximumSas, maximumPolicies);
    }

    public KernelOptions withMaximum(int sas, int policies) {
        return new KernelOptions(larvalLifetime, esp, sas, policies);
    }
}
