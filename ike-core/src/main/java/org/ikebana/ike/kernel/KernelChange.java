package org.ikebana.ike.kernel;

import java.net.InetAddress;
import java.util.Optional;

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

    /**
     * Moves a complete SA to other outer addresses or ports, into UDP, or out of it (RFC 4555 3.5, RFC 7296 2.23). It
     * stays the same SA: keys, SPI, reqid, limits, counters and replay window go on, and a sequence number is never used
     * twice under its keys. A soft limit that was told
     * in the last seconds may be told again.
     *
     * <p>Policies whose templates name the old addresses are put anew in the same update, after the moves: between the two
     * a packet may be dropped or raise an {@link KernelEvent.Acquire}, but none leaves in clear. An SA that is not there or
     * only reserved is an error (ESRCH), another one under the new key likewise (EEXIST).
     *
     * @param key under which it is installed now
     * @param newEncapsulation empty for ESP without UDP
     */
    record MoveSa(
            SaKey key, InetAddress newSource, InetAddress newDestination, Optional<Encapsulation> newEncapsulation)
            implements KernelChange {
        /** Under which it is installed afterwards. */
        public SaKey newKey() {
            return key.to(newDestination);
        }
    }

    /** Installs a policy of at most six templates, replacing what stands under the same key. */
    record PutPolicy(Policy policy) implements KernelChange {}

    /** Removes a policy; one that is gone already is no error. */
    record DeletePolicy(PolicyKey key) implements KernelChange {}
}
