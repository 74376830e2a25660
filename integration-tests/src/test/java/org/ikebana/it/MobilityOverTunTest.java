package org.ikebana.it;

import org.ikebana.it.lab.NetnsTest;
import org.ikebana.it.peer.IkebanaDaemon;
import org.ikebana.it.peer.StrongSwan;
import org.ikebana.it.peer.StrongSwanSettings;
import org.ikebana.it.peer.SwanctlConf;

/** With ESP in both daemons: on any Linux. */
@NetnsTest
class MobilityOverTunTest implements MobilityContract {
    @Override
    public IkebanaDaemon ikebana(SwanctlConf conf) {
        return IkebanaDaemon.startTun(conf);
    }

    @Override
    public StrongSwan strongSwan(SwanctlConf conf) {
        return StrongSwan.start(conf, StrongSwanSettings.userspaceEsp());
    }
}
