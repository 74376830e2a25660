package org.ikebana.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ikebana.it.peer.SwanctlConf.psk;

import org.ikebana.it.lab.Lab;
import org.ikebana.it.lab.NetnsTest;
import org.ikebana.it.net.TwoSites;
import org.ikebana.it.peer.IkebanaDaemon;
import org.ikebana.it.peer.StrongSwan;
import org.ikebana.it.peer.StrongSwanSettings;
import org.ikebana.it.process.Command.Outcome;
import org.junit.jupiter.api.Test;

/** {@code ikebana probe} finds out at once what would show at the first rekey, and leaves the tunnel as it is. */
@NetnsTest
class ProbeVsStrongSwanTest {
    private static final String NARROW = "1300";

    @Test
    void allIsWellButTheWayIsNarrow(Lab lab) {
        TwoSites sites = TwoSites.westBehindNat(lab);
        sites.outermost().ip("link set dev wan mtu " + NARROW);
        StrongSwan.start(
                psk(sites.east(), sites.west()).connection("remote_addrs", "%any"), StrongSwanSettings.userspaceEsp());
        IkebanaDaemon west = startUp(sites);

        Outcome probe = west.ikebana("probe", "site", "--ping", sites.east().hostAddress())
                .tryRun();
        assertThat(probe.output().lines())
                .satisfiesExactly(
                        traffic -> assertThat(traffic).startsWith("ok    site/net: "),
                        answer -> assertThat(answer).matches("ok    site: the peer answers, after .* ms"),
                        child -> assertThat(child).isEqualTo("ok    site/net: fresh keys, with PFS by curve25519"),
                        ike -> assertThat(ike).startsWith("ok    site: fresh keys for the IKE SA, aes256gcm16-"),
                        mtu -> assertThat(mtu)
                                .isEqualTo(
                                        "ok    site/net: the path takes packets of 1300 octets, so the tunnel those of 1238:"
                                                + " for TCP over IPv4 an MSS of 1198"),
                        ping -> assertThat(ping)
                                .isEqualTo("ok    site/net: 3 of 3 pings answered, from 10.1.0.1 to 10.2.0.2"));
        assertThat(probe.status()).isZero();
    }

    @Test
    void anotherGroupShowsAtTheFirstRekeyAndIsExplained(Lab lab) {
        TwoSites sites = TwoSites.onOneWire(lab);
        StrongSwan.start(
                psk(sites.east(), sites.west()).child("esp_proposals", "aes256gcm16-modp2048"),
                StrongSwanSettings.userspaceEsp());
        IkebanaDaemon west = startUp(sites);
        assertThat(sites.west().ping(sites.east()).allAnswered()).as("it is up").isTrue();

        Outcome probe = west.ikebana("probe", "site/net", "--json").tryRun();
        assertThat(probe.status()).isEqualTo(1);
        assertThat(probe.output().lines().filter(line -> line.contains("\"good\":\"no\"")))
                .singleElement()
                .asString()
                .contains("child-rekey", "NO_PROPOSAL_CHOSEN", "swanctl.conf:")
                .contains("esp_proposals is aes256gcm16-curve25519-noesn here; ask the other side for its group");
        assertThat(sites.west().ping(sites.east()).allAnswered())
                .as("it has survived")
                .isTrue();
        assertThat(west.ikebana("status").tryRun().output()).containsPattern("site/net +up ");
    }

    private static IkebanaDaemon startUp(TwoSites sites) {
        IkebanaDaemon west =
                IkebanaDaemon.startTun(psk(sites.west(), sites.east()).child("start_action", "start"));
        west.awaitLog("child SA net\\{1} established");
        return west;
    }
}
