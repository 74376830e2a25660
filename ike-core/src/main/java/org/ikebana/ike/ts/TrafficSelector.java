package org.ikebana.ike.ts;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A traffic selector (RFC 7296 3.13.1): an address range of one family, a protocol and a port range.
 *
 * @param protocol IP protocol number, 0 for any
 * @param start first address, of the same family as {@code end} and not above it
 * @param end last address
 * @param startPort 0 to 65535; for ICMP and ICMPv6 type * 256 + code
 * @param endPort 0 to 65535; {@code startPort = 65535, endPort = 0} is OPAQUE (RFC 7296 3.13.1)
 */
public record TrafficSelector(int protocol, InetAddress start, InetAddress end, int startPort, int endPort) {
    /** @throws IllegalArgumentException where these are no ranges */
    public TrafficSelector {
        if (protocol < 0 || protocol > 0xff) {
            throw new IllegalArgumentException("no IP protocol: " + protocol);
        }
        if (!IpRange.isRange(start.getAddress(), end.getAddress())) {
            throw new IllegalArgumentException(
                    "no range of addresses: " + AddressText.print(start) + " to " + AddressText.print(end));
        }
        if (!PortRange.isRange(startPort, endPort)) {
            throw new IllegalArgumentException("no range of ports: " + startPort + " to " + endPort);
        }
    }

    /** All packets of these addresses. */
    public static TrafficSelector of(IpRange range) {
        return of(range, ProtocolPorts.ANY);
    }

    public static TrafficSelector of(IpRange range, ProtocolPorts ports) {
        return new TrafficSelector(ports.protocol(), range.start(), range.end(), ports.startPort(), ports.endPort());
    }

    /** All packets of one address. */
    public static TrafficSelector ofAddress(InetAddress address) {
        return of(new IpRange(address, address));
    }

    /** All packets of a subnet; bits of {@code address} below the prefix do not matter. */
    public static TrafficSelector ofPrefix(InetAddress address, int length) {
        return of(IpRange.ofPrefix(address, length));
    }

    public IpRange range() {
        return new IpRange(start, end);
    }

    public PortRange ports() {
        return new PortRange(startPort, endPort);
    }

    public ProtocolPorts protocolPorts() {
        return new ProtocolPorts(protocol, startPort, endPort);
    }

    public boolean isAnyProtocol() {
        return protocol == 0;
    }

    public boolean isAnyPort() {
        return ports().isAny();
    }

    public boolean isOpaque() {
        return ports().isOpaque();
    }

    /** Whether each packet of the other is one of this. */
    public boolean contains(TrafficSelector other) {
        return (isAnyProtocol() || protocol == other.protocol)
                && range().contains(other.range())
                && ports().contains(other.ports());
    }

    public boolean overlaps(TrafficSelector other) {
        return intersect(other).isPresent();
    }

    /** The packets of both; empty where there are none. */
    public Optional<TrafficSelector> intersect(TrafficSelector other) {
        if (!isAnyProtocol() && !other.isAnyProtocol() && protocol != other.protocol) {
            return Optional.empty();
        }
        int commonProtocol = Math.max(protocol, other.protocol);
        return range().intersect(other.range())
                .flatMap(range -> ports().intersect(other.ports())
                        .map(ports -> of(range, new ProtocolPorts(commonProtocol, ports.start(), ports.end()))));
    }

    /**
     * The packets that the other does not have, as selectors without a packet in common. What selectors cannot say is left
     * out: all protocols but one, all ports as long as they can be seen.
     */
    public List<TrafficSelector> minus(TrafficSelector other) {
        Optional<TrafficSelector> common = intersect(other);
        if (common.isEmpty()) {
            return List.of(this);
        }
        List<TrafficSelector> left = new ArrayList<>();
        range().minus(other.range()).forEach(range -> left.add(of(range, protocolPorts())));
        if (protocol == common.get().protocol) {
            ports().minus(other.ports())
                    .forEach(ports -> left.add(
                            of(common.get().range(), new ProtocolPorts(protocol, ports.start(), ports.end()))));
        }
        return left;
    }

    /** As swanctl prints it: {@code 10.1.0.0/16[tcp/80]}. */
    @Override
    public String toString() {
        return range().toString() + protocolPorts();
    }
}
