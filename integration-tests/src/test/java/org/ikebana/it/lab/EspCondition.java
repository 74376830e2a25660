package org.ikebana.it.lab;

import org.ikebana.it.process.Command;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/** True where the kernel takes an ESP SA. */
final class EspCondition implements ExecutionCondition {
    private static final String SA = "ip xfrm state add src 192.0.2.1 dst 192.0.2.2 proto esp spi 0x1000 mode tunnel"
            + " aead rfc4106(gcm(aes)) 0x000102030405060708090a0b0c0d0e0f10111213 128";

    private final Requirement requirement = new Requirement(
            "tests with ESP in the kernel",
            "as root on Debian, integration-tests/rig/in-real-kernel runs them in a kernel of their own",
            EspCondition::probe);

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return requirement.evaluate(context);
    }

    private static @Nullable String probe() {
        Command.Outcome outcome = Command.of(("unshare --net " + SA).split(" ")).tryRun();
        return outcome.succeeded()
                ? null
                : "this kernel takes no ESP SA (" + outcome.output().strip() + ")";
    }
}
