package org.ikebana.kernel.memory;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import org.ikebana.ike.kernel.Direction;
import org.ikebana.ike.kernel.Policy;
import org.ikebana.ike.kernel.PolicyKey;

/** The SPD (RFC 4301 4.4.1): the lowest priority wins, the oldest among equals. */
final class PolicyDatabase {
    private static final Comparator<Entry> ORDER = Comparator.<Entry>comparingLong(
                    entry -> Integer.toUnsignedLong(entry.policy.priority()))
            .thenComparingLong(Entry::place);

    private final Map<PolicyKey, Entry> entries = new HashMap<>();
    private final NavigableSet<Entry> ordered = new TreeSet<>(ORDER);
    private long nextPlace;

    int size() {
        return entries.size();
    }

    List<Policy> all() {
        return entries.values().stream().map(Entry::policy).toList();
    }

    boolean contains(PolicyKey key) {
        return entries.containsKey(key);
    }

    /** A policy that replaces one of the same priority keeps its place. Returns the one that was there. */
    Optional<Entry> put(Policy policy) {
        Optional<Entry> before = remove(policy.key());
        long place = before.filter(entry -> entry.policy.priority() == policy.priority())
                .map(Entry::place)
                .orElseGet(() -> nextPlace++);
        restore(new Entry(policy, place));
        return before;
    }

    /** Puts back what {@link #put} or {@link #remove} returned, in its old place. */
    void restore(Entry entry) {
        remove(entry.policy.key());
        entries.put(entry.policy.key(), entry);
        ordered.add(entry);
    }

    Optional<Entry> remove(PolicyKey key) {
        Optional<Entry> entry = Optional.ofNullable(entries.remove(key));
        entry.ifPresent(ordered::remove);
        return entry;
    }

    void clear() {
        entries.clear();
        ordered.clear();
    }

    /** The policy that a packet meets. */
    Optional<Policy> lookUp(Direction direction, IpPacket.Clear packet) {
        return ordered.stream()
                .map(Entry::policy)
                .filter(policy -> policy.key().direction() == direction && meets(policy.key(), packet))
                .findFirst();
    }

    private static boolean meets(PolicyKey key, IpPacket.Clear packet) {
        return key.ifId() == packet.ifId()
                && SaDatabase.answersTo(key.mark(), packet.mark())
                && SelectorMatch.matches(key.selector(), packet);
    }

    /** @param place among policies of the same priority, ascending */
    record Entry(Policy policy, long place) {}
}
