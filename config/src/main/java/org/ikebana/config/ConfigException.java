package org.ikebana.config;

import static java.util.stream.Collectors.joining;

import java.util.List;
import org.ikebana.config.problem.Problem;

/** A configuration that cannot be used, with all that is wrong with it. The message has a line for each. */
public final class ConfigException extends Exception {
    private final transient List<Problem> problems;
    private final transient List<Problem> warnings;

    ConfigException(List<Problem> problems, List<Problem> warnings) {
        super(problems.stream().map(Problem::toString).collect(joining("\n")));
        this.problems = List.copyOf(problems);
        this.warnings = List.copyOf(warnings);
    }

    /** The errors, by file and line; at least one. */
    public List<Problem> problems() {
        return problems;
    }

    /** What else is remarkable. */
    public List<Problem> warnings() {
        return warnings;
    }
}
