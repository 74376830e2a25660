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
import org.ikebana.ike.kernel.Direction;
import org.ikebana.ike.kernel.IpPrefix;
import org.ikebana.ike.kernel.KernelChange;
import org.ikebana.ike.kernel.KernelUpdate;
import org.ikebana.ike.kernel.Policy;
import org.ikebana.ike.kernel.PolicyKey;
import org.ikebana.kernel.linux.CloseOnFailure;
import org.ikebana.kernel.netlink.NetlinkClient;
import org.ikebana.kernel.rtnetlink.RouteMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The routes and XFRM interfaces of tunnels: they come with the first policy that wants them and go with the last. Routes come
 * before the policy and go after it, as an XFRM interface drops what no policy is for. What a killed daemon left stays until the
 * policy that it belonged to is put again or deleted. From any thread, one at a time.
 */
public final class TunnelNetwork implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TunnelNetwork.class);

    private final NetlinkClient<RouteMessage> kernel;
    private final TunnelOptions options;
    private final TunnelInterfaces interfaces;
    private final TunnelRouteTable table;
    private final SourceAddresses addresses;
    private Map<PolicyKey, Policy> policies = Map.of();
    private Map<IpPrefix, TunnelRoute> routes = Map.of();

    private TunnelNetwork(NetlinkClient<RouteMessage> kernel, TunnelOptions options) {
        this.kernel = kernel;
        this.options = options;
        this.interfaces = new TunnelInterfaces(kernel, options);
        this.table = new TunnelRouteTable(kernel, options.table());
        this.addresses = new SourceAddresses(kernel, 0);
    }

    /** In the calling thread's network namespace. */
    public static TunnelNetwork open(TunnelOptions options) throws IOException {
        try (CloseOnFailure opening = new CloseOnFailure()) {
            NetlinkClient<RouteMessage> kernel = opening.add(Links.connect(), NetlinkClient::close);
            kernel.filterDumps();
            TunnelNetwork network = new TunnelNetwork(kernel, options);
            network.addresses.refresh();
            network.table.addRules();
            return opening.succeeded(network);
        }
    }

    /** Whether it tells of a route that was made, or went, here: that is no news of the network. */
    public static boolean isOwnRoute(RouteMessage message) {
        return switch (message) {
            case RouteMessage.NewRoute route -> route.body().protocol() == TunnelRouteTable.PROTOCOL;
            case RouteMessage.DeleteRoute route -> route.body().protocol() == TunnelRouteTable.PROTOCOL;
            default -> false;
        };
    }

    /** Makes what the update's policies will need. Nothing is left of it where that fails. */
    public synchronized void prepare(KernelUpdate update) throws IOException {
        Map<PolicyKey, Policy> wanted = new LinkedHashMap<>(policies);
        for (KernelChange change : update.changes()) {
            if (change instanceof KernelChange.PutPolicy put) {
                wanted.put(put.policy().key(), put.policy());
            } else if (change instanceof KernelChange.AddSa add) {
                interfaces.measure(add.sa());
            }
        }
        Map<PolicyKey, Policy> before = policies;
        try {
            change(wanted);
        } catch (IOException e) {
            undo(before, e);
            throw e;
        }
    }

    /** As it was before {@link #prepare}, when the update has failed. */
    public synchronized void abandon(KernelUpdate update, Collection<Policy> installedBefore) throws IOException {
        Map<PolicyKey, Policy> wanted = new LinkedHashMap<>(policies);
        for (KernelChange change : update.changes()) {
            if (change instanceof KernelChange.PutPolicy put) {
                wanted.remove(put.policy().key());
            }
        }
        installedBefore.forEach(policy -> wanted.put(policy.key(), policy));
        change(wanted);
    }

    /** Removes what the policies needed that the update has deleted. */
    public synchronized void settle(KernelUpdate update) throws IOException {
        Map<PolicyKey, Policy> wanted = new LinkedHashMap<>(policies);
        Set<IpPrefix> left = new LinkedHashSet<>();
        Set<Integer> ifIds = new LinkedHashSet<>();
        for (KernelChange change : update.changes()) {
            if (change instanceof KernelChange.DeletePolicy delete) {
                wanted.remove(delete.key());
                ifIds.add(delete.key().ifId());
                if (delete.key().direction() == Direction.OUT) {
                    left.add(delete.key().selector().destination());
                }
            }
        }
        change(wanted);
        left.removeAll(routes.keySet());
        for (IpPrefix destination : left) {
            table.remove(destination);
        }
        ifIds.removeAll(WantedNetwork.ifIds(options, policies.values()));
        interfaces.delete(ifIds);
    }

    /** The policies among these keys that it has made room for. */
    public synchronized List<Policy> known(KernelUpdate update) {
        return update.changes().stream()
                .filter(KernelChange.PutPolicy.class::isInstance)
                .map(change -> ((KernelChange.PutPolicy) change).policy().key())
                .filter(policies::containsKey)
                .map(key -> Optional.ofNullable(policies.get(key)).orElseThrow())
                .toList();
    }

    /** Chooses sources and ways anew: after addresses, interfaces or routes changed. */
    public synchronized void renew() throws IOException {
        change(policies);
    }

    /** Leaves what policies still need; the rules go with the last route. */
    @Override
    public synchronized void close() {
        try {
            if (routes.isEmpty()) {
                for (IpPrefix leftBehind : table.present()) {
                    table.remove(leftBehind);
                }
                table.removeRules();
            }
        } catch (IOException e) {
            LOG.warn("the rules that lead to table {} stay behind: {}", options.table(), e.getMessage());
        } finally {
            kernel.close();
        }
    }

    private void change(Map<PolicyKey, Policy> wanted) throws IOException {
        addresses.refresh();
        Map<Integer, Link> links = interfaces.provide(WantedNetwork.ifIds(options, wanted.values()));
        Map<IpPrefix, TunnelRoute> next = WantedNetwork.routes(options, wanted.values(), new Kernel(links));
        Set<IpPrefix> gone = new LinkedHashSet<>(routes.keySet());
        gone.removeAll(next.keySet());
        Set<IpPrefix> present = next.isEmpty() ? Set.of() : table.present();
        for (TunnelRoute route : next.values()) {
            boolean stands = route.equals(routes.get(route.destination())) && present.contains(route.destination());
            if (!stands) {
                table.add(route);
            }
        }
        for (IpPrefix destination : gone) {
            table.remove(destination);
        }
        routes = next;
        policies = wanted;
    }

    private void undo(Map<PolicyKey, Policy> before, IOException failure) {
        try {
            change(before);
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    /** What the kernel says while policies change. */
    private final class Kernel implements WantedNetwork.Surroundings {
        private final Map<Integer, Link> links;

        Kernel(Map<Integer, Link> links) {
            this.links = links;
        }

        @Override
        public Optional<InetAddress> addressIn(IpPrefix prefix) {
            return addresses.within(prefix);
        }

        @Override
        public Optional<Hop> wayTo(InetAddress peer) throws IOException {
            return new RouteLookup(kernel).towards(peer, 0);
        }

        @Override
        public Optional<Hop> interfaceOf(int ifId) {
            return Optional.ofNullable(links.get(ifId)).map(link -> new Hop(link.index(), Optional.empty()));
        }
    }
}
