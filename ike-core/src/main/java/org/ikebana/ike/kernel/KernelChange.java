package org.ikebana.ike.kernel;

import java.net.InetAddress;

/** One element of a {@link KernelUpdate}. */
public sealed interface KernelChange {
    /**
     * Installs an SA; its keys are copied, so the caller may wipe them afterwards. An inbound SA takes the place of the
     * one that {@link KernelBackend#allocateSpi} set aside, and is added afresh where that reservation has expired. An
     * SA with this key that is already complete is an error (EEXIST). An outbound SA ends the larval SA of the
     * {@link KernelEvent.Acquire} that it answers.
     */
    record AddSa(SecurityAssociation sa) implements KernelChange {}

    /**
     * Removes an SA, complete or only reserved. One that is gone already is no error: the kernel deletes what expires.
     *
     * @param source outer source address of the SA
     */
    record DeleteSa(SaKey key, InetAddress source) implements KernelChange {}

    /** Installs a policy of at most six templates, replacing what stands under the same key. */
    record PutPolicy(Policy policy) implements KernelChange {}

    /** Removes a policy; one that is gone already is no error. */
    record DeletePolicy(PolicyKey key) implements KernelChange {}
}
