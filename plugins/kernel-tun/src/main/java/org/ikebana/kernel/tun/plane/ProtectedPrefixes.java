package org.ikebana.kernel.tun.plane;

import java.net.InetAddress;
import org.ikebana.ike.kernel.KernelException;
import org.ikebana.ike.kernel.Policy;

/** Sees to it that the host leads protected traffic into the device. Called in the order in which policies come and go. */
public interface ProtectedPrefixes {
    /** Of a host that leads everything into the device by itself, as a test in memory does. */
    ProtectedPrefixes NONE = new ProtectedPrefixes() {
        @Override
        public void protect(Policy policy) {}

        @Override
        public void release(Policy policy) {}

        @Override
        public void pass(Policy policy) {}

        @Override
        public void endPass(Policy policy) {}

        @Override
        public void peer(InetAddress address) {}
    };

    /**
     * An outbound policy protects, or blocks, its traffic, whose source hints at the source address of the host's own.
     *
     * @throws KernelException when the host does not take the route
     */
    void protect(Policy policy) throws KernelException;

    void release(Policy policy);

    /**
     * An outbound policy lets its traffic pass in clear, though other policies may protect more than that.
     *
     * @throws KernelException when the host does not take the route
     */
    void pass(Policy policy) throws KernelException;

    void endPass(Policy policy);

    /** A tunnel to this peer is there: its packets must get through to us. */
    void peer(InetAddress address);
}
