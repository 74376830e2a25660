package org.ikebana.kernel.model;

import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.ikebana.ike.kernel.KernelException;
import org.ikebana.ike.kernel.Policy;
import org.ikebana.ike.kernel.PolicyKey;

/** The SPD (RFC 4301 4.4.1): the lowest priority wins, the oldest among equals. */
public final class PolicyDatabase {
    private static final Comparator<Entry> ORDER = Comparator.<Entry>comparingLong(
                    entry -> Integer.toUnsignedLong(entry.policy.priority()))
            .thenComparingLong(Entry::place);

    private final Map<PolicyKey, Entry> entries = new LinkedHashMap<>();
    private final NavigableSet<Entry> ordered = new TreeSet<>(ORDER);
    private final DataPlane plane;
    private long nextPlace;

    PolicyDatabase(DataPlane plane) {
        this.plane = plane;
    }

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
    Optional<Entry> put(Policy policy) throws KernelException {
        Optional<Entry> before = Optional.ofNullable(entries.get(policy.key()));
        long place = before.filter(entry -> entry.policy.priority() == policy.priority())
                .map(Entry::place)
                .orElseGet(() -> nextPlace++);
        restore(new Entry(policy, place));
        return before;
    }

    /** Puts back what {@link #put} or {@link #remove} returned, in its old place. */
    void restore(Entry entry) throws KernelException {
        plane.put(entry.policy, entry.place);
        takeOut(entry.policy.key());
        entries.put(entry.policy.key(), entry);
        ordered.add(entry);
    }

    Optional<Entry> remove(PolicyKey key) {
        Optional<Entry> entry = takeOut(key);
        entry.ifPresent(gone -> plane.remove(key));
        return entry;
    }

    void clear() {
        List.copyOf(entries.keySet()).forEach(this::remove);
    }

    /** The first of those that a packet meets. */
    public Optional<Policy> first(Predicate<PolicyKey> meets) {
        for (Entry entry : ordered) { // once a packet: no stream
            if (meets.test(entry.policy.key())) {
                return Optional.of(entry.policy);
            }
        }
        return Optional.empty();
    }

    private Optional<Entry> takeOut(PolicyKey key) {
        Optional<Entry> entry = Optional.ofNullable(entries.remove(key));
        entry.ifPresent(ordered::remove);
        return entry;
    }

    /** @param place among policies of the same priority, ascending */
    record Entry(Policy policy, long place) {}
}
