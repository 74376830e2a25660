package org.ikebana.ike.kernel;

/** One element of a {@link KernelUpdate}. */
public sealed interface KernelChange {
    /**
     * Installs an SA. An inbound SA takes the place of the one that {@link KernelBackend#allocateSpi} set aside, and is
     * added afresh where that reservation has expired. An SA with this key that is already complete is an error.
     */
    record AddSa(SecurityAssociation sa) implements KernelChange {}

    /**
     * Removes an SA, complete or only reserved. One that is gone already is no error: the kernel deletes what expires.
     *
     * @param source outer source address of the SA
     */
    record DeleteSa(SaKey key, java.net.InetAddress source) implements KernelChange {}

    /** Installs a policy, replacing what stands under the same key. */
    record PutPolicy(Policy policy) implements KernelChange {}

    /** Removes a policy; one that is gone already is no error. */
    record DeletePolicy(PolicyKey key) implements KernelChange {}
}
