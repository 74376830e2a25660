package org.ikebana.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ikebana.it.peer.SwanctlConf.psk;

import java.util.Map;
import org.ikebana.it.lab.Lab;
import org.ikebana.it.lab.NetnsTest;
import org.ikebana.it.net.TwoSites;
import org.ikebana.it.peer.IkebanaDaemon;
import org.ikebana.it.peer.StrongSwan;
import org.ikebana.it.peer.StrongSwanSettings;
import org.ikebana.it.peer.SwanctlConf;
import org.junit.jupiter.api.Test;

/** {@code remote_addrs} with several addresses, of which one answers. */
@NetnsTest
class RemoteAddressesVsStrongSwanTest {
    @Test
    void theyAreTriedInTurn(Lab lab) {
        TwoSites sites = TwoSites.onOneWire(lab);
        StrongSwan.start(psk(sites.east(), sites.west()), StrongSwanSettings.userspaceEsp());

        SwanctlConf conf = psk(sites.west(), sites.east())
                .connection("remote_addrs", "192.0.2.77, " + sites.east().wan())
                .child("start_action", "start");
        IkebanaDaemon west = IkebanaDaemon.start(
                sites.west().gateway(),
                Map.of(
                        "swanctl.conf",
                        conf.text(),
                        "ikebana.conf",
                        "kernel = tun\nretransmit_timeout = 1\nretransmit_tries = 3\n"));

        west.awaitLog("site\\[1]: negotiation with 192\\.0\\.2\\.77:500 failed: no answer");
        west.awaitLog("site\\[\\d+]: child SA net\\{1} established");
        assertThat(sites.west().ping(sites.east()).allAnswered()).isTrue();
    }
}
