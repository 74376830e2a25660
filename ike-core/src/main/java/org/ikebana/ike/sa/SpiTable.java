package org.ikebana.ike.sa;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.ikebana.ike.kernel.Spi;
import org.jspecify.annotations.Nullable;

/**
 * Whose children have an SPI, in whatever stage, in either direction: so that what is told of one SA is not asked of ten
 * thousand. Several may, as half of them is chosen by peers.
 */
public final class SpiTable {
    /** Hardly ever is there more than one, and a list of one that does not change takes the least room. */
    private final Map<Spi, List<ChildSas>> bySpi = new HashMap<>();

    void add(ChildSas owner, ChildSa child) {
        spis(child)
                .forEach(spi -> bySpi.merge(
                        spi,
                        List.of(owner),
                        (some, one) ->
                                Stream.concat(some.stream(), one.stream()).toList()));
    }

    void remove(ChildSas owner, ChildSa child) {
        spis(child).forEach(spi -> bySpi.computeIfPresent(spi, (s, owners) -> without(owner, owners)));
    }

    /** Of whom some child has this SPI, in one direction or the other. */
    public List<IkeSa> ikeSas(Spi spi) {
        return bySpi.getOrDefault(spi, List.of()).stream()
                .map(ChildSas::owner)
                .distinct()
                .toList();
    }

    /** One entry less of this owner; null where it was the last. */
    private static @Nullable List<ChildSas> without(ChildSas owner, List<ChildSas> owners) {
        int place = owners.indexOf(owner);
        if (place < 0) {
            return owners;
        }
        return owners.size() == 1
                ? null
                : Stream.concat(owners.subList(0, place).stream(), owners.subList(place + 1, owners.size()).stream())
                        .toList();
    }

    private static Stream<Spi> spis(ChildSa child) {
        return Stream.of(child.inbound().spi(), child.outbound().spi());
    }
}
