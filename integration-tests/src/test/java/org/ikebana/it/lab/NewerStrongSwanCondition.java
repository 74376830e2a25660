package org.ikebana.it.lab;

import org.ikebana.it.peer.Installation;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** True where {@link Installation#newer} is there. */
final class NewerStrongSwanCondition implements ExecutionCondition {
    private final Requirement requirement = new Requirement(
            "tests with ML-KEM and strongSwan",
            "on Debian, integration-tests/newer-strongswan fetches it",
            () -> Installation.newer().isThere()
                    ? null
                    : "there is no strongSwan 6.1 in "
                            + Installation.newer().root().orElseThrow());

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return requirement.evaluateAnywhere(context);
    }
}
