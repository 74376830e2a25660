package org.ikebana.it.lab;

import org.junit.jupiter.api.extension.AfterTestExecutionCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/** Gives each test that asks for one a {@link Lab} of its own; when the test fails, prints what happened in it. */
final class LabExtension implements ParameterResolver, AfterTestExecutionCallback {
    private static final ExtensionContext.Namespace LABS = ExtensionContext.Namespace.create(LabExtension.class);

    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
        return parameter.getParameter().getType() == Lab.class;
    }

    /** The store closes the lab at the end of the test. */
    @Override
    public Lab resolveParameter(ParameterContext parameter, ExtensionContext context) {
        return context.getStore(LABS).computeIfAbsent(Lab.class, type -> new Lab(), Lab.class);
    }

    @Override
    public void afterTestExecution(ExtensionContext context) {
        Lab lab = context.getStore(LABS).get(Lab.class, Lab.class);
        if (lab != null && context.getExecutionException().isPresent()) {
            System.out.println("===== " + context.getDisplayName() + " failed; what its parts have to say:\n"
                    + lab.account() + "\n=====");
        }
    }
}
