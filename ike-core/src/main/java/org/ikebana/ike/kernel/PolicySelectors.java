package org.ikebana.ike.kernel;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ikebana.ike.ts.IpRange;
import org.ikebana.ike.ts.PortRange;
import org.ikebana.ike.ts.ProtocolPorts;
import org.ikebana.ike.ts.TrafficSelector;

/**
 * Between IKE's traffic selectors, ranges of one side each, and the kernel's, prefixes and port masks of both sides.
 */
public final class PolicySelectors {
    /** What one pair of traffic selectors may become; a peer must not fill the kernel with odd ranges. */
    public static final int MAX_SELECTORS = 1024;

    private PolicySelectors() {}

    /**
     * The fewest kernel selectors that match just the packets of both. None where the two have no packet in common:
     * other protocols, or for ICMP, whose type and code either side may name, other types and codes. OPAQUE ports
     * become port 0, which the kernel sees in fragments.
     *
     * @throws KernelException where more than {@link #MAX_SELECTORS} would be needed
     */
    public static List<PolicySelector> of(TrafficSelector source, TrafficSelector destination) throws KernelException {
        if (!source.isAnyProtocol() && !destination.isAnyProtocol() && source.protocol() != destination.protocol()) {
            return List.of();
        }
        int protocol = Math.max(source.protocol(), destination.protocol());
        List<PortPair> ports = ProtocolPorts.hasTypeAndCode(protocol)
                ? typesAndCodes(source.ports(), destination.ports())
                : portPairs(source.ports(), destination.ports());
        List<IpRange> sources = source.range().prefixes();
        List<IpRange> destinations = destination.range().prefixes();
        if ((long) sources.size() * destinations.size() * ports.size() > MAX_SELECTORS) {
            throw new KernelException(
                    "policy from " + source + " to " + destination,
                    0,
                    "its ranges would need more than " + MAX_SELECTORS + " policies; use subnets and single ports",
                    Optional.empty());
        }
        List<PolicySelector> selectors = new ArrayList<>();
        for (IpRange from : sources) {
            for (IpRange to : destinations) {
                for (PortPair pair : ports) {
                    selectors.add(
                            new PolicySelector(prefix(from), prefix(to), protocol, pair.source(), pair.destination()));
                }
            }
        }
        return selectors;
    }

    /** The source side of a kernel selector, as for the packet of an ACQUIRE. */
    public static TrafficSelector source(PolicySelector selector) {
        return side(selector, selector.source(), selector.sourcePort());
    }

    /** The destination side of a kernel selector, as for the packet of an ACQUIRE. */
    public static TrafficSelector destination(PolicySelector selector) {
        return side(selector, selector.destination(), selector.destinationPort());
    }

    private record PortPair(PortMatch source, PortMatch destination) {}

    private static List<PortPair> portPairs(PortRange source, PortRange destination) {
        List<PortPair> pairs = new ArrayList<>();
        for (PortRange from : source.blocks()) {
            for (PortRange to : destination.blocks()) {
                pairs.add(new PortPair(match(from), match(to)));
            }
        }
        return pairs;
    }

    private static List<PortPair> typesAndCodes(PortRange source, PortRange destination) {
        return source.intersect(destination).map(PortRange::blocks).orElse(List.of()).stream()
                .map(block -> new PortPair(
                        octetMatch(block.start() >> 8, mask(block) >> 8),
                        octetMatch(block.start() & 0xff, mask(block) & 0xff)))
                .toList();
    }

    private static PortMatch match(PortRange block) {
        return block.isOpaque() ? PortMatch.exactly(0) : new PortMatch(block.start(), mask(block));
    }

    private static PortMatch octetMatch(int value, int mask) {
        return mask == 0 ? PortMatch.ANY : new PortMatch(value, 0xff00 | mask);
    }

    private static int mask(PortRange block) {
        return ~(block.end() - block.start()) & 0xffff;
    }

    private static IpPrefix prefix(IpRange range) {
        return new IpPrefix(range.start(), range.prefixLength().orElseThrow());
    }

    private static TrafficSelector side(PolicySelector selector, IpPrefix prefix, PortMatch port) {
        int protocol = selector.protocol();
        PortRange ports = ProtocolPorts.hasTypeAndCode(protocol)
                ? typeAndCode(selector.sourcePort(), selector.destinationPort())
                : portRange(protocol, port);
        return TrafficSelector.of(
                IpRange.ofPrefix(prefix.address(), prefix.length()),
                new ProtocolPorts(protocol, ports.start(), ports.end()));
    }

    /**
     * Ports of a selector with ports, all for any other protocol. The kernel says 0 where it cannot see a packet's
     * port; that tells nothing about the ones to negotiate.
     */
    private static PortRange portRange(int protocol, PortMatch port) {
        boolean isUnseen = port.equals(PortMatch.exactly(0));
        return ProtocolPorts.hasPorts(protocol) && !isUnseen ? range(port, 0xffff) : PortRange.ANY;
    }

    private static PortRange typeAndCode(PortMatch typeMatch, PortMatch codeMatch) {
        PortRange types = range(new PortMatch(typeMatch.port() & 0xff, typeMatch.mask() & 0xff), 0xff);
        PortRange codes = range(new PortMatch(codeMatch.port() & 0xff, codeMatch.mask() & 0xff), 0xff);
        return types.start() == types.end()
                ? new PortRange(types.start() << 8 | codes.start(), types.start() << 8 | codes.end())
                : new PortRange(types.start() << 8, types.end() << 8 | 0xff);
    }

    /** What the mask leaves open, where that is one range; else everything. */
    private static PortRange range(PortMatch match, int most) {
        int open = ~match.mask() & most;
        boolean isRange = (open & open + 1) == 0;
        int start = match.port() & match.mask();
        return isRange ? new PortRange(start, start | open) : new PortRange(0, most);
    }
}
