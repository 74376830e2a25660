package org.ikebana.kernel.tun.spd;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.ikebana.ike.kernel.Direction;
import org.ikebana.ike.kernel.Policy;
import org.ikebana.ike.kernel.PolicyKey;
import org.ikebana.kernel.tun.packet.IpHeader;
import org.jspecify.annotations.Nullable;

/**
 * Finds the policy that a packet meets (RFC 4301 4.4.1): tuple space search. Policies that look at the same bits of a packet are
 * one hash table, so that a look-up costs as many probes as there are combinations of prefix lengths, masks and the like, and not
 * as many as there are policies. One thread at a time writes; any number read, without locks.
 *
 * @param <P> what is wanted of a policy
 */
public final class PolicyClassifier<P> {
    private static final int FAMILIES = 2;

    private final List<PolicyGroups<P>> groups = new ArrayList<>();
    private final Map<PolicyKey, PolicyEntry<P>> entries = new HashMap<>();
    private long nextSerial;

    public PolicyClassifier() {
        BitsHash hash = new BitsHash(new SplittableRandom());
        Stream.generate(() -> new PolicyGroups<P>(hash))
                .limit((long) Direction.values().length * FAMILIES)
                .forEach(groups::add);
    }

    /**
     * Puts in a policy, in one step for the one that has this key now. No packet here meets one with an if_id or of two
     * address families; these are forgotten.
     *
     * @param priority as in {@link Policy}: unsigned, the lowest wins
     * @param place among policies of the same priority, the lowest wins
     */
    public void put(PolicyKey key, int priority, long place, P value) {
        if (!canMatch(key)) {
            return;
        }
        PolicyEntry<P> entry = new PolicyEntry<>(
                PacketBits.mask(key),
                PacketBits.value(key),
                Integer.toUnsignedLong(priority),
                place,
                nextSerial++,
                value);
        groups(key).replace(entries.put(key, entry), entry);
    }

    /** Takes one out; nothing happens if there is none. */
    public void remove(PolicyKey key) {
        PolicyEntry<P> entry = entries.remove(key);
        if (entry != null) {
            groups(key).replace(entry, null);
        }
    }

    /**
     * The policy that a packet meets. Allocates nothing; from any thread.
     *
     * @param header of a packet that was parsed
     * @param mark the packet's
     * @return null if there is none
     */
    public @Nullable P lookUp(Direction direction, IpHeader header, int mark) {
        return groups.get(index(direction, header.version() == 4)).lookUp(header, mark);
    }

    /** How many policies there are that a packet can meet. */
    public int size() {
        return entries.size();
    }

    private PolicyGroups<P> groups(PolicyKey key) {
        boolean isIpv4 = PacketBits.isIpv4(key.selector().source().address());
        return groups.get(index(key.direction(), isIpv4));
    }

    private static int index(Direction direction, boolean isIpv4) {
        return direction.ordinal() * FAMILIES + (isIpv4 ? 0 : 1);
    }

    private static boolean canMatch(PolicyKey key) {
        return key.ifId() == 0
                && PacketBits.isIpv4(key.selector().source().address())
                        == PacketBits.isIpv4(key.selector().destination().address());
    }
}
