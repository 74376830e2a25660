package org.ikebana.config.problem;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ikebana.ike.connection.SourceRef;

/** Gathers errors and warnings while a configuration is read. Each is kept once, however often it is met. */
public final class Problems {
    /** Of each kind; what comes after is only counted, so that a broken file cannot fill the memory. */
    public static final int LIMIT = 500;

    private static final Comparator<Problem> BY_PLACE =
            (one, other) -> one.place().compareTo(other.place());

    private final Set<Problem> errors = new LinkedHashSet<>();
    private final Set<Problem> warnings = new LinkedHashSet<>();

    public void error(SourceRef place, String message, String suggestion) {
        error(new Problem(place, message, Optional.of(suggestion)));
    }

    public void error(Problem problem) {
        add(errors, problem, "errors");
    }

    public void warning(SourceRef place, String message, String suggestion) {
        warning(new Problem(place, message, Optional.of(suggestion)));
    }

    public void warning(Problem problem) {
        add(warnings, problem, "warnings");
    }

    public boolean hasErrors() {
        return !errors.isEmpty();
    }

    /** Ordered by file, line and column. */
    public List<Problem> errors() {
        return errors.stream().sorted(BY_PLACE).toList();
    }

    /** Ordered by file, line and column. */
    public List<Problem> warnings() {
        return warnings.stream().sorted(BY_PLACE).toList();
    }

    private static void add(Set<Problem> kept, Problem problem, String kind) {
        if (kept.size() < LIMIT) {
            kept.add(problem);
        } else if (kept.size() == LIMIT && !kept.contains(problem)) {
            var whole = new SourceRef(problem.place().file(), 0, 0);
            kept.add(new Problem(whole, "there are more than " + LIMIT + " " + kind, Optional.empty()));
        }
    }
}
