package org.ikebana.kernel.tun.spd;

import java.nio.ByteBuffer;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import org.ikebana.ike.kernel.Direction;
import org.ikebana.ike.kernel.IpPrefix;
import org.ikebana.ike.kernel.PolicyKey;
import org.ikebana.ike.kernel.PolicySelector;
import org.ikebana.ike.kernel.PortMatch;
import org.ikebana.kernel.tun.packet.IpHeader;
import org.ikebana.kernel.tun.packet.Memory;
import org.jspecify.annotations.Nullable;

/** The rules of a policy look-up, without any idea how to do it fast. */
final class LinearClassifier {
    private final Map<PolicyKey, Entry> entries = new HashMap<>();

    private record Entry(PolicyKey key, int priority, long place) {}

    void put(PolicyKey key, int priority, long place) {
        if (key.ifId() == 0) {
            entries.put(key, new Entry(key, priority, place));
        }
    }

    void remove(PolicyKey key) {
        entries.remove(key);
    }

    int size() {
        return entries.size();
    }

    @Nullable Long lookUp(Direction direction, IpHeader packet, int mark) {
        return entries.values().stream()
                .filter(entry -> entry.key().direction() == direction)
                .filter(entry -> matches(entry.key(), packet, mark))
                .min(Comparator.comparingLong((Entry entry) -> Integer.toUnsignedLong(entry.priority()))
                        .thenComparingLong(Entry::place))
                .map(Entry::place)
                .orElse(null);
    }

    private static boolean matches(PolicyKey key, IpHeader packet, int mark) {
        PolicySelector selector = key.selector();
        return (mark & key.mark().mask()) == (key.mark().value() & key.mark().mask())
                && (selector.protocol() == 0 || selector.protocol() == packet.protocol())
                && matches(selector.sourcePort(), packet.sourcePort())
                && matches(selector.destinationPort(), packet.destinationPort())
                && contains(selector.source(), packet, 0)
                && contains(selector.destination(), packet, 1);
    }

    private static boolean matches(PortMatch match, int port) {
        return (port & match.mask()) == (match.port() & match.mask());
    }

    /** Bit by bit, from the packet's own octets. */
    private static boolean contains(IpPrefix prefix, IpHeader packet, int index) {
        byte[] network = prefix.address().getAddress();
        int size = packet.version() == 4 ? 4 : 16;
        if (network.length != size) {
            return false;
        }
        ByteBuffer memory = packet.memory();
        byte[] address = Memory.octets(memory, packet.at() + (size == 4 ? 12 : 8) + index * size, size);
        for (int bit = 0; bit < prefix.length(); bit++) {
            if (((network[bit / 8] ^ address[bit / 8]) & 0x80 >>> bit % 8) != 0) {
                return false;
            }
        }
        return true;
    }
}
