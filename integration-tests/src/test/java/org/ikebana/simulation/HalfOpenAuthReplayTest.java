package org.ikebana.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ikebana.simulation.FloodedGateway.EAST;
import static org.ikebana.simulation.FloodedGateway.FLOOD;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.ikebana.ike.auth.Identity;
import org.ikebana.ike.connection.AuthConfig;
import org.ikebana.ike.connection.IkeSettings;
import org.ikebana.ike.connection.StartAction;
import org.ikebana.ike.event.DatagramDrop;
import org.ikebana.ike.event.IkeEvent;
import org.ikebana.ike.kernel.Datagram;
import org.junit.jupiter.api.Test;

/** A peer with two rounds of IKE_AUTH (RFC 4739) is gone after the first one, which somebody on the way says again and again. */
class HalfOpenAuthReplayTest {
    private static final InetAddress GONE = InetAddress.ofLiteral("203.0.113.7");
    private static final InetAddress ELSEWHERE = InetAddress.ofLiteral("203.0.113.66");

    private final FloodedGateway gateway = new FloodedGateway(TwoPeers.westSite());
    private final Host east = gateway.peers.east;
    private final Datagram auth = firstRound();
    private final byte[] reply = gateway.repliesTo(GONE).getLast().payload();
    private final int before = gateway.repliesTo(GONE).size();

    HalfOpenAuthReplayTest() throws Exception {}

    @Test
    void itGetsTheSameReplyAsOftenAsMayBeAndKeepsNothingThere() throws Exception {
        gateway.flood(i -> replay(i % 2 == 0 ? GONE : ELSEWHERE));
        gateway.assertHonestPeersWereServed();
        assertThat(east.engine().halfOpen()).isEqualTo(1);
        assertGotTheReply(GONE, before, FloodedGateway.REPEATED_REPLIES);
        assertGotTheReply(ELSEWHERE, 0, FloodedGateway.REPEATED_REPLIES);
        assertThat(gateway.drops(DatagramDrop.REPEATED_REPLY_LIMIT))
                .isEqualTo(FLOOD - 2 * FloodedGateway.REPEATED_REPLIES);

        for (int i = 0; i < 30; i++) {
            replay(ELSEWHERE);
            gateway.peers.pass(Duration.ofSeconds(1));
        }
        assertThat(east.engine().halfOpen()).as("after half_open_timeout").isZero();
        assertThat(east.events(IkeEvent.NegotiationFailed.class)).hasSize(1);
        gateway.assertIsAs(new FloodedGateway(TwoPeers.westSite()));
    }

    private void replay(InetAddress from) {
        gateway.peers.network.deliver(new Datagram(new InetSocketAddress(from, 500), EAST, auth.payload()));
    }

    private void assertGotTheReply(InetAddress address, int earlier, int times) {
        List<Datagram> replies = gateway.repliesTo(address);
        assertThat(replies).hasSize(earlier + times);
        assertThat(replies.subList(earlier, replies.size())).allMatch(d -> Arrays.equals(d.payload(), reply));
    }

    /** Its request of the first round, which is answered; it says no more. */
    private Datagram firstRound() throws Exception {
        AuthConfig round = new AuthConfig(AuthConfig.Method.PSK, Identity.parse(GONE.getHostAddress()));
        AuthConfig twice = round.with(List.of(round));
        Site site = FloodedGateway.site(GONE.getHostAddress(), "10.4.0.0/24");
        Host peer = new Host(gateway.peers.time, gateway.peers.network, GONE, 3, IkeSettings.DEFAULT);
        east.engine()
                .load(FloodedGateway.atGateway(site).with(c -> c.remote(twice)).connection());
        peer.load(
                List.of(Site.secret("correct horse")),
                site.with(c -> c.local(twice)).starting(StartAction.START).connection());
        gateway.peers.pass(Duration.ofMillis(35)); // IKE_SA_INIT, and the request
        peer.kill();
        gateway.peers.pass(Duration.ofMillis(35));
        assertThat(east.engine().halfOpen()).isEqualTo(1);
        return gateway.peers.network.sent().reversed().stream()
                .filter(datagram -> datagram.local().getAddress().equals(GONE))
                .findFirst()
                .orElseThrow();
    }
}
