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
 * @param inUse the selectors of the SA that is to be rekeyed, which the new one takes over (RFC 7296 2.9.2)
 * @param acquireSeq of the kernel's latest request, 0 for none; asked when the SAs are installed, as the kernel may
 *     have asked again meanwhile
 */
public record ChildRequest(
        ChildConfig config, Optional<Packet> packet, Optional<ChildSelectors> inUse, IntSupplier acquireSeq) {
    /** Both ends of the packet that met a trap. */
    public record Packet(TrafficSelector local, TrafficSelector remote) {}

    public ChildRequest(ChildConfig config, Optional<Packet> packet, IntSupplier acquireSeq) {
        this(config, packet, Optional.empty(), acquireSeq);
    }

    public static ChildRequest rekey(ChildConfig config, ChildSelectors inUse) {
        return new ChildRequest(config, Optional.empty(), Optional.of(inUse), () -> 0);
    }

    ChildSelectors selectors(InetAddress localAddress, InetAddress remoteAddress) {
        return inUse.orElseGet(() -> ChildSelectors.of(config, localAddress, remoteAddress));
    }

    /** Whether there is nothing left to ask for once an SA with these selectors is there. */
    public boolean isServedBy(ChildSelectors selectors) {
        return packet.isEmpty()
                || isAmong(packet.get().local(), selectors.local())
                        && isAmong(packet.get().remote(), selectors.remote());
    }

    private static boolean isAmong(TrafficSelector one, List<TrafficSelector> selectors) {
        return selectors.stream().anyMatch(s -> s.contains(one));
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
