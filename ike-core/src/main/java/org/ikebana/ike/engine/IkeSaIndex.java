package org.ikebana.ike.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ikebana.ike.sa.IkeSa;

/** IKE SAs by something that some have in common, in the order in which they came. */
final class IkeSaIndex<K> {
    private final Map<K, List<IkeSa>> groups = new HashMap<>();

    void add(K key, IkeSa ikeSa) {
        groups.computeIfAbsent(key, any -> new ArrayList<>(1)).add(ikeSa);
    }

    void remove(K key, IkeSa ikeSa) {
        groups.computeIfPresent(key, (any, group) -> {
            group.remove(ikeSa);
            return group.isEmpty() ? null : group;
        });
    }

    /** A copy: whoever goes through it may change what there is. */
    List<IkeSa> of(K key) {
        return List.copyOf(groups.getOrDefault(key, List.of()));
    }
}
