package org.ikebana.kernel.tun.plane;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** How many packets were dropped, by cause. */
public final class PlaneCounters {
    private final Map<Drop, LongAdder> drops = new EnumMap<>(Drop.class);

    PlaneCounters() {
        for (Drop cause : Drop.values()) {
            drops.put(cause, new LongAdder());
        }
    }

    public long drops(Drop cause) {
        return adder(cause).sum();
    }

    /** Those that are not zero. */
    public Map<Drop, Long> drops() {
        Map<Drop, Long> counted = new EnumMap<>(Drop.class);
        drops.forEach((cause, adder) -> {
            if (adder.sum() != 0) {
                counted.put(cause, adder.sum());
            }
        });
        return counted;
    }

    void dropped(Drop cause) {
        adder(cause).increment();
    }

    private LongAdder adder(Drop cause) {
        LongAdder adder = drops.get(cause);
        if (adder == null) {
            throw new AssertionError(cause);
        }
        return adder;
    }
}
