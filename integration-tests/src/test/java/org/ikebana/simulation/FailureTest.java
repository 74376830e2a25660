package org.ikebana.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ikebana.simulation.TwoPeers.eastSite;
import static org.ikebana.simulation.TwoPeers.westSite;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import org.ikebana.ike.connection.IkeSettings;
import org.ikebana.ike.connection.StartAction;
import org.ikebana.ike.event.Failure;
import org.ikebana.ike.event.IkeEvent;
import org.ikebana.ike.service.EventLog;
import org.junit.jupiter.api.Test;

/** What does not come to be says why, in one line on each side, and leaves nothing behind. */
class FailureTest {
    @Test
    void differentSecrets() throws Exception {
        TwoPeers peers = new TwoPeers();
        peers.east.load(List.of(Site.secret("battery staple")), eastSite().connection());
        peers.west.load(
                List.of(Site.secret("correct horse")),
                westSite().starting(StartAction.START).connection());
        peers.pass(Duration.ofMillis(500));

        assertThat(only(peers.west)).isInstanceOf(Failure.PeerRefused.class);
        assertThat(line(peers.west)).contains("AUTHENTICATION_FAILED", "compare the secrets");
        assertThat(only(peers.east)).isInstanceOf(Failure.AuthenticationFailed.class);
        assertThat(line(peers.east)).contains("different secrets", "192.0.2.1");
        assertCleanAfterStop(peers);
    }

    @Test
    void noCommonIkeProposal() throws Exception {
        TwoPeers peers = new TwoPeers();
        peers.load(
                westSite().proposing("aes128-sha1-modp2048", "aes128gcm16").starting(StartAction.START),
                eastSite().proposing("aes256gcm16-prfsha384-ecp384", "aes128gcm16"));
        peers.pass(Duration.ofMillis(500));

        assertThat(only(peers.west)).isInstanceOf(Failure.PeerRefused.class);
        assertThat(line(peers.west)).contains("NO_PROPOSAL_CHOSEN", "aes128-sha1");
        assertThat(only(peers.east)).isInstanceOf(Failure.NoProposalChosen.class);
        assertThat(line(peers.east)).contains("no common IKE proposal", "aes256gcm16");
        assertCleanAfterStop(peers);
    }

    @Test
    void noCommonEspProposal() throws Exception {
        TwoPeers peers = new TwoPeers();
        peers.load(
                westSite()
                        .proposing("aes256gcm16-prfsha384-ecp384", "aes128-sha256")
                        .starting(StartAction.START),
                eastSite().proposing("aes256gcm16-prfsha384-ecp384", "aes256gcm16"));
        peers.pass(Duration.ofMillis(500));

        assertThat(line(peers.west)).contains("child net", "NO_PROPOSAL_CHOSEN");
        assertThat(line(peers.east)).contains("no common ESP proposal");
        assertCleanAfterStop(peers);
    }

    @Test
    void noCommonSelectors() throws Exception {
        TwoPeers peers = new TwoPeers();
        peers.load(
                Site.of(TwoPeers.WEST, TwoPeers.EAST, "10.1.0.0/16", "10.9.0.0/16")
                        .starting(StartAction.START),
                eastSite());
        peers.pass(Duration.ofMillis(500));

        assertThat(line(peers.west)).contains("child net", "TS_UNACCEPTABLE", "compare local_ts and remote_ts");
        assertThat(line(peers.east)).contains("no common traffic selectors", "10.9.0.0/16", "10.2.0.0/16");
        assertCleanAfterStop(peers);
    }

    @Test
    void noAnswer() throws Exception {
        TwoPeers peers = new TwoPeers();
        peers.network.lose(datagram -> true);
        peers.load(westSite().starting(StartAction.START), eastSite());
        peers.pass(Duration.ofSeconds(166));

        assertThat(only(peers.west)).isInstanceOf(Failure.NoAnswer.class);
        assertThat(line(peers.west)).contains("no answer from 192.0.2.2 port 500");
        assertThat(peers.east.events(IkeEvent.NegotiationFailed.class)).isEmpty();
        assertCleanAfterStop(peers);
    }

