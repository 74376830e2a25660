package org.ikebana.ike.crypto;

import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An algorithm that is handed out only once it has given its known answer. It is made and tested when first asked for,
 * as the large groups take long; two threads that ask at once may both test it, to the same end.
 */
final class Tested<T> {
    private static final Logger LOG = LoggerFactory.getLogger(Tested.class);

    private final String name;
    private final Supplier<Optional<T>> test;
    private volatile @Nullable Optional<T> verdict;

    <A extends T> Tested(String name, Supplier<A> algorithm, Predicate<A> givesKnownAnswer) {
        this.name = name;
        this.test = () -> {
            A candidate = algorithm.get();
            return givesKnownAnswer.test(candidate) ? Optional.of(candidate) : Optional.empty();
        };
    }

    /** Empty when the algorithm failed, which is logged once. */
    Optional<T> get() {
        Optional<T> known = verdict;
        if (known == null) {
            known = test();
            verdict = known;
        }
        return known;
    }

    private Optional<T> test() {
        try {
            Optional<T> passed = test.get();
            if (passed.isEmpty()) {
                LOG.error("{} computes wrongly and is switched off: suspect the Java runtime or the machine", name);
            }
            return passed;
        } catch (RuntimeException e) {
            LOG.error("{} does not work and is switched off: is the Java runtime complete?", name, e);
            return Optional.empty();
        }
    }
}
