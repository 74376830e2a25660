package org.ikebana.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ikebana.config.plan.ChildPlan;
import org.ikebana.config.plan.ConnectionPlan;
import org.ikebana.config.plan.Difference;
import org.ikebana.config.plan.Effect;
import org.ikebana.config.plan.Plan;
import org.ikebana.config.problem.Problem;
import org.junit.jupiter.api.Test;

/**
 * A thousand mutations of a configuration that is right. Each is accepted with the same meaning, or with another one that differs in
 * just what stands on the mutated line, or it is refused with a line that points there.
 */
class MutationTest {
    private static final int MUTATIONS = 1000;

    /** Which follow from one another where they are not given. */
    private static final List<Set<String>> TOGETHER = List.of(
            Set.of("rekey_time", "reauth_time", "over_time", "rand_time", "life_time"),
            Set.of("rekey_bytes", "life_bytes", "rand_bytes"),
            Set.of("start_action", "close_action", "dpd_action"));

    private enum Outcome {
        SAME_MEANING,
        ANOTHER_MEANING,
        REFUSED_AT_THE_LINE,
        REFUSED_BY_NAME,
        REFUSED_WHERE_NOTICED
    }

    private final MutableConfiguration original = MutableConfiguration.ofTwoSites();
    private final Configuration meaning = load(original);

    MutationTest() throws ConfigException {}

    @Test
    void theOriginalIsRight() {
        assertThat(meaning.warnings()).isEmpty();
        assertThat(meaning.connections()).hasSize(2);
    }

    @Test
    void eachIsUnderstoodOrRefusedWhereItIs() {
        Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);
        List<String> failures = new ArrayList<>();
        var random = new Random(7);
        for (int i = 0; i < MUTATIONS; i++) {
            Mutation mutation = Mutation.of(original, random);
            try {
                outcomes.merge(outcome(mutation), 1, Integer::sum);
            } catch (AssertionError wrong) {
                failures.add(i + ", " + mutation + ": " + wrong.getMessage());
            }
        }
        assertThat(failures)
                .as("%d of %d, others %s", failures.size(), MUTATIONS, outcomes)
                .isEmpty();
        assertThat(outcomes.keySet()).as("%s", outcomes).containsExactly(Outcome.values());
        assertThat(outcomes.get(Outcome.REFUSED_AT_THE_LINE)).isGreaterThan(MUTATIONS / 3);
    }

    private Outcome outcome(Mutation mutation) {
        Configuration mutated;
        try {
            mutated = load(mutation.result());
        } catch (ConfigException refused) {
            return refusal(mutation, refused.problems());
        }
        Plan plan = Plan.between(meaning, mutated);
        if (plan.isEmpty()) {
            return Outcome.SAME_MEANING;
        }
        for (ConnectionPlan connection : plan.connections()) {
            boolean isGone = connection.effect() == Effect.REMOVED
                    && !mutation.words().contains(connection.name())
                    && !mutation.kind().equals("delete");
            if (isGone
                    && mutated.warnings().stream()
                            .noneMatch(warning ->
                                    mutation.isAt(warning.place()) || names(warning, Set.of(connection.name())))) {
                throw new AssertionError("connection " + connection.name() + " is gone without a word");
            }
            if (connection.effect() != Effect.UNTOUCHED
                    || !differences(connection).isEmpty()) {
                changed(mutation, connection);
            }
        }
        boolean isOfSecrets = mutation.scopes().contains(MutableConfiguration.SECRETS) || mutation.isStructural();
        if (!isOfSecrets && !plan.credentials().isEmpty()) {
            throw new AssertionError("it changes " + plan.credentials());
        }
        return Outcome.ANOTHER_MEANING;
    }

    /** Nothing else than what stands on the line. */
    private static void changed(Mutation mutation, ConnectionPlan connection) {
        boolean isNamedThere = mutation.words().contains(connection.name());
        if (!isNamedThere && mutation.scopes().stream().noneMatch(scope -> scope.contains(connection.name()))) {
            throw new AssertionError("it changes connection " + connection.name());
        }
        if (mutation.isStructural() || isNamedThere) {
            return;
        }
        for (String key : differences(connection)) {
            boolean isMeant = mutation.words().stream()
                    .anyMatch(word -> word.equals(key)
                            || TOGETHER.stream().anyMatch(group -> group.contains(word) && group.contains(key)));
            if (!isMeant) {
                throw new AssertionError("it changes " + key + " of " + connection.name());
            }
        }
        for (ChildPlan child : connection.children()) {
            boolean comesOrGoes = child.effect() == Effect.ADDED || child.effect() == Effect.REMOVED;
            if (comesOrGoes && !mutation.words().contains(child.name())) {
                throw new AssertionError("it takes child " + child.name());
            }
        }
    }

    /** Keys without the section of a side. */
    private static List<String> differences(ConnectionPlan connection) {
        return Stream.concat(
                        connection.differences().stream(),
                        connection.children().stream().flatMap(child -> child.differences().stream()))
                .map(Difference::key)
                .map(key -> key.substring(key.indexOf('.') + 1))
                .toList();
    }

    private Outcome refusal(Mutation mutation, List<Problem> problems) {
        if (problems.stream().anyMatch(problem -> mutation.isAt(problem.place()))) {
            return Outcome.REFUSED_AT_THE_LINE;
        }
        if (problems.stream().anyMatch(problem -> names(problem, mutation.words()))) {
            return Outcome.REFUSED_BY_NAME;
        }
        if (mutation.isStructural() && problems.stream().anyMatch(problem -> mutation.isAround(problem.place()))) {
            return Outcome.REFUSED_WHERE_NOTICED;
        }
        throw new AssertionError(
                problems.stream().map(Problem::toString).collect(Collectors.joining("\n  ", "\n  ", "")));
    }

    /** A key, or a section, that was or is on the line. */
    private static boolean names(Problem problem, Set<String> words) {
        String said = problem.message() + " " + problem.suggestion().orElse("");
        return Stream.of(said.split("[^A-Za-z0-9_.%-]+"))
                .flatMap(word -> Stream.of(word, word.replaceAll("[.]$", "")))
                .anyMatch(words::contains);
    }

    private static Configuration load(MutableConfiguration configuration) throws ConfigException {
        return ConfigLoader.load(Path.of("/etc/swanctl"), configuration.files());
    }
}
