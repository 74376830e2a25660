package org.ikebana.ike.kernel;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Where SAs and policies are installed (RFC 4301 4.4), and where the IKE sockets come from. May be called from several
 * event loops at once. Once closed, every call that can fail does so.
 */
public interface KernelBackend extends AutoCloseable {
    /** Probed once at opening, never guessed from a version number. */
    KernelCapabilities capabilities();

    /**
     * Everything that the kernel may have or lack, for people: tried out now, which takes a moment and may load modules.
     * Empty where there is nothing to choose.
     */
    default List<KernelFeature> features() throws KernelException {
        return List.of();
    }

    /**
     * Sets an inbound SPI aside in 0xc0000000 to 0xcfffffff, unique for its destination and protocol. The reservation
     * is a larval SA; it lapses by itself (Linux: {@code net.core.xfrm_acq_expires}) if no SA follows.
     */
    Spi allocateSpi(SpiRequest request) throws KernelException;

    /**
     * All or nothing, with two limits that {@link KernelUpdate} tells.
     *
     * @throws KernelException names the change that was refused
     */
    void apply(KernelUpdate update) throws KernelException;

    /** Empty when there is no such SA. */
    Optional<SaUsage> usage(SaKey key) throws KernelException;

    /** What is installed, for reconciliation and for people: SAs, larval ones too, and policies but for sockets' own. */
    KernelSnapshot snapshot() throws KernelException;

    /** Replaces the listener; events before the first are dropped. */
    void listen(KernelListener listener);

    /** Opens the sockets; close the transport before the backend. */
    IkeTransport openTransport(TransportConfig config, DatagramReceiver receiver) throws IOException;

    /** Leaves SAs and policies in place; frees threads and descriptors, and the listener hears no more. Idempotent. */
    @Override
    void close();
}