    @Test
    void unknownPeer() throws Exception {
        TwoPeers peers = new TwoPeers();
        peers.load(
                westSite().starting(StartAction.START),
                Site.of(TwoPeers.EAST, "192.0.2.77", "10.2.0.0/16", "10.1.0.0/16"));
        peers.pass(Duration.ofMillis(500));

        assertThat(line(peers.east)).contains("no connection is configured for this peer's address");
        assertCleanAfterStop(peers);
    }

    @Test
    void wrongIdentity() throws Exception {
        TwoPeers peers = new TwoPeers();
        peers.load(
                westSite().identified("west.example", "east.example").starting(StartAction.START),
                eastSite().identified("east.example", "other.example"));
        peers.pass(Duration.ofMillis(500));

        assertThat(line(peers.east)).contains("no connection is meant for peer west.example", "other.example");
        assertThat(line(peers.west)).contains("AUTHENTICATION_FAILED");
        assertCleanAfterStop(peers);
    }

    @Test
    void aWrongGuessOfTheGroupCostsOneRoundTrip() throws Exception {
        TwoPeers peers = new TwoPeers();
        peers.load(
                westSite()
                        .proposing("aes256gcm16-prfsha256-x25519-ecp256", "aes256gcm16")
                        .starting(StartAction.START),
                eastSite().proposing("aes256gcm16-prfsha256-ecp256", "aes256gcm16"));
        peers.pass(Duration.ofSeconds(1));

        peers.assertTunnel();
        assertThat(peers.network.sent()).hasSize(6);
        assertThat(peers.east.events(IkeEvent.NegotiationFailed.class)).isEmpty();
    }

    @Test
    void asksForACookieUnderLoad() throws Exception {
        TwoPeers peers = new TwoPeers(withCookieThreshold(0));
        peers.load(westSite().starting(StartAction.START), eastSite());
        peers.pass(Duration.ofSeconds(1));
        peers.assertTunnel();
        assertThat(peers.network.sent()).hasSize(4);

        TwoPeers busy = new TwoPeers(withCookieThreshold(1));
        InetAddress.getByName("192.0.2.50");
        busy.load(westSite().starting(StartAction.START), eastSite());
        busy.network.lose(datagram -> datagram.payload()[18] == 35); // IKE_AUTH: stays half-open
        busy.pass(Duration.ofSeconds(1));
        assertThat(busy.east.engine().halfOpen()).isEqualTo(1);
        Host second = new Host(busy.time, busy.network, InetAddress.getByName("192.0.2.3"), 9, IkeSettings.DEFAULT);
        busy.network.lose(datagram -> false);
        second.load(
                List.of(Site.secret("correct horse")),
                Site.of("192.0.2.3", TwoPeers.EAST, "10.1.0.0/16", "10.2.0.0/16")
                        .starting(StartAction.START)
                        .connection());
        int before = busy.network.sent().size();
        busy.pass(Duration.ofMillis(100));
        assertThat(busy.network.sent().subList(before, busy.network.sent().size()))
                .anyMatch(datagram -> datagram.payload().length == 28 + 8 + 17); // N(COOKIE) alone
    }

    private static IkeSettings withCookieThreshold(int threshold) {
        return IkeSettings.DEFAULT
                .changed()
                .cookieThreshold(threshold)
                .cookieThresholdPerAddress(0)
                .blockThresholdPerAddress(0)
                .build();
    }

    private static Failure only(Host host) {
        List<IkeEvent.NegotiationFailed> failed = host.events(IkeEvent.NegotiationFailed.class);
        assertThat(failed).hasSize(1);
        return failed.getFirst().failure();
    }

    private static String line(Host host) {
        List<IkeEvent.NegotiationFailed> failed = host.events(IkeEvent.NegotiationFailed.class);
        assertThat(failed).hasSize(1);
        String line = EventLog.describe(failed.getFirst());
        assertThat(line).doesNotContain("\n");
        return line;
    }

    private static void assertCleanAfterStop(TwoPeers peers) throws Exception {
        assertThat(peers.west.memory().installedSas()).isEmpty();
        assertThat(peers.east.memory().installedSas()).isEmpty();
        peers.west.engine().shutdown(() -> {});
        peers.east.engine().shutdown(() -> {});
        peers.pass(Duration.ofMinutes(4));
        peers.assertNothingLeft();
    }
}
