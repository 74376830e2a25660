package org.ikebana.kernel.tun.spd;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.ikebana.kernel.tun.packet.IpHeader;
import org.jspecify.annotations.Nullable;

/** The policies of one direction and address family. Readers see each change whole or not at all. */
final class PolicyGroups<P> {
    private static final Comparator<PolicyGroup<?>> ORDER =
            (one, other) -> one.best().compareTo(other.best());

    private final BitsHash hash;
    private final Map<PacketBits, NavigableSet<PolicyEntry<P>>> entries = new HashMap<>();
    private final Map<PacketBits, PolicyTable<P>> tables = new HashMap<>();

    /** By their best entries. */
    private volatile PolicyGroup<P>[] published = array(0);

    PolicyGroups(BitsHash hash) {
        this.hash = hash;
    }

    /** Allocates nothing; from any thread. */
    @Nullable P lookUp(IpHeader header, int mark) {
        long sourceHigh = header.sourceHigh();
        long sourceLow = header.sourceLow();
        long destinationHigh = header.destinationHigh();
        long destinationLow = header.destinationLow();
        long upperLayer = PacketBits.upperLayer(header.protocol(), header.sourcePort(), header.destinationPort());
        PolicyEntry<P> found = null;
        for (PolicyGroup<P> group : published) {
            if (found != null && found.precedes(group.best())) {
                break;
            }
            PolicyEntry<P> candidate =
                    group.find(sourceHigh, sourceLow, destinationHigh, destinationLow, upperLayer, mark);
            if (candidate != null && (found == null || candidate.precedes(found))) {
                found = candidate;
            }
        }
        return found == null ? null : found.value();
    }

    /** Puts in {@code added} for {@code removed}, which was put in before; either may be null, and both have one mask. */
    void replace(@Nullable PolicyEntry<P> removed, @Nullable PolicyEntry<P> added) {
        PacketBits mask =
                Objects.requireNonNull(added != null ? added : removed).mask();
        NavigableSet<PolicyEntry<P>> members = entries.computeIfAbsent(mask, any -> new TreeSet<>());
        PolicyTable<P> table = tables.getOrDefault(mask, PolicyTable.empty(hash));
        if (removed != null) {
            members.remove(removed);
            table = table.without(removed);
        }
        if (added != null) {
            members.add(added);
            table = table.with(added);
        }
        if (members.isEmpty()) {
            entries.remove(mask);
            tables.remove(mask);
            publish(mask, null);
        } else {
            tables.put(mask, table);
            publish(mask, new PolicyGroup<>(mask, table, members.first()));
        }
    }

    private void publish(PacketBits mask, @Nullable PolicyGroup<P> group) {
        Stream<PolicyGroup<P>> others =
                Arrays.stream(published).filter(other -> !other.mask().equals(mask));
        published =
                Stream.concat(others, Stream.ofNullable(group)).sorted(ORDER).toArray(PolicyGroups::array);
    }

    @SuppressWarnings({"unchecked", "rawtypes"})
    private static <P> PolicyGroup<P>[] array(int length) {
        return new PolicyGroup[length];
    }
}
