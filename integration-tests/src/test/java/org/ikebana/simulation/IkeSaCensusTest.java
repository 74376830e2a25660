package org.ikebana.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.ikebana.ike.control.EngineQuestions;
import org.ikebana.ike.control.IkeSaCensus;
import org.ikebana.ike.engine.IkeEngine;
import org.ikebana.ike.kernel.Datagram;
import org.ikebana.ike.sa.ChildSaStatus;
import org.ikebana.ike.sa.IkeSaStatus;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A tunnel that is up is among what is told, whatever becomes of its IKE SA between two questions. */
class IkeSaCensusTest {
    private static final Consumer<Host> REKEY = host -> host.ikeSa().rekey();
    /** More than a census of two or three IKE SAs asks. */
    private static final int QUESTIONS = 8;

    @ParameterizedTest
    @CsvSource({"true, true", "true, false", "false, true", "false, false"})
    void bothRekeyAtOnce(boolean westLoses, boolean west) throws Exception {
        for (int first = 0; first < QUESTIONS; first++) {
            for (int second = first; second < QUESTIONS; second++) {
                Scene scene = Scene.tunnel();
                scene.bothDo(REKEY, westLoses);
                scene.from(true).from(false); // both requests: there is a second IKE SA that waits
                Datagram late = scene.takeFrom(!westLoses); // the loser waits for this
                Steps steps = new Steps(scene.host(west))
                        .at(first, () -> scene.from(westLoses)) // the winner goes over
                        .at(second, () -> scene.settle().ladder.deliver(late))
                        .at(second + 1, scene::settle);

                assertThat(tunnels(steps))
                        .as("%s, while %d and %d are asked", west ? "west" : "east", first, second)
                        .isPositive();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"true, true", "true, false", "false, true", "false, false"})
    void oneRekeys(boolean byWest, boolean west) throws Exception {
        for (int first = 0; first < QUESTIONS; first++) {
            for (int second = first; second < QUESTIONS; second++) {
                Scene scene = Scene.tunnel();
                scene.host(byWest).ikeSa().rekey();
                Steps steps = new Steps(scene.host(west))
                        .at(first, () -> scene.from(byWest).from(!byWest))
                        .at(second, scene::settle);

                assertThat(tunnels(steps))
                        .as("%s, while %d and %d are asked", west ? "west" : "east", first, second)
                        .isPositive();
            }
        }
    }

    private static long tunnels(EngineQuestions engine) throws InterruptedException {
        List<IkeSaStatus> all = IkeSaCensus.of(engine, 1);
        return all.stream()
                .flatMap(ikeSa -> ikeSa.children().stream())
                .filter(child -> child.stage() == ChildSaStatus.Stage.INSTALLED)
                .count();
    }

    /** Before a question is answered, what was to happen by then does. */
    private static final class Steps implements EngineQuestions {
        private record Step(int question, Runnable action) {}

        private final Host host;
        private final Deque<Step> steps = new ArrayDeque<>();
        private int asked;

        Steps(Host host) {
            this.host = host;
        }

        Steps at(int question, Runnable action) {
            steps.add(new Step(question, action));
            return this;
        }

        @Override
        public <T> T ask(Function<IkeEngine, T> question) {
            while (!steps.isEmpty() && steps.element().question() <= asked) {
                steps.remove().action().run();
            }
            asked++;
            return question.apply(host.engine());
        }
    }
}
