package org.ikebana.kernel.xfrm;

import org.ikebana.ike.kernel.KernelBackendContract;
import org.ikebana.ike.kernel.KernelBench;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What every backend must do, on the kernel of this machine. Needs root; SAs are left out where it has no ESP. */
@Timeout(120)
class XfrmBackendTest implements KernelBackendContract {
    @RegisterExtension
    private final OwnKernel kernel = new OwnKernel();

    @Override
    public KernelBench bench() {
        return kernel.bench();
    }
}
