package org.ikebana.it.kill;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The SAs that a daemon has, by what it has logged of their coming and going. */
record LoggedSas(Set<String> ikeSas, Set<String> children) {
    private static final Pattern IKE_UP = Pattern.compile("(\\S+\\[\\d+\\]): IKE SA established");
    private static final Pattern IKE_REKEYED =
            Pattern.compile("(\\S+\\[\\d+\\]): rekeyed, goes on as (\\S+\\[\\d+\\])");
    private static final Pattern IKE_DOWN = Pattern.compile("(\\S+\\[\\d+\\]): IKE SA closed");
    private static final Pattern CHILD_UP = Pattern.compile("child SA (\\S+\\{\\d+\\}) established");
    private static final Pattern CHILD_REKEYED =
            Pattern.compile("child (\\S+\\{\\d+\\}) rekeyed, goes on as (\\S+\\{\\d+\\})");
    private static final Pattern CHILD_DOWN = Pattern.compile("child SA (\\S+\\{\\d+\\}) closed");

    static LoggedSas of(List<String> log) {
        LoggedSas sas = new LoggedSas(new LinkedHashSet<>(), new LinkedHashSet<>());
        log.forEach(line -> {
            sas.take(line, sas.ikeSas, IKE_UP, IKE_REKEYED, IKE_DOWN);
            sas.take(line, sas.children, CHILD_UP, CHILD_REKEYED, CHILD_DOWN);
        });
        return sas;
    }

    private void take(String line, Set<String> alive, Pattern up, Pattern rekeyed, Pattern down) {
        each(line, up, (alone, found) -> alive.add(alone));
        each(line, rekeyed, (before, found) -> {
            alive.remove(before);
            alive.add(found.group(2));
        });
        each(line, down, (gone, found) -> alive.remove(gone));
    }

    private static void each(String line, Pattern pattern, BiConsumer<String, MatchResult> action) {
        pattern.matcher(line).results().forEach(found -> action.accept(found.group(1), found));
    }
}
