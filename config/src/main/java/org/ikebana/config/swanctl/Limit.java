package org.ikebana.config.swanctl;

import java.util.Optional;
import org.ikebana.config.problem.Problems;
import org.ikebana.config.schema.Key;
import org.ikebana.config.schema.TypedSection;

/**
 * When a child SA gets new keys and when it ends, in seconds, octets or packets; 0 for never.
 *
 * @param rand up to this is randomly taken off {@code rekey}
 */
record Limit(long rekey, long life, long rand) {
    /** The keys that set a limit. */
    record Keys<T>(Key<T> rekey, Key<T> life, Key<T> rand) {}

    /** How a value of the keys becomes a number, and back into text for a message. */
    interface Unit<T> {
        long number(T value);

        String text(long number);
    }

    /** @param section whose values can all be understood */
    static <T> Limit read(TypedSection section, Keys<T> keys, Unit<T> unit, Problems problems) {
        Optional<Long> lifeGiven = section.find(keys.life).map(unit::number);
        long rekey = unit.number(section.get(keys.rekey));
        if (lifeGiven.isPresent() && lifeGiven.get() > 0 && rekey >= lifeGiven.get()) {
            rekey = shortened(section, keys, unit, lifeGiven.get(), rekey, problems);
        }
        if (lifeGiven.isPresent() && lifeGiven.get() > 0 && rekey == 0) {
            problems.warning(
                    section.place(keys.life),
                    keys.life.name() + " ends the SA, and without " + keys.rekey.name()
                            + " it gets no new keys before: its traffic stops until there is another one",
                    "set " + keys.rekey.name() + " to " + unit.text(fitting(lifeGiven.get())) + " or less");
        }
        long life = lifeGiven.orElse(addTenth(rekey));
        long half = rekey / 2;
        long rand = section.find(keys.rand).map(unit::number).orElse(Math.min(half, Math.max(0, life - rekey)));
        if (rekey > 0 && rand >= rekey) {
            problems.error(
                    section.place(keys.rand),
                    keys.rand.name() + " " + unit.text(rand) + " is not below " + keys.rekey.name() + " "
                            + unit.text(rekey) + ": there might be no time between two rekeys",
                    "make it a small part of " + unit.text(rekey));
        }
        return new Limit(rekey, life, rand);
    }

    /** A default gives way to a short life; what was written does not. */
    private static <T> long shortened(
            TypedSection section, Keys<T> keys, Unit<T> unit, long life, long rekey, Problems problems) {
        long fitting = fitting(life);
        if (section.isGiven(keys.rekey)) {
            problems.error(
                    section.place(keys.life),
                    keys.life.name() + " " + unit.text(life) + " is not above " + keys.rekey.name() + " "
                            + unit.text(rekey) + ": the SA would end before it gets new keys",
                    "set " + keys.rekey.name() + " to " + unit.text(fitting) + " or less");
        } else {
            problems.warning(
                    section.place(keys.life),
                    keys.life.name() + " is not above the default of " + keys.rekey.name() + ", so "
                            + unit.text(fitting) + " is taken",
                    "set " + keys.rekey.name());
        }
        return fitting;
    }

    private static long fitting(long life) {
        return life - Math.max(1, life / 10);
    }

    private static long addTenth(long number) {
        long tenth = number / 10 + (number % 10 == 0 ? 0 : 1);
        return number > Long.MAX_VALUE - tenth ? Long.MAX_VALUE : number + tenth;
    }
}
