package org.ikebana.kernel.link;

import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ikebana.ike.kernel.IpPrefix;
import org.ikebana.kernel.netlink.Attributes;
import org.ikebana.kernel.netlink.NetlinkClient;
import org.ikebana.kernel.netlink.NetlinkRequest;
import org.ikebana.kernel.rtnetlink.IfAddrMsg;
import org.ikebana.kernel.rtnetlink.IfInfoMsg;
import org.ikebana.kernel.rtnetlink.RouteMessage;
import org.ikebana.kernel.rtnetlink.RouteMessage.GetAddress;
import org.ikebana.kernel.rtnetlink.RouteMessage.GetLink;
import org.ikebana.kernel.rtnetlink.RouteMessage.NewAddress;
import org.ikebana.kernel.rtnetlink.RouteMessage.NewLink;

/**
 * The addresses of this host that a tunnel's packets may come from: those that a policy covers. Link-local and loopback
 * addresses do not count, nor those of interfaces that are down or of the tunnel's own. From any thread.
 */
public final class SourceAddresses {
    private final NetlinkClient<RouteMessage> kernel;
    private final int tunnelInterface;
    private volatile List<LocalAddress> addresses = List.of();

    /** @param tunnelInterface whose addresses do not count; 0 for none */
    public SourceAddresses(NetlinkClient<RouteMessage> kernel, int tunnelInterface) {
        this.kernel = kernel;
        this.tunnelInterface = tunnelInterface;
    }

    /** Asks the kernel anew. */
    public void refresh() throws IOException {
        Set<Integer> up = new HashSet<>();
        for (RouteMessage message : kernel.dump(NetlinkRequest.dump(new GetLink(IfInfoMsg.any(), Attributes.NONE)))) {
            if (message instanceof NewLink link && link.body().isUp()) {
                up.add(link.body().index());
            }
        }
        up.remove(tunnelInterface);
        List<LocalAddress> found = new ArrayList<>();
        for (RouteMessage message :
                kernel.dump(NetlinkRequest.dump(new GetAddress(IfAddrMsg.any(), Attributes.NONE)))) {
            if (message instanceof NewAddress address
                    && up.contains(address.body().index())) {
                LocalAddress.of(address).ifPresent(found::add);
            }
        }
        addresses = found.stream().sorted().toList();
    }

    /** All of them, as of the last {@link #refresh}. */
    public List<InetAddress> all() {
        return addresses.stream().map(LocalAddress::address).toList();
    }

    /**
     * The best address inside a policy's source prefix, as of the last {@link #refresh}: on the interface with the most
     * specific network, where there are several.
     */
    public Optional<InetAddress> within(IpPrefix local) {
        for (LocalAddress candidate : addresses) {
            if (local.contains(candidate.address())) {
                return Optional.of(candidate.address());
            }
        }
        return Optional.empty();
    }
}
