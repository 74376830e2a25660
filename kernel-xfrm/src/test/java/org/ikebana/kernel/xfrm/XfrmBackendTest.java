package org.ikebana.kernel.xfrm;

import org.ikebana.ike.kernel.KernelBackendContract;
import org.ikebana.ike.kernel.KernelBench;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;

/** What every backend must do, on the kernel of this machine. Needs root; SAs are left out where it has no ESP. */
@Timeout(120)
class XfrmBackendTest implements KernelBackendContract {
    private @Nullable XfrmBench bench;

    @BeforeEach
    void open() throws Exception {
        bench = XfrmBench.open();
    }

    @AfterEach
    void close() {
        if (bench != null) {
            bench.close();
        }
    }

    @Override
    public KernelBench bench() {
        return java.util.Objects.requireNonNull(bench);
    }
}
