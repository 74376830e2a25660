package org.ikebana.it.lab;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExtensionContext;

/** What a machine can or cannot do, tried once in a test run; what is missing is said once, on standard output. */
record Requirement(String tests, String remedy, Probe probe) {
    private static final ExtensionContext.Namespace FOUND = ExtensionContext.Namespace.create(Requirement.class);

    /** In the guest of {@code rig/realkernel} nothing may be missing: there it is a failure of the rig. */
    ConditionEvaluationResult evaluate(ExtensionContext context) {
        Finding finding = find(context);
        if (finding.missing() != null && System.getenv("REALKERNEL") != null) {
            throw new IllegalStateException(tests + " cannot run in this guest: " + finding.missing());
        }
        return finding.result(tests);
    }

    /** The same for what the guest may lack as well: it has what its host has. */
    ConditionEvaluationResult evaluateAnywhere(ExtensionContext context) {
        return find(context).result(tests);
    }

    private Finding find(ExtensionContext context) {
        return context.getRoot().getStore(FOUND).computeIfAbsent(tests, key -> new Finding(look()), Finding.class);
    }

    private @Nullable String look() {
        String missing = probe.missing();
        if (missing != null) {
            System.out.println("SKIPPED: " + tests + ": " + missing + "; " + remedy);
        }
        return missing;
    }

    /** Says in a few words what is missing; null if nothing is. */
    interface Probe {
        @Nullable String missing();
    }

    private record Finding(@Nullable String missing) {
        private ConditionEvaluationResult result(String tests) {
            return missing == null
                    ? ConditionEvaluationResult.enabled("this machine can run " + tests)
                    : ConditionEvaluationResult.disabled(missing);
        }
    }
}
