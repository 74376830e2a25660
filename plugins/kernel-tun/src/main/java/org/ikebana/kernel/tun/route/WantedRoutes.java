package org.ikebana.kernel.tun.route;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ikebana.ike.kernel.IpPrefix;
import org.ikebana.kernel.link.SourceAddresses;

/** Which routes policies ask for, and how many policies share each. */
final class WantedRoutes {
    private final Map<IpPrefix, Destination> protectedOnes = new LinkedHashMap<>();
    private final Map<IpPrefix, Integer> bypassed = new LinkedHashMap<>();

    RouteChanges protect(Collection<ProtectedTraffic> traffic, SourceAddresses addresses) {
        Set<IpPrefix> fresh = new LinkedHashSet<>();
        Set<IpPrefix> touched = new LinkedHashSet<>();
        for (ProtectedTraffic each : traffic) {
            Destination destination = protectedOnes.get(each.destination());
            if (destination == null) {
                destination = new Destination(each.destination());
                protectedOnes.put(each.destination(), destination);
                fresh.add(each.destination());
            }
            destination.add(each.source());
            touched.add(each.destination());
        }
        List<Route> add = new ArrayList<>();
        for (IpPrefix prefix : touched) {
            Destination destination = get(prefix);
            boolean moved = destination.choose(addresses);
            if (fresh.contains(prefix)) {
                add.add(destination.unreachable());
            }
            if (moved || fresh.contains(prefix)) {
                add.add(destination.device());
            }
        }
        return new RouteChanges(List.of(), add);
    }

    /** What was not protected is passed over. */
    RouteChanges unprotect(Collection<ProtectedTraffic> traffic, SourceAddresses addresses) {
        Set<IpPrefix> touched = new LinkedHashSet<>();
        for (ProtectedTraffic each : traffic) {
            Destination destination = protectedOnes.get(each.destination());
            if (destination != null && destination.remove(each.source())) {
                touched.add(each.destination());
            }
        }
        List<Route> remove = new ArrayList<>();
        List<Route> add = new ArrayList<>();
        for (IpPrefix prefix : touched) {
            Destination destination = get(prefix);
            if (destination.isUnused()) {
                protectedOnes.remove(prefix);
                remove.add(destination.device());
                remove.add(destination.unreachable());
            } else if (destination.choose(addresses)) {
                add.add(destination.device());
            }
        }
        return new RouteChanges(remove, add);
    }

    RouteChanges bypass(Collection<IpPrefix> destinations) {
        List<Route> add = new ArrayList<>();
        for (IpPrefix destination : destinations) {
            if (bypassed.merge(destination, 1, Integer::sum) == 1) {
                add.add(Route.bypass(destination));
            }
        }
        return new RouteChanges(List.of(), add);
    }

    /** What was not bypassed is passed over. */
    RouteChanges endBypass(Collection<IpPrefix> destinations) {
        List<Route> remove = new ArrayList<>();
        for (IpPrefix destination : destinations) {
            if (bypassed.containsKey(destination)
                    && bypassed.computeIfPresent(destination, (d, count) -> count == 1 ? null : count - 1) == null) {
                remove.add(Route.bypass(destination));
            }
        }
        return new RouteChanges(remove, List.of());
    }

    void chooseSources(SourceAddresses addresses) {
        protectedOnes.values().forEach(destination -> destination.choose(addresses));
    }

    void forgetSource(IpPrefix destination) {
        get(destination).forgetSource();
    }

    /** All that are wanted, unreachable ones before those into the tunnel. */
    Set<Route> routes() {
        Set<Route> routes = new LinkedHashSet<>();
        protectedOnes.values().forEach(destination -> routes.add(destination.unreachable()));
        protectedOnes.values().forEach(destination -> routes.add(destination.device()));
        bypassed.keySet().forEach(destination -> routes.add(Route.bypass(destination)));
        return routes;
    }

    /** The protected ones. */
    Set<IpPrefix> destinations() {
        return Set.copyOf(protectedOnes.keySet());
    }

    boolean covers(InetAddress address) {
        return protectedOnes.keySet().stream().anyMatch(prefix -> prefix.contains(address));
    }

    private Destination get(IpPrefix prefix) {
        Destination destination = protectedOnes.get(prefix);
        if (destination == null) {
            throw new IllegalStateException(prefix + " is not protected");
        }
        return destination;
    }
}
