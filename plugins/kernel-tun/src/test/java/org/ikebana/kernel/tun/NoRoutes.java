package org.ikebana.kernel.tun;

import java.net.InetAddress;
import org.ikebana.ike.kernel.IpPrefix;
import org.ikebana.kernel.tun.plane.ProtectedPrefixes;

/** A host that leads everything into the device by itself. */
final class NoRoutes implements ProtectedPrefixes {
    @Override
    public void protect(IpPrefix local, IpPrefix destination) {}

    @Override
    public void release(IpPrefix local, IpPrefix destination) {}

    @Override
    public void pass(IpPrefix destination) {}

    @Override
    public void endPass(IpPrefix destination) {}

    @Override
    public void peer(InetAddress address) {}
}
