package org.ikebana.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ikebana.it.peer.SwanctlConf.psk;

import org.ikebana.it.lab.Lab;
import org.ikebana.it.lab.NetnsTest;
import org.ikebana.it.net.Site;
import org.ikebana.it.net.TwoSites;
import org.ikebana.it.peer.IkebanaOnCommand;
import org.ikebana.it.peer.StrongSwan;
import org.ikebana.it.peer.StrongSwanSettings;
import org.ikebana.it.peer.SwanctlConf;
import org.ikebana.it.peer.TunnelOnCommand;
import org.ikebana.it.peer.TunnelOnCommand.By;
import org.ikebana.it.peer.TunnelOnCommand.Subject;
import org.junit.jupiter.api.Test;

/** Rekeys with strongSwan, with ESP in both daemons: on any Linux. What the kernel has to do with it: RekeyMarathonTest. */
@NetnsTest
class RekeyVsStrongSwanTest {
    private static final String UP = "child SA net\\{1} established";
    private static final String X25519 = "aes256gcm16-x25519";

    @Test
    void eitherEndRekeysEither(Lab lab) {
        TwoSites sites = TwoSites.onOneWire(lab);
        TunnelOnCommand tunnel =
                start(conf(sites.west(), sites.east(), X25519), conf(sites.east(), sites.west(), X25519));

        for (int round = 0; round < 2; round++) {
            for (Subject subject : Subject.values()) {
                rekey(sites, tunnel, subject, By.IKEBANA);
                rekey(sites, tunnel, subject, By.STRONGSWAN);
            }
        }
        assertThat(tunnel.strongSwan().log().stream()
                        .filter(line -> line.contains("selected proposal: ESP:AES_GCM_16_256/CURVE_25519/NO_EXT_SEQ")))
                .as("perfect forward secrecy, each time")
                .hasSize(4);
    }

    /** RFC 7296 1.3: our first choice is a group that strongSwan does not take. */
    @Test
    void strongSwanWantsAnotherGroup(Lab lab) {
        TwoSites sites = TwoSites.onOneWire(lab);
        TunnelOnCommand tunnel = start(
                conf(sites.west(), sites.east(), "aes256gcm16-ecp256-x25519"),
                conf(sites.east(), sites.west(), X25519));

        rekey(sites, tunnel, Subject.CHILD, By.IKEBANA);

        tunnel.strongSwan().awaitLog("group ECP_256.* unacceptable, requesting CURVE_25519");
        rekey(sites, tunnel, Subject.CHILD, By.IKEBANA);
    }

    @Test
    void weWantAnotherGroup(Lab lab) {
        TwoSites sites = TwoSites.onOneWire(lab);
        TunnelOnCommand tunnel = start(
                conf(sites.west(), sites.east(), X25519),
                conf(sites.east(), sites.west(), "aes256gcm16-ecp256-x25519"));

        rekey(sites, tunnel, Subject.CHILD, By.STRONGSWAN);

        tunnel.strongSwan().awaitLog("peer didn't accept .* ECP_256, it requested CURVE_25519");
        rekey(sites, tunnel, Subject.CHILD, By.STRONGSWAN);
    }

    private static TunnelOnCommand start(SwanctlConf western, SwanctlConf eastern) {
        StrongSwan east = StrongSwan.start(eastern, StrongSwanSettings.userspaceEsp());
        IkebanaOnCommand west = IkebanaOnCommand.startTun(western.child("start_action", "start"));
        west.awaitLog(UP);
        return new TunnelOnCommand(west, east);
    }

    private static void rekey(TwoSites sites, TunnelOnCommand tunnel, Subject subject, By by) {
        tunnel.rekey(subject, by);
        assertThat(sites.west().ping(sites.east()).allAnswered())
                .as("after a rekey, %s by %s", subject, by)
                .isTrue();
        tunnel.awaitOnePair();
    }

    private static SwanctlConf conf(Site local, Site remote, String esp) {
        return psk(local, remote)
                .connection("proposals", "aes256gcm16-prfsha256-x25519")
                .child("esp_proposals", esp);
    }
}
