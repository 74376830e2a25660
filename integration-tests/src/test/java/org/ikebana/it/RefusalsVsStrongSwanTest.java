package org.ikebana.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ikebana.it.peer.SwanctlConf.psk;

import java.util.Map;
import org.ikebana.it.lab.Lab;
import org.ikebana.it.lab.NetnsTest;
import org.ikebana.it.net.IpXfrm;
import org.ikebana.it.net.TwoSites;
import org.ikebana.it.peer.IkebanaDaemon;
import org.ikebana.it.peer.StrongSwan;
import org.ikebana.it.peer.SwanctlConf;
import org.junit.jupiter.api.Test;

/**
 * What does not come to be, with strongSwan on the other end: one line on our side says why, and no SA is left. A child
 * that is wanted keeps its trap as long as the daemon runs, so that its traffic does not leave in clear meanwhile.
 */
@NetnsTest
class RefusalsVsStrongSwanTest {
    private static final String SECRET = "correct horse battery staple";

    @Test
    void wrongSecretWhereWeInitiate(Lab lab) {
        TwoSites sites = TwoSites.onOneWire(lab);
        StrongSwan.start(psk(sites.east(), sites.west()));
        IkebanaDaemon west = start(sites, starting(sites).text().replace(SECRET, "a wrong one"));

        assertThat(west.awaitLog("negotiation with 192.0.2.2:\\d+ failed"))
                .contains("AUTHENTICATION_FAILED", "compare the secrets of both sides");
        assertNothingAfterStop(sites, west);
    }

    @Test
    void wrongSecretWhereStrongSwanInitiates(Lab lab) {
        TwoSites sites = TwoSites.onOneWire(lab);
        IkebanaDaemon west = start(sites, western(sites).text().replace(SECRET, "a wrong one"));
        initiateInVain(StrongSwan.start(psk(sites.east(), sites.west())));

        assertThat(west.awaitLog("negotiation with 192.0.2.2:\\d+ failed"))
                .contains("east.example", "the two sides have different secrets");
        assertThat(sites.west().xfrm()).matches(IpXfrm::isEmpty);
        assertNothingAfterStop(sites, west);
    }

    @Test
    void noCommonProposalWhereWeInitiate(Lab lab) {
        TwoSites sites = TwoSites.onOneWire(lab);
        StrongSwan.start(psk(sites.east(), sites.west()).connection("proposals", "aes128-sha256-modp2048"));
        IkebanaDaemon west = start(sites, starting(sites).text());

        assertThat(west.awaitLog("negotiation with 192.0.2.2:\\d+ failed"))
                .contains("NO_PROPOSAL_CHOSEN", "aes256gcm16-prfsha256-curve25519");
        assertNothingAfterStop(sites, west);
    }

    @Test
    void noCommonProposalWhereStrongSwanInitiates(Lab lab) {
        TwoSites sites = TwoSites.onOneWire(lab);
        IkebanaDaemon west = start(sites, western(sites).text());
        initiateInVain(
                StrongSwan.start(psk(sites.east(), sites.west()).connection("proposals", "aes128-sha256-modp2048")));

        assertThat(west.awaitLog("negotiation with 192.0.2.2:\\d+ failed"))
                .contains("no common IKE proposal", "aes128", "aes256gcm16", "swanctl.conf:");
        assertThat(sites.west().xfrm()).matches(IpXfrm::isEmpty);
        assertNothingAfterStop(sites, west);
    }

    @Test
    void noCommonSelectorsWhereWeInitiate(Lab lab) {
        TwoSites sites = TwoSites.onOneWire(lab);
        StrongSwan.start(psk(sites.east(), sites.west()));
        IkebanaDaemon west =
                start(sites, starting(sites).child("remote_ts", "10.99.0.0/24").text());

        assertThat(west.awaitLog("child net with 192.0.2.2:\\d+ failed"))
                .contains("TS_UNACCEPTABLE", "compare local_ts and remote_ts");
        assertNothingAfterStop(sites, west);
    }

    @Test
    void noCommonSelectorsWhereStrongSwanInitiates(Lab lab) {
        TwoSites sites = TwoSites.onOneWire(lab);
        IkebanaDaemon west = start(sites, western(sites).text());
        initiateInVain(StrongSwan.start(psk(sites.east(), sites.west()).child("remote_ts", "10.99.0.0/24")));

        assertThat(west.awaitLog("no common traffic selectors")).contains("10.99.0.0/24", "10.1.0.0/24");
        assertThat(sites.west().xfrm()).matches(IpXfrm::isEmpty);
        assertNothingAfterStop(sites, west);
    }

    @Test
    void nobodyThere(Lab lab) {
        TwoSites sites = TwoSites.onOneWire(lab);
        IkebanaDaemon west = IkebanaDaemon.start(
                sites.west().gateway(),
                Map.of(
                        "swanctl.conf",
                        starting(sites).text(),
                        "ikebana.conf",
                        "retransmit_timeout = 0.2\nretransmit_tries = 2\n"));

        assertThat(west.awaitLog("negotiation with 192.0.2.2:\\d+ failed"))
                .contains("no answer from 192.0.2.2 port 500 to 3 IKE_SA_INIT requests");
        assertNothingAfterStop(sites, west);
    }

    private static SwanctlConf western(TwoSites sites) {
        return psk(sites.west(), sites.east());
    }

    private static SwanctlConf starting(TwoSites sites) {
        return western(sites).child("start_action", "start");
    }

    private static IkebanaDaemon start(TwoSites sites, String swanctlConf) {
        return IkebanaDaemon.start(sites.west().gateway(), Map.of("swanctl.conf", swanctlConf));
    }

    private static void initiateInVain(StrongSwan peer) {
        assertThat(peer.swanctl("--initiate", "--child", "net", "--timeout", "15")
                        .tryRun()
                        .succeeded())
                .isFalse();
    }

    private static void assertNothingAfterStop(TwoSites sites, IkebanaDaemon west) {
        assertThat(sites.west().xfrm().states()).isEmpty();
        west.stop();
        assertThat(sites.west().xfrm()).matches(IpXfrm::isEmpty);
    }
}
