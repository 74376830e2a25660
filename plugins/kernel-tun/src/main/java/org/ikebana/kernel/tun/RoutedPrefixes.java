package org.ikebana.kernel.tun;

import java.io.IOException;
import java.net.InetAddress;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.ikebana.ike.kernel.IpPrefix;
import org.ikebana.ike.kernel.KernelException;
import org.ikebana.ike.kernel.Policy;
import org.ikebana.ike.kernel.PolicySelector;
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
    private final Passes passes = new Passes();

    /** Those of {@link #passes} that have their route. */
    private final Set<IpPrefix> bypassed = new LinkedHashSet<>();

    private final Set<String> warned = ConcurrentHashMap.newKeySet();

    RoutedPrefixes(TunnelRoutes routes) {
        this.routes = routes;
    }

    @Override
    public void protect(Policy policy) throws KernelException {
        ProtectedTraffic traffic = traffic(policy);
        passes.protect(policy);
        try {
            endBypasses();
            routes.protect(traffic);
            if (holdsItsSource(traffic)) {
                bypassOwn(traffic);
            }
            bypassPasses();
        } catch (IOException e) {
            passes.release(policy);
            throw refusal(traffic.destination(), e);
        }
    }

    private void bypassOwn(ProtectedTraffic traffic) throws IOException {
        try {
            routes.bypassAll(List.of(traffic.source()));
        } catch (IOException e) {
            routes.unprotect(traffic);
            throw e;
        }
    }

    @Override
    public void release(Policy policy) {
        ProtectedTraffic traffic = traffic(policy);
        passes.release(policy);
        try {
            routes.unprotect(traffic);
            if (holdsItsSource(traffic)) {
                routes.endBypassAll(List.of(traffic.source()));
            }
            bypassPasses();
        } catch (IOException e) {
            LOG.warn("the route to {} stays: {}", traffic.destination(), e.getMessage());
        }
    }

    @Override
    public void pass(Policy policy) throws KernelException {
        passes.pass(policy);
        try {
            bypassPasses();
            passes.obstacle(policy)
                    .ifPresent(other -> LOG.warn(
                            "{}: its packets are refused, not let pass: routes, by destination alone, cannot tell them from"
                                    + " those of the {}; kernel = xfrm can",
                            policy.key(),
                            other));
        } catch (IOException e) {
            passes.endPass(policy);
            throw refusal(policy.key().selector().destination(), e);
        }
    }

    @Override
    public void endPass(Policy policy) {
        passes.endPass(policy);
        try {
            endBypasses();
        } catch (IOException e) {
            LOG.warn(
                    "the route that lets {} pass stays: {}",
                    policy.key().selector().destination(),
                    e.getMessage());
        }
    }

    /** Before more is protected. */
    private void endBypasses() throws IOException {
        Set<IpPrefix> gone = new LinkedHashSet<>(bypassed);
        gone.removeAll(passes.destinations());
        routes.endBypassAll(gone);
        bypassed.removeAll(gone);
    }

    private void bypassPasses() throws IOException {
        Set<IpPrefix> fresh = new LinkedHashSet<>(passes.destinations());
        fresh.removeAll(bypassed);
        routes.bypassAll(fresh);
        bypassed.addAll(fresh);
    }

    private static boolean holdsItsSource(ProtectedTraffic traffic) {
        return traffic.source().isWithin(traffic.destination())
                && !traffic.source().equals(traffic.destination());
    }

    private static ProtectedTraffic traffic(Policy policy) {
        PolicySelector selector = policy.key().selector();
        return new ProtectedTraffic(selector.source(), selector.destination());
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
}
