package org.ikebana.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ikebana.simulation.TwoPeers.eastSite;
import static org.ikebana.simulation.TwoPeers.westSite;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import org.ikebana.ike.connection.IkeSettings;
import org.ikebana.ike.connection.StartAction;
import org.ikebana.ike.engine.DesiredState;
import org.ikebana.ike.event.DatagramDrop;
import org.ikebana.ike.event.IkeEvent;
import org.ikebana.kernel.memory.IpPacket;
import org.ikebana.kernel.memory.OutboundVerdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A tunnel comes up, carries what it should, and goes without a trace. */
class TunnelTest {
    private static final Duration A_MOMENT = Duration.ofSeconds(1);

    @ParameterizedTest
    @CsvSource({
        "aes256gcm16-prfsha384-ecp384, aes256gcm16",
        "aes128-sha256-modp2048, aes128-sha256",
        "chacha20poly1305-prfsha256-x25519, chacha20poly1305",
        "aes256ctr-sha512-prfsha512-ecp521, aes256ctr-sha512",
        "aes128ccm16-prfaescmac-x448, aes128ccm16",
        "aes128-aesxcbc-prfaesxcbc-ecp256bp, aes128-aesxcbc",
    })
    void startsAtLoad(String ike, String esp) throws Exception {
        TwoPeers peers = new TwoPeers();
        peers.load(
                westSite().proposing(ike, esp).starting(StartAction.START),
                eastSite().proposing(ike, esp));
        peers.pass(A_MOMENT);

        peers.assertTunnel();
        assertThat(peers.network.sent()).hasSize(4); // IKE_SA_INIT and IKE_AUTH, nothing else
    }

    @Test
    void carriesPacketsBothWays() throws Exception {
        TwoPeers peers = up();
        IpPacket.Clear packet = packet();

        OutboundVerdict out = peers.west.memory().packetOut(packet);
        assertThat(out).isInstanceOf(OutboundVerdict.Protected.class);
        OutboundVerdict back = peers.east.memory().packetOut(packet.reply());
        assertThat(back).isInstanceOf(OutboundVerdict.Protected.class);
    }

    @Test
    void trapHoldsTheFirstPacketAndBringsTheTunnelUp() throws Exception {
        TwoPeers peers = new TwoPeers();
        peers.load(westSite().starting(StartAction.TRAP), eastSite());
        peers.pass(A_MOMENT);
        assertThat(peers.network.sent()).isEmpty();

        assertThat(peers.west.memory().packetOut(packet())).isInstanceOf(OutboundVerdict.Held.class);
        peers.pass(A_MOMENT);

        peers.assertTunnel();
        assertThat(peers.west.memory().snapshot().sas()).noneMatch(sa -> sa.larval());
        assertThat(peers.west.memory().packetOut(packet())).isInstanceOf(OutboundVerdict.Protected.class);
    }

    @Test
    void goesWithTheInitiator() throws Exception {
        TwoPeers peers = up();
        peers.west.engine().shutdown(() -> {});
        peers.pass(A_MOMENT);
        peers.assertNothingLeft();
    }

    @Test
    void goesWithTheResponder() throws Exception {
        TwoPeers peers = up();
        peers.west.engine().want("site", "net", DesiredState.OFF);
        peers.east.engine().shutdown(() -> {});
        peers.pass(A_MOMENT);
        peers.west.engine().shutdown(() -> {});
        peers.pass(A_MOMENT);
        peers.assertNothingLeft();
    }

    @Test
    void aPeerThatBeginsBeforeTheConfigurationIsThereIsNotRefused() throws Exception {
        TwoPeers peers = new TwoPeers();
        peers.west.load(
                List.of(Site.secret("correct horse")),
                westSite().starting(StartAction.START).connection());
        peers.pass(A_MOMENT);
        assertThat(peers.east.engine().drops()).containsKey(DatagramDrop.NOT_OPEN);

        peers.east.load(List.of(Site.secret("correct horse")), eastSite().connection());
        peers.pass(Duration.ofSeconds(5));
        peers.assertTunnel();
        assertThat(peers.west.events(IkeEvent.NegotiationFailed.class)).isEmpty();
    }

    @Test
    void whoGoesIsNotHeldUpByAPeerThatBeginsAgain() throws Exception {
        TwoPeers peers = new TwoPeers();
        peers.load(
                westSite().starting(StartAction.START),
                eastSite().withChild(child -> child.closeAction(StartAction.START)));
        peers.pass(A_MOMENT);
        boolean[] gone = {false};
        int[] lost = {0};
        peers.network.lose(datagram -> lost[0]++ == 1); // the answer to the DELETE
        peers.west.engine().shutdown(() -> gone[0] = true);
        peers.pass(Duration.ofSeconds(10));

        assertThat(gone[0]).isTrue();
        assertThat(peers.west.engine().ikeSas()).isEmpty();
        assertThat(peers.west.engine().drops()).containsKey(DatagramDrop.NOT_OPEN);
    }

    @Test
    void healsAfterThePeerDeletesIt() throws Exception {
        TwoPeers peers = up();
        peers.east.engine().terminate("site");
        peers.pass(A_MOMENT);
        assertThat(peers.west.memory().installedSas()).isEmpty();
        assertThat(peers.west.memory().packetOut(packet())).isInstanceOf(OutboundVerdict.Held.class);

        peers.pass(Duration.ofSeconds(5));
        peers.assertTunnel();
    }

