package org.ikebana.ike.task;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntSupplier;
import org.ikebana.ike.connection.ChildConfig;
import org.ikebana.ike.ts.TrafficSelector;

/**
 * A child that we want.
 *
 * @param packet what the packet that asked for it looks like (RFC 7296 2.9)
 * @param part what of the child is asked for, empty for all: in a rekey the selectors of the old SA (RFC 7296 2.9.2)
 * @param acquireSeq of the kernel's latest request, 0 for none; asked when the SAs are installed, as the kernel may
 *     have asked again meanwhile
 */
public record ChildRequest(
        ChildConfig config, Optional<Packet> packet, Optional<ChildSelectors> part, IntSupplier acquireSeq) {
    /** Both ends of the packet that met a trap. */
    public record Packet(TrafficSelector local, TrafficSelector remote) {}

    public ChildRequest(ChildConfig config, Optional<Packet> packet, IntSupplier acquireSeq) {
        this(config, packet, Optional.empty(), acquireSeq);
    }

    public static ChildRequest rekey(ChildConfig config, ChildSelectors inUse) {
        return new ChildRequest(config, Optional.empty(), Optional.of(inUse), () -> 0);
    }

    /** @param first the packet that is named first, if one is */
    public ChildRequest of(ChildSelectors selectors, Optional<Packet> first) {
        return new ChildRequest(config, first, Optional.of(selectors), acquireSeq);
    }

    /** What it asks for, with an IKE SA between these addresses. */
    public ChildSelectors selectors(InetAddress localAddress, InetAddress remoteAddress) {
        return part.orElseGet(() -> ChildSelectors.of(config, localAddress, remoteAddress));
    }

    List<TrafficSelector> localOffer(List<TrafficSelector> configured) {
        return offer(packet.map(Packet::local), configured);
    }

    List<TrafficSelector> remoteOffer(List<TrafficSelector> configured) {
        return offer(packet.map(Packet::remote), configured);
    }

    /** The packet's selector first, as the RFC wants it, then the configured ones. */
    private static List<TrafficSelector> offer(Optional<TrafficSelector> packet, List<TrafficSelector> configured) {
        List<TrafficSelector> offer = new ArrayList<>(configured.size() + 1);
        packet.ifPresent(offer::add);
        offer.addAll(configured);
        return offer;
    }
}
