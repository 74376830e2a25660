package org.ikebana.config.swanctl;

import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.ikebana.config.problem.Problems;
import org.ikebana.config.schema.ConnectionKeys;
import org.ikebana.config.schema.Key;
import org.ikebana.config.schema.TypedSection;

/**
 * When an IKE SA gets new keys, when both ends authenticate anew, and when it ends; zero for never. The defaults depend on
 * each other as strongSwan's do.
 *
 * @param over after the sooner of the first two
 * @param rand up to this is randomly taken off both
 */
record IkeTimes(Duration rekey, Duration reauth, Duration over, Duration rand) {
    private static final Duration USUAL_REKEY = Duration.ofHours(4);

    static IkeTimes read(TypedSection section, Problems problems) {
        Duration reauth = section.get(ConnectionKeys.REAUTH_TIME);
        Duration rekey = section.find(ConnectionKeys.REKEY_TIME).orElse(reauth.isZero() ? USUAL_REKEY : Duration.ZERO);
        Duration longer = rekey.compareTo(reauth) > 0 ? rekey : reauth;
        Duration shorter = Stream.of(rekey, reauth)
                .filter(Duration::isPositive)
                .sorted()
                .findFirst()
                .orElse(Duration.ZERO);
        Optional<Duration> overGiven = section.find(ConnectionKeys.OVER_TIME);
        Duration over = overGiven.orElse(longer.dividedBy(10));
        Duration half = shorter.dividedBy(2);
        Duration rand = section.find(ConnectionKeys.RAND_TIME).orElse(over.compareTo(half) < 0 ? over : half);
        IkeTimes times = new IkeTimes(rekey, reauth, over, rand);
        times.check(section, problems);
        return times;
    }

    private void check(TypedSection section, Problems problems) {
        checkRand(section, ConnectionKeys.REKEY_TIME, rekey, problems);
        checkRand(section, ConnectionKeys.REAUTH_TIME, reauth, problems);
        if (reauth.isPositive() && rekey.compareTo(reauth) >= 0) {
            problems.warning(
                    section.place(ConnectionKeys.REKEY_TIME),
                    "rekey_time " + TimeText.of(rekey) + " never comes: reauth_time " + TimeText.of(reauth)
                            + " is not later, and renews all keys as well",
                    "remove rekey_time, or make it shorter");
        }
        boolean isLimited = rekey.isPositive() || reauth.isPositive();
        if (isLimited && over.plus(rand).isZero()) {
            problems.error(
                    section.place(ConnectionKeys.OVER_TIME),
                    "over_time 0s leaves no time: the IKE SA would end when it is to be renewed",
                    "remove it, or give it some minutes");
        }
    }

    private void checkRand(TypedSection section, Key<Duration> key, Duration time, Problems problems) {
        if (time.isPositive() && rand.compareTo(time) >= 0) {
            problems.error(
                    section.place(ConnectionKeys.RAND_TIME),
                    "rand_time " + TimeText.of(rand) + " is not shorter than " + key.name() + " " + TimeText.of(time)
                            + ": it might come at once, again and again",
                    "make it a small part of " + TimeText.of(time));
        }
    }
}
