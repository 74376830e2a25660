package org.ikebana.it.lab;

import org.ikebana.it.process.Command;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** True where a network namespace can be made. */
final class NetnsCondition implements ExecutionCondition {
    private final Requirement requirement = new Requirement(
            "tests in network namespaces",
            "as root on Debian, integration-tests/verify runs them",
            NetnsCondition::probe);

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return requirement.evaluate(context);
    }

    private static @Nullable String probe() {
        Command.Outcome outcome = Command.of("unshare", "--net", "ip", "link").tryRun();
        return outcome.succeeded()
                ? null
                : "no namespace can be made (" + outcome.output().strip() + ")";
    }
}