    @Test
    void retransmitsUntilAnAnswerComes() throws Exception {
        TwoPeers peers = new TwoPeers();
        int[] lost = {0};
        peers.network.lose(datagram -> lost[0]++ < 3);
        peers.load(westSite().starting(StartAction.START), eastSite());

        // 4 s, 7.2 s and 12.96 s are waited for in vain (RFC 7296 2.4)
        peers.pass(Duration.ofSeconds(24));
        assertThat(peers.west.memory().installedSas()).isEmpty();
        peers.pass(A_MOMENT);
        peers.assertTunnel();
        assertThat(peers.west.events(IkeEvent.RequestRetransmitted.class)).hasSize(3);
    }

    @Test
    void aRepeatedRequestGetsTheSameReply() throws Exception {
        TwoPeers peers = up();
        var auth = peers.network.sent().get(2);
        var reply = peers.network.sent().get(3);
        peers.network.deliver(auth);
        peers.pass(A_MOMENT);

        assertThat(peers.network.sent()).hasSize(5);
        assertThat(peers.network.sent().get(4).payload()).isEqualTo(reply.payload());
        peers.assertTunnel();
    }

    @Test
    void noticesADeadPeerAndComesBack() throws Exception {
        TwoPeers peers = new TwoPeers();
        peers.load(westSite().starting(StartAction.START).checkingEvery(Duration.ofSeconds(10)), eastSite());
        peers.pass(A_MOMENT);
        peers.network.lose(datagram -> true);
        peers.pass(Duration.ofMinutes(4));
        assertThat(peers.west.memory().installedSas()).isEmpty();

        peers.network.lose(datagram -> false);
        peers.pass(Duration.ofMinutes(10));
        peers.assertTunnel();
    }

    @Test
    void sendsEspInUdpBehindANat() throws Exception {
        TwoPeers peers = new TwoPeers();
        InetAddress outside = InetAddress.getByName("203.0.113.9");
        peers.network.translate(InetAddress.getByName(TwoPeers.WEST), outside, 10_000);
        Site east = Site.of(TwoPeers.EAST, "203.0.113.9", "10.2.0.0/16", "10.1.0.0/16")
                .identified(TwoPeers.EAST, TwoPeers.WEST);
        peers.load(westSite().starting(StartAction.START), east);
        peers.pass(Duration.ofSeconds(61));

        peers.assertTunnel();
        assertThat(peers.west.memory().installedSas())
                .allMatch(sa -> sa.encapsulation().isPresent());
        assertThat(peers.east.memory().installedSas())
                .allMatch(sa -> sa.encapsulation()
                        .filter(e -> e.sourcePort() + e.destinationPort() == 4500 + 14_500)
                        .isPresent());
        assertThat(peers.west.keepalives()).isEqualTo(3);
        assertThat(peers.east.keepalives()).isZero();
    }

    @Test
    void aNewerSaOfTheSamePeerReplacesTheOldOne() throws Exception {
        TwoPeers peers = up();
        Host reborn = new Host(peers.time, peers.network, InetAddress.getByName(TwoPeers.WEST), 3, IkeSettings.DEFAULT);
        reborn.load(
                List.of(Site.secret("correct horse")),
                westSite().starting(StartAction.START).connection());
        peers.pass(A_MOMENT);

        assertThat(peers.east.memory().installedSas()).hasSize(2);
        assertThat(peers.east.engine().ikeSas()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({
        "aes256gcm16, aes256gcm16, 8", // without PFS
        "aes256gcm16-ecp256, aes256gcm16-ecp256, 8", // IKE_SA_INIT, IKE_AUTH, two CREATE_CHILD_SA
        "aes256gcm16-x25519-ecp256, aes256gcm16-ecp256, 12", // each with a wrong guess of the group
    })
    void furtherChildrenShareTheIkeSa(String westEsp, String eastEsp, int messages) throws Exception {
        TwoPeers peers = new TwoPeers();
        Site west = westSite().starting(StartAction.START).proposing("aes256gcm16-prfsha256-x25519", westEsp);
        Site east = eastSite().proposing("aes256gcm16-prfsha256-x25519", eastEsp);
        peers.east.load(
                List.of(Site.secret("correct horse")),
                east.connection(
                        east.child("a", "10.2.0.0/24", "10.1.0.0/24"),
                        east.child("b", "10.2.1.0/24", "10.1.1.0/24"),
                        east.child("c", "10.2.2.0/24", "10.1.2.0/24")));
        peers.west.load(
                List.of(Site.secret("correct horse")),
                west.connection(
                        west.child("a", "10.1.0.0/24", "10.2.0.0/24"),
                        west.child("b", "10.1.1.0/24", "10.2.1.0/24"),
                        west.child("c", "10.1.2.0/24", "10.2.2.0/24")));
        peers.pass(A_MOMENT);

        assertThat(peers.west.engine().ikeSas()).hasSize(1);
        assertThat(peers.east.memory().installedSas()).hasSize(6);
        assertThat(peers.west.memory().installedSas())
                .allSatisfy(sa -> assertThat(peers.east.memory().installedSas())
                        .anyMatch(other -> other.key().spi().equals(sa.key().spi())
                                && other.algorithms().equals(sa.algorithms())));
        assertThat(peers.network.sent()).hasSize(messages);
    }

    private static TwoPeers up() throws Exception {
        TwoPeers peers = new TwoPeers();
        peers.load(westSite().starting(StartAction.START), eastSite());
        peers.pass(A_MOMENT);
        peers.assertTunnel();
        return peers;
    }

    private static IpPacket.Clear packet() throws Exception {
        return IpPacket.Clear.udp(InetAddress.getByName("10.1.0.5"), 1000, InetAddress.getByName("10.2.0.5"), 53);
    }
}
