package org.ikebana.kernel.tun;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.ikebana.ike.kernel.IpPrefix;
import org.ikebana.ike.kernel.KernelException;
import org.ikebana.kernel.tun.plane.ProtectedPrefixes;
import org.ikebana.kernel.tun.route.ProtectedTraffic;
import org.ikebana.kernel.tun.route.TunnelRoutes;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The host's routes. Where the protected prefix holds the local one too, as 10.0.0.0/8 holds 10.1.0.0/16, traffic within the
 * local one goes its usual way: what comes out of the tunnel must not be led back into it.
 */
final class RoutedPrefixes implements ProtectedPrefixes {
    private static final Logger LOG = LoggerFactory.getLogger(RoutedPrefixes.class);

    private final TunnelRoutes routes;
    private final Set<String> warned = ConcurrentHashMap.newKeySet();

    RoutedPrefixes(TunnelRoutes routes) {
        this.routes = routes;
    }

    @Override
    public void protect(IpPrefix local, IpPrefix destination) throws KernelException {
        try {
            routes.protect(new ProtectedTraffic(local, destination));
            if (isWithin(local, destination)) {
                bypass(local, destination);
            }
        } catch (IOException e) {
            throw refusal(destination, e);
        }
    }

    private void bypass(IpPrefix local, IpPrefix destination) throws IOException {
        try {
            routes.bypassAll(List.of(local));
        } catch (IOException e) {
            routes.unprotect(new ProtectedTraffic(local, destination));
            throw e;
        }
    }

    @Override
    public void release(IpPrefix local, IpPrefix destination) {
        try {
            routes.unprotect(new ProtectedTraffic(local, destination));
            if (isWithin(local, destination)) {
                routes.endBypassAll(List.of(local));
            }
        } catch (IOException e) {
            LOG.warn("the route to {} stays: {}", destination, e.getMessage());
        }
    }

    @Override
    public void pass(IpPrefix destination) throws KernelException {
        try {
            routes.bypassAll(List.of(destination));
        } catch (IOException e) {
            throw refusal(destination, e);
        }
    }

    @Override
    public void endPass(IpPrefix destination) {
        try {
            routes.endBypassAll(List.of(destination));
        } catch (IOException e) {
            LOG.warn("the route that lets {} pass stays: {}", destination, e.getMessage());
        }
    }

    @Override
    public void peer(InetAddress address) {
        try {
            routes.reversePathWarning(address).filter(warned::add).ifPresent(LOG::warn);
        } catch (IOException e) {
            LOG.debug("whether packets of {} get through is not known: {}", address, e.getMessage());
        }
    }

    private static KernelException refusal(IpPrefix destination, IOException e) {
        return new KernelException("route to " + destination, 0, String.valueOf(e.getMessage()), Optional.empty());
    }

    private static boolean isWithin(IpPrefix inner, IpPrefix outer) {
        byte[] in = inner.address().getAddress();
        byte[] out = outer.address().getAddress();
        if (in.length != out.length || inner.length() <= outer.length()) {
            return false;
        }
        for (int bit = 0; bit < outer.length(); bit++) {
            int mask = 0x80 >>> bit % 8;
            if (((in[bit / 8] ^ out[bit / 8]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }
}
