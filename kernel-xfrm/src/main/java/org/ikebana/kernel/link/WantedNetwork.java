package org.ikebana.kernel.link;

import java.io.IOException;
import java.net.InetAddress;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.ikebana.ike.kernel.Direction;
import org.ikebana.ike.kernel.IpPrefix;
import org.ikebana.ike.kernel.Policy;
import org.ikebana.ike.kernel.PolicyTemplate;
import org.ikebana.ike.kernel.SaMode;

/** What policies want of the network: a function of them and of what the kernel says of addresses and ways. */
final class WantedNetwork {
    private WantedNetwork() {}

    /** What the kernel says. */
    interface Surroundings {
        /** The best own address in this prefix. */
        Optional<InetAddress> addressIn(IpPrefix prefix);

        /** The way to a peer. */
        Optional<Hop> wayTo(InetAddress peer) throws IOException;

        /** The XFRM interface with this if_id. */
        Optional<Hop> interfaceOf(int ifId);
    }

    /** The XFRM interfaces that policies need, those of either direction. */
    static Set<Integer> ifIds(TunnelOptions options, Collection<Policy> policies) {
        return options.makesInterfaces()
                ? policies.stream()
                        .map(policy -> policy.key().ifId())
                        .filter(options::makes)
                        .collect(Collectors.toCollection(LinkedHashSet::new))
                : Set.of();
    }

    /** Of two policies with the same destination the one that came first has its route. */
    static Map<IpPrefix, TunnelRoute> routes(
            TunnelOptions options, Collection<Policy> policies, Surroundings surroundings) throws IOException {
        Map<IpPrefix, TunnelRoute> routes = new LinkedHashMap<>();
        for (Policy policy : policies) {
            Optional<PolicyTemplate> tunnel = tunnel(policy);
            if (tunnel.isEmpty()) {
                continue;
            }
            InetAddress peer = tunnel.get().destination();
            IpPrefix destination = policy.key().selector().destination();
            boolean intoInterface = policy.key().ifId() != 0;
            Optional<TunnelRoute> route =
                    intoInterface ? into(options, policy, surroundings) : hint(options, policy, peer, surroundings);
            if (destination.equals(IpPrefix.host(peer)) || route.isEmpty()) {
                continue;
            }
            if (intoInterface && destination.contains(peer)) {
                routes.put(IpPrefix.host(peer), new TunnelRoute.Past(IpPrefix.host(peer)));
            }
            routes.putIfAbsent(destination, route.get());
        }
        if (options.routes()) {
            Set<IpPrefix> tunnels = Set.copyOf(routes.keySet());
            passes(policies).stream()
                    .filter(passed -> tunnels.stream().anyMatch(passed::isWithin))
                    .forEach(passed -> routes.putIfAbsent(passed, new TunnelRoute.Past(passed)));
        }
        return routes;
    }

    /**
     * What is let pass goes its usual way, though a wider network be behind a tunnel. Not so inside a network that a route leads
     * into an XFRM interface, as its packets meet their policies only there.
     */
    private static List<IpPrefix> passes(Collection<Policy> policies) {
        return policies.stream()
                .filter(policy -> policy.key().direction() == Direction.OUT
                        && policy.action() == Policy.Action.ALLOW
                        && policy.templates().isEmpty()
                        && policy.key().ifId() == 0)
                .map(policy -> policy.key().selector().destination())
                .filter(passed -> policies.stream()
                        .filter(other -> other.key().direction() == Direction.OUT
                                && other.key().ifId() != 0)
                        .map(other -> other.key().selector().destination())
                        .noneMatch(other -> passed.isWithin(other) || other.isWithin(passed)))
                .toList();
    }

    private static Optional<PolicyTemplate> tunnel(Policy policy) {
        return policy.key().direction() == Direction.OUT && policy.action() == Policy.Action.ALLOW
                ? policy.templates().stream()
                        .filter(template -> template.mode() == SaMode.TUNNEL)
                        .findFirst()
                : Optional.empty();
    }

    private static Optional<TunnelRoute> into(TunnelOptions options, Policy policy, Surroundings surroundings) {
        return options.makes(policy.key().ifId())
                ? surroundings
                        .interfaceOf(policy.key().ifId())
                        .map(hop -> new TunnelRoute.Through(
                                policy.key().selector().destination(),
                                hop,
                                surroundings.addressIn(policy.key().selector().source())))
                : Optional.empty();
    }

    /** Only of use with a source; the way's gateway only, where it is of the packets' family. */
    private static Optional<TunnelRoute> hint(
            TunnelOptions options, Policy policy, InetAddress peer, Surroundings surroundings) throws IOException {
        IpPrefix destination = policy.key().selector().destination();
        Optional<InetAddress> source =
                surroundings.addressIn(policy.key().selector().source());
        Optional<Hop> way = options.routes() && source.isPresent() ? surroundings.wayTo(peer) : Optional.empty();
        return way.map(hop -> new TunnelRoute.Through(
                destination,
                new Hop(hop.interfaceIndex(), hop.gateway().filter(gateway -> sameFamily(gateway, destination))),
                source));
    }

    private static boolean sameFamily(InetAddress address, IpPrefix prefix) {
        return address.getAddress().length == prefix.address().getAddress().length;
    }
}
