package org.ikebana.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ikebana.it.peer.SwanctlConf.psk;

import org.ikebana.it.lab.Lab;
import org.ikebana.it.lab.NetnsTest;
import org.ikebana.it.net.Packet.Kind;
import org.ikebana.it.net.TwoSites;
import org.ikebana.it.peer.IkebanaDaemon;
import org.ikebana.it.process.Patience;
import org.junit.jupiter.api.Test;

/**
 * A daemon that is killed and started again proves to its peer that it knows nothing any more (RFC 6290). Between two Ikebanas:
 * strongSwan does not have it.
 */
@NetnsTest
class CrashDetectionOverTunTest {
    /** Waiting for a liveness check to fail takes 165 seconds with retransmissions as they are by default. */
    private static final int SECONDS = 30;

    @Test
    void theTunnelIsBackWithTheFirstLivenessCheck(Lab lab) {
        TwoSites sites = TwoSites.onOneWire(lab);
        IkebanaDaemon east = IkebanaDaemon.startTun(psk(sites.east(), sites.west()));
        IkebanaDaemon west = IkebanaDaemon.startTun(
                psk(sites.west(), sites.east()).connection("dpd_delay", "3s").child("start_action", "start"));
        west.awaitLog("child SA net\\{1} established");

        east.kill();
        IkebanaDaemon again = IkebanaDaemon.startTun(psk(sites.east(), sites.west()));

        west.awaitLog("IKE SA closed: the peer has lost its state", Patience.seconds(SECONDS));
        west.awaitLog("child SA net\\{2} established", Patience.seconds(SECONDS));
        again.awaitLog("child SA net\\{1} established");
        new Traffic(sites).assertPingsAreOnlySeenAs(Kind.ESP);
        assertThat(west.log()).noneMatch(line -> line.contains("cannot keep a secret"));
    }
}
