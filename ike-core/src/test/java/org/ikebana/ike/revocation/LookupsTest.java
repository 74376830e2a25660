package org.ikebana.ike.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.ikebana.ike.environment.BareEnvironment;
import org.ikebana.ike.environment.Fetch;
import org.ikebana.ike.environment.Fetched;
import org.ikebana.ike.environment.Timer;
import org.ikebana.ike.wire.Octets;
import org.junit.jupiter.api.Test;

/** A slow or dead server, and however many who ask, cost a bounded amount. */
class LookupsTest {
    private static final Answer<String> KNOWN = new Answer.Known<>("known");
    private static final Answer<String> REFUSED = new Answer.Failed<>("it makes no sense", false);
    private static final Answer<String> UNREACHABLE = new Answer.Failed<>("nobody answers", true);

    private final Web web = new Web();
    private final Lookups<String> lookups = new Lookups<>(web);
    private final List<Answer<String>> answers = new ArrayList<>();

    @Test
    void whoAsksTheSameWaitsForOneFetch() {
        look("http://one/", "");
        look("http://one/", "");
        look("http://two/", "");
        assertThat(web.asked).containsExactly("http://one/", "http://two/");
        web.answer(KNOWN);
        assertThat(answers).containsExactly(KNOWN, KNOWN);
    }

    /** Each may go on with a good deal of work. */
    @Test
    void whoHasWaitedGoesOnOneByOne() {
        look("http://one/", "");
        look("http://one/", "");
        look("http://one/", "");
        web.settle(KNOWN);
        assertThat(answers).hasSize(1);
        web.turn();
        assertThat(answers).hasSize(2);
        web.turn();
        assertThat(answers).containsExactly(KNOWN, KNOWN, KNOWN);
    }

    @Test
    void aFailureIsAnsweredWithItselfForAWhile() {
        look("http://one/", "");
        web.answer(UNREACHABLE);
        web.pass(Lookups.PAUSE.minusNanos(1));
        look("http://one/", "");
        assertThat(answers).containsExactly(UNREACHABLE, UNREACHABLE);
        web.pass(Duration.ofNanos(1));
        look("http://one/", "");
        assertThat(web.asked).hasSize(2);
    }

    @Test
    void aDeadServerIsLeftAloneWhateverTheQuestion() {
        look("http://one/", "first");
        web.answer(UNREACHABLE);
        look("http://one/", "second");
        assertThat(answers).containsExactly(UNREACHABLE, UNREACHABLE);
    }

    @Test
    void aWrongAnswerSaysNothingOfOtherQuestions() {
        look("http://one/", "first");
        web.answer(REFUSED);
        look("http://one/", "second");
        web.answer(KNOWN);
        look("http://one/", "first");
        assertThat(answers).containsExactly(REFUSED, KNOWN, REFUSED);
    }

    @Test
    void asManyWaitAsThereIsRoomFor() {
        for (int i = 0; i < Lookups.MAX_WAITING; i++) {
            look("http://" + i % 7 + "/", "");
        }
        assertThat(answers).isEmpty();
        look("http://0/", "");
        look("http://another/", "");
        Answer<String> full = new Answer.Failed<>("too many wait for servers already", false);
        assertThat(answers).containsExactly(full, full);
        assertThat(web.asked).hasSize(7);
        web.answer(KNOWN); // to those of the first of the seven
        look("http://another/", "");
        assertThat(web.asked).hasSize(8);
    }

    /** Certificates may name any number of servers. */
    @Test
    void theOldestFailureIsForgottenForAnother() {
        for (int i = 0; i <= Lookups.MAX_FAILURES; i++) {
            look("http://" + i + "/", "");
            web.answer(UNREACHABLE);
        }
        web.asked.clear();
        look("http://1/", "");
        assertThat(web.asked).isEmpty();
        look("http://0/", "");
        assertThat(web.asked).containsExactly("http://0/");
    }

    @Test
    void aFailureThatComesAgainIsAmongTheNewest() {
        look("http://again/", "");
        web.answer(UNREACHABLE);
        for (int i = 1; i < Lookups.MAX_FAILURES; i++) {
            look("http://" + i + "/", "");
            web.answer(UNREACHABLE);
        }
        web.pass(Lookups.PAUSE);
        look("http://again/", "");
        web.answer(UNREACHABLE);
        look("http://another/", "");
        web.answer(UNREACHABLE);
        web.asked.clear();
        look("http://again/", "");
        assertThat(web.asked).isEmpty();
    }

    private void look(String uri, String subject) {
        lookups.look(
                new Lookups.Target(uri, subject),
                new Fetch(uri, Optional.empty(), 1),
                fetched -> web.next,
                answers::add);
    }

    /** Servers that answer when the test says so, in the order in which they were asked. */
    private static final class Web extends BareEnvironment {
        private final List<String> asked = new ArrayList<>();
        private final Deque<Runnable> underWay = new ArrayDeque<>();
        private final Deque<Runnable> turns = new ArrayDeque<>();
        private Answer<String> next = KNOWN;

        @Override
        public <T> void fetch(Fetch what, Function<Fetched, T> reader, Consumer<T> result) {
            asked.add(what.uri());
            underWay.add(() -> result.accept(reader.apply(new Fetched.Content(Octets.EMPTY))));
        }

        @Override
        public Timer after(Duration delay, Runnable action) {
            assertThat(delay).isZero();
            turns.add(action);
            return () -> {};
        }

        /** All who have asked hear of it. */
        void answer(Answer<String> answer) {
            settle(answer);
            while (!turns.isEmpty()) {
                turn();
            }
        }

        void settle(Answer<String> answer) {
            next = answer;
            underWay.remove().run();
        }

        /** Of the event loop. */
        void turn() {
            turns.remove().run();
        }
    }
}
