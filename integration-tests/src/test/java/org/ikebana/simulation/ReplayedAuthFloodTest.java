package org.ikebana.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ikebana.simulation.FloodedGateway.FLOOD;
import static org.ikebana.simulation.FloodedGateway.WEST;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.ikebana.ike.engine.Counters;
import org.ikebana.ike.event.DatagramDrop;
import org.ikebana.ike.kernel.Datagram;
import org.ikebana.ike.sa.IkeSa;
import org.ikebana.ike.wire.ExchangeType;
import org.junit.jupiter.api.Test;

/** Somebody on the way says west's IKE_AUTH again a thousand times a second, from west's address and from another one. */
class ReplayedAuthFloodTest {
    private static final InetSocketAddress ELSEWHERE =
            new InetSocketAddress(InetAddress.ofLiteral("203.0.113.66"), 4500);

    /** As if west were behind a NAT: who is may move, but only by what is new (RFC 7296 2.23). */
    private final Site west = TwoPeers.westSite().encapsulating();

    /** The reply that is stored goes back to where the request came from (RFC 7296 2.1, 2.11), but not without end. */
    @Test
    void asLongAsItIsTheLatestRequestItGetsTheSameReplyAsOftenAsMayBe() throws Exception {
        FloodedGateway gateway = new FloodedGateway(west);
        byte[] reply = gateway.repliesTo(WEST.getAddress()).getLast().payload();
        int before = gateway.repliesTo(WEST.getAddress()).size();
        replay(gateway, west);

        List<Datagram> here = gateway.repliesTo(WEST.getAddress());
        List<Datagram> elsewhere = gateway.repliesTo(ELSEWHERE.getAddress());
        assertThat(here).hasSize(before + FloodedGateway.REPEATED_REPLIES);
        assertThat(elsewhere).hasSize(FloodedGateway.REPEATED_REPLIES);
        assertThat(gateway.drops(DatagramDrop.REPEATED_REPLY_LIMIT))
                .isEqualTo(FLOOD - 2 * FloodedGateway.REPEATED_REPLIES);
        assertThat(here.subList(before, here.size())).allMatch(d -> Arrays.equals(d.payload(), reply));
        assertThat(elsewhere).allMatch(d -> Arrays.equals(d.payload(), reply));
    }

    @Test
    void afterwardsItIsDropped() throws Exception {
        Site asking = west.checkingEvery(Duration.ofSeconds(1));
        FloodedGateway gateway = new FloodedGateway(asking);
        gateway.peers.pass(Duration.ofSeconds(1));
        replay(gateway, asking);

        assertThat(gateway.drops(DatagramDrop.OUTSIDE_WINDOW)).isEqualTo(FLOOD);
        assertThat(gateway.repliesTo(ELSEWHERE.getAddress())).isEmpty();
        assertThat(gateway.count(Counters.Kind.INFO_IN_REQ)).isGreaterThanOrEqualTo(FLOOD / 1000);
    }

    /** Nothing is done for it: neither the IKE SA nor where it goes is another one. */
    private static void replay(FloodedGateway gateway, Site west) throws Exception {
        IkeSa ofWest = gateway.peers.east.ikeSa();
        InetSocketAddress remote = ofWest.endpoints().remote();
        Datagram auth = gateway.latestOfWest(ExchangeType.IKE_AUTH);
        gateway.flood(i -> gateway.peers.network.deliver(
                new Datagram(i % 2 == 0 ? auth.local() : ELSEWHERE, auth.remote(), auth.payload())));

        gateway.assertHonestPeersWereServed();
        assertThat(gateway.peers.east.engine().ikeSas()).contains(ofWest);
        assertThat(ofWest.endpoints().remote()).isEqualTo(remote);
        assertThat(gateway.count(Counters.Kind.IKE_AUTH_IN_REQ)).isEqualTo(1 + Newcomers.COUNT);
        gateway.assertIsAs(new FloodedGateway(west));
    }
}
