package org.ikebana.it.lab;

import org.ikebana.it.peer.Browser;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** True where there is a {@link Browser}. */
final class ChromiumCondition implements ExecutionCondition {
    private final Requirement requirement = new Requirement(
            "tests with a browser",
            "on Debian, apt-get install --no-install-recommends chromium",
            ChromiumCondition::missing);

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return requirement.evaluateAnywhere(context);
    }

    private static @Nullable String missing() {
        if (System.getenv("REALKERNEL") != null) {
            return "a browser is too much for this guest";
        }
        return Browser.isThere() ? null : "there is no chromium";
    }
}
