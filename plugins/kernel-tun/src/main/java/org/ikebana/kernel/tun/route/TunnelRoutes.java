package org.ikebana.kernel.tun.route;

import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.ikebana.ike.kernel.IpPrefix;
import org.ikebana.kernel.link.Link;
import org.ikebana.kernel.link.Links;
import org.ikebana.kernel.link.RouteLookup;
import org.ikebana.kernel.link.SourceAddresses;
import org.ikebana.kernel.linux.CloseOnFailure;
import org.ikebana.kernel.linux.Errno;
import org.ikebana.kernel.netlink.NetlinkClient;
import org.ikebana.kernel.rtnetlink.RouteMessage;
import org.ikebana.kernel.tun.route.RoutingTable.Refusal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leads what is to be protected into the tunnel device, and nowhere without it. All of it stands in one routing table,
 * which everything but our own IKE and ESP packets is looked up in first. Each protected prefix has two routes there: one
 * into the device, and one that makes it unreachable, which loses against the first but outlives a daemon that is killed.
 * An orderly end removes both; a start takes over what it finds. From any thread, one at a time.
 */
public final class TunnelRoutes implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TunnelRoutes.class);

    private final NetlinkClient<RouteMessage> kernel;
    private final RoutingTable table;
    private final SourceAddresses addresses;
    private final WantedRoutes wanted = new WantedRoutes();
    private final RouteOptions options;
    private boolean closed;

    private TunnelRoutes(NetlinkClient<RouteMessage> kernel, RouteOptions options, int interfaceIndex) {
        this.kernel = kernel;
        this.options = options;
        this.table = new RoutingTable(kernel, new RouteRequests(options, interfaceIndex));
        this.addresses = new SourceAddresses(kernel, interfaceIndex);
    }

    /**
     * Adds the rules, in the calling thread's network namespace. Routes that a killed daemon left stay until {@link
     * #clearStale}.
     *
     * @param interfaceIndex of the tunnel device, which is up
     */
    public static TunnelRoutes open(int interfaceIndex, RouteOptions options) throws IOException {
        try (CloseOnFailure opening = new CloseOnFailure()) {
            NetlinkClient<RouteMessage> kernel = opening.add(Links.connect(), NetlinkClient::close);
            kernel.filterDumps();
            TunnelRoutes routes = new TunnelRoutes(kernel, options, interfaceIndex);
            routes.addresses.refresh();
            routes.table.addRules();
            return opening.succeeded(routes);
        }
    }

    public void protect(ProtectedTraffic traffic) throws IOException {
        protectAll(List.of(traffic));
    }

    /**
     * Leads each destination into the tunnel, unreachable first. Destinations are counted: each call needs its {@link
     * #unprotectAll}.
     *
     * @throws IOException with nothing counted, and no new route there
     */
    public synchronized void protectAll(Collection<ProtectedTraffic> traffic) throws IOException {
        for (ProtectedTraffic each : traffic) {
            requireServed(each.destination());
        }
        install(wanted.protect(traffic, addresses), () -> wanted.unprotect(traffic, addresses));
    }

    public void unprotect(ProtectedTraffic traffic) throws IOException {
        unprotectAll(List.of(traffic));
    }

    /** Once for each time it was protected; the last removes the routes, the one into the tunnel first. */
    public synchronized void unprotectAll(Collection<ProtectedTraffic> traffic) throws IOException {
        apply(wanted.unprotect(traffic, addresses));
    }

    /**
     * Lets a destination inside a protected one pass by the tunnel, as a policy without protection wants it. Counted.
     * Where the very same prefix is protected too, protection wins.
     */
    public synchronized void bypassAll(Collection<IpPrefix> destinations) throws IOException {
        for (IpPrefix destination : destinations) {
            requireServed(destination);
        }
        install(wanted.bypass(destinations), () -> wanted.endBypass(destinations));
    }

    public synchronized void endBypassAll(Collection<IpPrefix> destinations) throws IOException {
        apply(wanted.endBypass(destinations));
    }

    /**
     * Removes what a killed daemon left and nobody has asked for since: to be called when the configuration stands. As
     * long as a peer's own address is unreachable by it, a host that filters reverse paths drops the peer's packets.
     */
    public synchronized void clearStale() throws IOException {
        Set<Route> stale = table.present();
        stale.removeAll(wanted.routes());
        // A route into the tunnel with an outdated source is replaced by renew(), not removed with its prefix.
        Set<IpPrefix> destinations = wanted.destinations();
        stale.removeIf(route -> route.kind() == RouteKind.DEVICE && destinations.contains(route.destination()));
        table.remove(stale);
        table.removeStaleRules();
    }

    /** Chooses source addresses anew and puts back what is missing: after addresses, interfaces or our routes changed. */
    public synchronized void renew() throws IOException {
        if (closed) {
            return;
        }
        addresses.refresh();
        wanted.chooseSources(addresses);
        table.addRules();
        Set<Route> missing = new LinkedHashSet<>(wanted.routes());
        missing.removeAll(table.present());
        List<Refusal> refusals = add(missing);
        if (!refusals.isEmpty()) {
            throw refusals.getFirst().exception("put back the ");
        }
    }

    /**
     * Calls {@link #renew} whenever it is needed, on a thread of its own.
     *
     * @param changed called after addresses, interfaces or others' routes changed
     */
    public AddressWatch watch(Runnable changed) throws IOException {
        return AddressWatch.start(
                new AddressWatch.Ours(options.table(), options.protocol(), kernel.port()), new Renewal(this, changed));
    }

    /** The addresses of this host, as of the last {@link #renew}. */
    public SourceAddresses addresses() {
        return addresses;
    }

    /**
     * Why packets of this peer would not get to us, as far as routes decide it: its own address is protected, and the
     * interface that leads to it takes only what it would also send that way.
     */
    public synchronized Optional<String> reversePathWarning(InetAddress peer) throws IOException {
        if (!wanted.covers(peer)) {
            return Optional.empty();
        }
        Optional<Link> device = new RouteLookup(kernel).linkTowards(peer, options.mark());
        return device.isPresent() ? ReversePathFilter.warning(device.get().name(), peer) : Optional.empty();
    }

    /** Removes our routes, also those of an earlier start, and the rules. To be called before the device is closed. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            table.remove(table.present());
            table.removeRules();
        } catch (IOException e) {
            String number = Integer.toUnsignedString(options.table());
            LOG.warn(
                    "Routes of the tunnel stay behind, and what they cover is unreachable: {}."
                            + " Remove them with: ip route flush table {}; ip -6 route flush table {}",
                    e.getMessage(),
                    number,
                    number);
        } finally {
            kernel.close();
        }
    }

    private void requireServed(IpPrefix destination) throws IOException {
        if (!table.serves(Prefixes.family(destination))) {
            throw new IOException("cannot route " + destination + ": this host has no " + Prefixes.family(destination)
                    + ", or its kernel no rules for it");
        }
    }

    private void install(RouteChanges changes, Supplier<RouteChanges> undo) throws IOException {
        try {
            List<Refusal> refusals = add(changes.add());
            if (!refusals.isEmpty()) {
                throw refusals.getFirst().exception("add the ");
            }
        } catch (IOException e) {
            undo(undo.get(), e);
            throw e;
        }
    }

    private void undo(RouteChanges changes, IOException failure) {
        try {
            apply(changes);
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    private void apply(RouteChanges changes) throws IOException {
        table.remove(changes.remove());
        List<Refusal> refusals = add(changes.add());
        if (!refusals.isEmpty()) {
            throw refusals.getFirst().exception("change the ");
        }
    }

    /** A source address may have gone since we learned of it: then the kernel chooses. */
    private List<Refusal> add(Collection<Route> routes) throws IOException {
        List<Refusal> refusals = new ArrayList<>(table.add(routes));
        List<Route> again = refusals.stream()
                .filter(r -> r.route().source().isPresent() && r.outcome().failedWith(Errno.EINVAL))
                .map(Refusal::route)
                .toList();
        again.forEach(route -> wanted.forgetSource(route.destination()));
        refusals.removeIf(r -> again.contains(r.route()));
        refusals.addAll(table.add(again.stream().map(Route::withoutSource).toList()));
        return refusals;
    }
}
