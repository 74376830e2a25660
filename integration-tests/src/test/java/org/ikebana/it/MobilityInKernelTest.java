package org.ikebana.it;

import org.ikebana.it.lab.RealKernelTest;
import org.ikebana.it.peer.IkebanaDaemon;
import org.ikebana.it.peer.StrongSwan;
import org.ikebana.it.peer.SwanctlConf;

/** With the kernel's ESP at both ends. */
@RealKernelTest
class MobilityInKernelTest implements MobilityContract {
    @Override
    public IkebanaDaemon ikebana(SwanctlConf conf) {
        return IkebanaDaemon.start(conf);
    }

    @Override
    public StrongSwan strongSwan(SwanctlConf conf) {
        return StrongSwan.start(conf);
    }
}
