package org.ikebana.ike.proposal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ikebana.ike.wire.TransformType;

/** One transform for each additional key exchange, none of them twice but NONE (RFC 9370 2.2.1). */
final class AdditionalMatch {
    private final Map<TransformType, List<Transform>> common = new LinkedHashMap<>();

    /** @param candidates what both sides have, the preferred one first */
    void add(TransformType type, List<Transform> candidates) {
        common.put(type, candidates);
    }

    /** Empty where there is no way without taking a method twice. */
    Optional<List<Transform>> choice() {
        List<Transform> chosen = new ArrayList<>(common.size());
        return choose(List.copyOf(common.values()), chosen) ? Optional.of(chosen) : Optional.empty();
    }

    /** Goes back where a choice leaves nothing for a later type; of seven types with what we allow there are few ways. */
    private static boolean choose(List<List<Transform>> candidates, List<Transform> chosen) {
        if (chosen.size() == candidates.size()) {
            return true;
        }
        for (Transform candidate : candidates.get(chosen.size())) {
            boolean isFree = candidate.isNone() || chosen.stream().noneMatch(t -> t.id() == candidate.id());
            if (isFree) {
                chosen.add(candidate);
                if (choose(candidates, chosen)) {
                    return true;
                }
                chosen.removeLast();
            }
        }
        return false;
    }
}
