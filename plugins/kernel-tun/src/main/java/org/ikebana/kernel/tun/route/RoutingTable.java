package org.ikebana.kernel.tun.route;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ikebana.kernel.linux.Errno;
import org.ikebana.kernel.linux.ErrnoException;
import org.ikebana.kernel.linux.IpFamily;
import org.ikebana.kernel.netlink.NetlinkClient;
import org.ikebana.kernel.netlink.NetlinkOutcome;
import org.ikebana.kernel.netlink.NetlinkRequest;
import org.ikebana.kernel.rtnetlink.RouteMessage;
import org.ikebana.kernel.rtnetlink.RouteMessage.NewRoute;
import org.ikebana.kernel.rtnetlink.RouteMessage.NewRule;

/** Our routing table in the kernel, and the rules that lead to it. */
final class RoutingTable {
    private static final Comparator<Route> AS_THEY_GO = Comparator.comparing(Route::kind);

    private final NetlinkClient<RouteMessage> kernel;
    private final RouteRequests requests;
    private final Set<IpFamily> families = EnumSet.noneOf(IpFamily.class);

    RoutingTable(NetlinkClient<RouteMessage> kernel, RouteRequests requests) {
        this.kernel = kernel;
        this.requests = requests;
    }

    /** IPv4 must have one; a host may be without IPv6. */
    void addRules() throws IOException {
        for (IpFamily family : IpFamily.values()) {
            NetlinkOutcome<RouteMessage> outcome = kernel.exchange(requests.addRule(family));
            if (outcome.isDone() || outcome.failedWith(Errno.EEXIST)) {
                families.add(family);
            } else if (family == IpFamily.IPV4 || !isMissing(outcome)) {
                throw refused("add the " + family + " rule that leads to table " + tableName(), outcome);
            }
        }
    }

    /** Whether the kernel has rules for the family: else its packets would pass our table by. */
    boolean serves(IpFamily family) {
        return families.contains(family);
    }

    void removeRules() throws IOException {
        for (IpFamily family : families) {
            NetlinkOutcome<RouteMessage> outcome = kernel.exchange(requests.removeRule(family));
            if (!outcome.isDone() && !outcome.failedWith(Errno.ENOENT)) {
                throw refused("remove the " + family + " rule that leads to table " + tableName(), outcome);
            }
        }
    }

    /** Those that were made with other options than ours, by whoever used our protocol number before. */
    void removeStaleRules() throws IOException {
        List<NetlinkRequest> stale = new ArrayList<>();
        for (IpFamily family : families) {
            for (RouteMessage message : kernel.dump(RouteRequests.listRules(family))) {
                if (message instanceof NewRule rule && requests.isStale(rule)) {
                    stale.add(requests.removeRule(rule));
                }
            }
        }
        for (NetlinkOutcome<RouteMessage> outcome : kernel.exchange(stale)) {
            if (!outcome.isDone() && !outcome.failedWith(Errno.ENOENT)) {
                throw refused("remove a rule that an earlier start left", outcome);
            }
        }
    }

    /** All of ours that are there. */
    Set<Route> present() throws IOException {
        Set<Route> routes = new LinkedHashSet<>();
        for (IpFamily family : families) {
            for (RouteMessage message : list(family)) {
                if (message instanceof NewRoute route) {
                    requests.read(route).ifPresent(routes::add);
                }
            }
        }
        return routes;
    }

    /**
     * Adds or replaces, in the order given.
     *
     * @return what the kernel refused
     */
    List<Refusal> add(Collection<Route> routes) throws IOException {
        return refusals(List.copyOf(routes), routes.stream().map(requests::add).toList());
    }

    /** Removes those that lead into the tunnel first. What is not there any more is no failure. */
    void remove(Collection<Route> routes) throws IOException {
        List<Route> sorted = routes.stream().sorted(AS_THEY_GO).toList();
        Optional<Refusal> refusal = refusals(
                        sorted, sorted.stream().map(requests::remove).toList())
                .stream()
                .filter(r -> !r.isGone())
                .findFirst();
        if (refusal.isPresent()) {
            throw refusal.get().exception("remove the ");
        }
    }

    private List<Refusal> refusals(List<Route> routes, List<NetlinkRequest> messages) throws IOException {
        List<NetlinkOutcome<RouteMessage>> outcomes = kernel.exchange(messages);
        List<Refusal> refusals = new ArrayList<>();
        for (int i = 0; i < outcomes.size(); i++) {
            if (!outcomes.get(i).isDone()) {
                refusals.add(new Refusal(routes.get(i), outcomes.get(i)));
            }
        }
        return refusals;
    }

    private List<RouteMessage> list(IpFamily family) throws IOException {
        try {
            return kernel.dump(requests.list(family));
        } catch (ErrnoException e) {
            if (e.is(Errno.ENOENT)) {
                return List.of(); // no table before its first route
            }
            throw e;
        }
    }

    private String tableName() {
        return Integer.toUnsignedString(requests.options().table());
    }

    private static boolean isMissing(NetlinkOutcome<?> outcome) {
        return outcome.failedWith(Errno.EAFNOSUPPORT) || outcome.failedWith(Errno.EOPNOTSUPP);
    }

    private static ErrnoException refused(String attempt, NetlinkOutcome<?> outcome) {
        String reason = isMissing(outcome)
                ? "this kernel has no policy routing; it is built with CONFIG_IP_MULTIPLE_TABLES"
                : outcome.text().orElse(Errno.describe(outcome.errno()));
        return new ErrnoException(attempt, outcome.errno(), reason);
    }

    /** A route that the kernel did not take. */
    record Refusal(Route route, NetlinkOutcome<RouteMessage> outcome) {
        /** Not there, or the interface it led into is not. */
        boolean isGone() {
            return outcome.failedWith(Errno.ESRCH)
                    || outcome.failedWith(Errno.ENOENT)
                    || outcome.failedWith(Errno.ENODEV);
        }

        ErrnoException exception(String attempt) {
            return refused(attempt + route, outcome);
        }
    }
}
