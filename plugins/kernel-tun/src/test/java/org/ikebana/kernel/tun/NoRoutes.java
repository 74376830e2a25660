package org.ikebana.kernel.tun;

import org.ikebana.ike.kernel.IpPrefix;
import org.ikebana.kernel.tun.plane.ProtectedPrefixes;

/** A host that leads everything into the device by itself. */
final class NoRoutes implements ProtectedPrefixes {
    @Override
    public void protect(IpPrefix local, IpPrefix destination) {}

    @Override
    public void release(IpPrefix local, IpPrefix destination) {}
}
