package org.ikebana.kernel.xfrm;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Gives each test an {@link XfrmBench} of its own. */
final class OwnKernel implements BeforeEachCallback, AfterEachCallback {
    private @Nullable XfrmBench bench;

    @Override
    public void beforeEach(ExtensionContext context) throws Exception {
        bench = XfrmBench.open();
    }

    @Override
    public void afterEach(ExtensionContext context) {
        if (bench != null) {
            bench.close();
        }
    }

    XfrmBench bench() {
        return requireNonNull(bench);
    }
}
