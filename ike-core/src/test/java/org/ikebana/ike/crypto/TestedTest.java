package org.ikebana.ike.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class TestedTest {
    @Test
    void handsOutWhatGivesTheKnownAnswer() {
        assertThat(new Tested<>("good", () -> "algorithm", algorithm -> true).get())
                .contains("algorithm");
    }

    @Test
    void testsOnceAndNotBeforeItIsAsked() {
        AtomicInteger made = new AtomicInteger();
        Tested<Integer> tested = new Tested<>("counted", made::incrementAndGet, algorithm -> true);
        assertThat(made).hasValue(0);
        assertThat(tested.get()).contains(1);
        assertThat(tested.get()).contains(1);
    }

    @Test
    void keepsBackWhatComputesWrongly() {
        assertThat(new Tested<>("wrong, on purpose", () -> "algorithm", algorithm -> false).get())
                .isEmpty();
    }

    @Test
    void keepsBackWhatTheRuntimeLacks() {
        Tested<String> tested = new Tested<>(
                "missing, on purpose",
                () -> {
                    throw new IllegalStateException("no such algorithm");
                },
                algorithm -> true);
        assertThat(tested.get()).isEmpty();
    }

    @Test
    void aKnownAnswerOfAnotherAlgorithmIsNoAnswer() {
        Prf prf = new MacPrf(1, "prf", 32, 32, false, Hmac.named("HmacSHA256"));
        assertThat(KnownAnswer.isGivenBy(prf, "b9ddcee989436455fb4824634e9f8a3a"))
                .isTrue();
        assertThat(KnownAnswer.isGivenBy(prf, "b9ddcee989436455fb4824634e9f8a3b"))
                .isFalse();
    }
}
