package org.ikebana.kernel.link;

import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ikebana.ike.kernel.Direction;
import org.ikebana.ike.kernel.EspSizes;
import org.ikebana.ike.kernel.SecurityAssociation;
import org.ikebana.kernel.netlink.NetlinkClient;
import org.ikebana.kernel.rtnetlink.RouteMessage;

/** The XFRM interfaces of tunnels, with their addresses and the MTU that fits into the SA. */
final class TunnelInterfaces {
    /** While its tunnel is not up yet. */
    private static final int DEFAULT_MTU = 1400;
    /** Below, the kernel would take IPv6 away from an interface (RFC 8200 5); ESP is fragmented then. */
    private static final int LEAST_MTU = 1280;

    private final NetlinkClient<RouteMessage> kernel;
    private final TunnelOptions options;
    private final Links links;
    private final Map<Integer, Integer> mtus = new HashMap<>();

    TunnelInterfaces(NetlinkClient<RouteMessage> kernel, TunnelOptions options) {
        this.kernel = kernel;
        this.options = options;
        this.links = new Links(kernel);
    }

    /** Notes what fits into the SA, if the path takes what the interface towards the peer takes. */
    void measure(SecurityAssociation sa) throws IOException {
        if (sa.direction() == Direction.OUT && options.makes(sa.ifId())) {
            Optional<EspSizes> sizes = EspSizes.of(sa);
            Optional<Link> towards =
                    new RouteLookup(kernel).linkTowards(sa.key().destination(), 0);
            if (sizes.isPresent() && towards.isPresent()) {
                mtus.put(
                        sa.ifId(),
                        Math.max(LEAST_MTU, sizes.get().mtu(towards.get().mtu())));
            }
        }
    }

    /** All that there are by if_id, after making those that are missing; one that somebody else has made serves as well. */
    Map<Integer, Link> provide(Set<Integer> ifIds) throws IOException {
        Map<Integer, Link> interfaces = new HashMap<>();
        if (ifIds.isEmpty()) {
            return interfaces;
        }
        links.all().stream().filter(Link::isXfrm).forEach(link -> interfaces.put(link.ifId(), link));
        for (int ifId : ifIds) {
            int mtu = mtus.getOrDefault(ifId, DEFAULT_MTU);
            Link link = interfaces.get(ifId);
            if (link == null) {
                interfaces.put(ifId, make(ifId, mtu));
            } else if (isOurs(link) && mtus.containsKey(ifId) && link.mtu() != mtu) {
                links.setMtu(link, mtu);
            }
        }
        return interfaces;
    }

    /** Removes those of these if_ids that are ours. */
    void delete(Set<Integer> ifIds) throws IOException {
        if (ifIds.stream().noneMatch(options::makes)) {
            return;
        }
        for (Link link : links.all()) {
            if (link.isXfrm() && ifIds.contains(link.ifId()) && isOurs(link)) {
                links.delete(link);
                mtus.remove(link.ifId());
            }
        }
    }

    /** With all its addresses, or not at all. */
    private Link make(int ifId, int mtu) throws IOException {
        Link link = links.addXfrm(options.interfaceName(ifId), ifId, mtu);
        try {
            for (InterfaceAddress address : options.addresses(ifId)) {
                links.addAddress(link, address);
            }
            return link;
        } catch (IOException e) {
            links.delete(link);
            throw e;
        }
    }

    private boolean isOurs(Link link) {
        return options.makes(link.ifId()) && link.name().equals(options.interfaceName(link.ifId()));
    }
}
