package org.ikebana.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ikebana.simulation.FloodedGateway.EAST;
import static org.ikebana.simulation.FloodedGateway.WEST;
import static org.ikebana.simulation.FloodedGateway.isOf;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Set;
import org.ikebana.ike.connection.StartAction;
import org.ikebana.ike.event.IkeEvent;
import org.ikebana.ike.kernel.Datagram;
import org.ikebana.ike.sa.Endpoints;
import org.ikebana.ike.wire.ExchangeType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where a new IKE SA is, whichever way its IKE_AUTH comes first (RFC 7296 2.11, 2.23). West begins. */
class OvertakenAuthTest {
    private static final String OTHER_OF_EAST = "192.0.2.22";
    private static final String OUTSIDE = "203.0.113.9";
    private static final InetAddress OTHER_OUTSIDE = InetAddress.ofLiteral("203.0.113.77");
    private static final int TIMES = 5_000;

    private final TwoPeers peers = new TwoPeers();

    OvertakenAuthTest() throws Exception {
        peers.east.moveTo(EAST.getAddress(), InetAddress.ofLiteral(OTHER_OF_EAST));
    }

    /** Somebody on the way holds it up and says it, from elsewhere or to elsewhere: without a NAT the IKE SA stays where it began. */
    @ParameterizedTest
    @CsvSource({"203.0.113.66, " + TwoPeers.EAST, TwoPeers.WEST + ", " + OTHER_OF_EAST})
    void whoIsFasterDoesNotMoveTheIkeSa(String from, String to) throws Exception {
        peers.network.lose(datagram -> isOf(ExchangeType.IKE_AUTH, datagram));
        peers.load(TwoPeers.westSite().starting(StartAction.START), TwoPeers.eastSite());
        peers.pass(Duration.ofMillis(100));
        byte[] auth = peers.network.sent().getLast().payload();
        peers.network.lose(datagram -> false);
        Datagram faster = new Datagram(
                new InetSocketAddress(InetAddress.ofLiteral(from), 500),
                new InetSocketAddress(InetAddress.ofLiteral(to), 500),
                auth);
        for (int i = 0; i < TIMES; i++) {
            peers.network.deliver(faster);
        }
        peers.pass(Duration.ofSeconds(5)); // west repeats it

        assertThat(peers.east.events(IkeEvent.IkeSaEstablished.class)).hasSize(1);
        assertThat(peers.east.ikeSa().endpoints()).isEqualTo(new Endpoints(EAST, WEST));
        assertThat(peers.east.memory().installedSas())
                .allMatch(sa -> Set.of(sa.source(), sa.key().destination())
                        .equals(Set.of(EAST.getAddress(), WEST.getAddress())));
        peers.assertTunnel();
    }

    /** It goes to port 4500, for which the NAT need not have the same address. */
    @Test
    void aNatMayHaveAnotherMappingForIt() throws Exception {
        peers.network.translate(WEST.getAddress(), InetAddress.ofLiteral(OUTSIDE), 1000);
        peers.load(
                TwoPeers.westSite().starting(StartAction.START),
                Site.of(TwoPeers.EAST, OUTSIDE, "10.2.0.0/16", "10.1.0.0/16").identified(TwoPeers.EAST, TwoPeers.WEST));
        peers.pass(Duration.ofMillis(15)); // IKE_SA_INIT is being answered
        peers.network.translate(WEST.getAddress(), OTHER_OUTSIDE, 2000);
        peers.pass(Duration.ofSeconds(1));

        assertThat(peers.east.ikeSa().endpoints().remote()).isEqualTo(new InetSocketAddress(OTHER_OUTSIDE, 6500));
        assertThat(Flow.passesBothWays(peers)).isTrue();
    }
}
