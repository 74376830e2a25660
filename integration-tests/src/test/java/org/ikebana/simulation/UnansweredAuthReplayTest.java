package org.ikebana.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ikebana.simulation.FloodedGateway.EAST;
import static org.ikebana.simulation.FloodedGateway.WEST;
import static org.ikebana.simulation.FloodedGateway.isOf;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ikebana.ike.connection.IkeSettings;
import org.ikebana.ike.connection.StartAction;
import org.ikebana.ike.event.DatagramDrop;
import org.ikebana.ike.event.IkeEvent;
import org.ikebana.ike.kernel.Datagram;
import org.ikebana.ike.sa.Endpoints;
import org.ikebana.ike.wire.ExchangeType;
import org.junit.jupiter.api.Test;

/** Somebody on the way says west's IKE_AUTH again before it is answered. */
class UnansweredAuthReplayTest {
    private static final InetSocketAddress ELSEWHERE =
            new InetSocketAddress(InetAddress.ofLiteral("203.0.113.66"), 500);
    private static final int TIMES = 5_000;
    private static final Duration A_MOMENT = Duration.ofMillis(100);

    private final RevocationScene scene = new RevocationScene();
    private final TwoPeers peers = scene.peers;

    UnansweredAuthReplayTest() throws Exception {}

    /** East waits for a revocation list, which it asks for once; the answer goes to west alone. */
    @Test
    void whileItIsLookedIntoItIsDropped() throws Exception {
        beginWithAListThatTakes(Duration.ofMillis(TIMES + 1000));
        Datagram auth = authOfWest();
        peers.network.lose(datagram -> datagram.local().equals(WEST)); // which does not repeat it as well
        int timers = peers.time.waiting();
        for (int i = 0; i < TIMES; i++) {
            replay(auth, i % 2 == 0 ? WEST : ELSEWHERE);
            peers.pass(Duration.ofMillis(1));
        }
        assertThat(peers.time.waiting()).isLessThanOrEqualTo(timers + 10); // those on their way
        assertThat(peers.east.engine().ikeSas()).hasSize(1);
        assertAnotherPeerIsServed();
        peers.network.lose(datagram -> false);
        peers.pass(Duration.ofSeconds(2));

        assertThat(peers.east.engine().drops()).isEqualTo(Map.of(DatagramDrop.AWAITING_STATUS, (long) TIMES));
        assertThat(peers.network.sent()).noneMatch(datagram -> datagram.remote().equals(ELSEWHERE));
        assertThat(peers.east.documents().asked()).hasSize(1);
        assertThat(peers.east.events(IkeEvent.IkeSaEstablished.class)).hasSize(2);
        assertIsWhereItBegan();
    }

    private void beginWithAListThatTakes(Duration time) throws Exception {
        peers.west
                .documents()
                .put(RevocationScene.LIST, Duration.ZERO, scene.list().encoded());
        peers.east.documents().put(RevocationScene.LIST, time, scene.list().encoded());
        scene.start();
        peers.pass(A_MOMENT);
    }

    private void assertAnotherPeerIsServed() throws Exception {
        Site site = Newcomers.site(0);
        Host other = new Host(peers.time, peers.network, InetAddress.ofLiteral(site.local()), 3, IkeSettings.DEFAULT);
        peers.east.engine().load(FloodedGateway.atGateway(site).connection());
        other.load(
                List.of(Site.secret("correct horse")),
                site.starting(StartAction.START).connection());
        peers.pass(A_MOMENT);
        assertThat(other.memory().installedSas()).hasSize(2);
    }

    private void replay(Datagram auth, InetSocketAddress from) {
        peers.network.deliver(new Datagram(from, EAST, auth.payload()));
    }

    private Datagram authOfWest() {
        return peers.network.sent().stream()
                .filter(datagram -> isOf(ExchangeType.IKE_AUTH, datagram))
                .filter(datagram -> datagram.local().equals(WEST))
                .findFirst()
                .orElseThrow();
    }

    private void assertIsWhereItBegan() {
        assertThat(peers.west.ikeSa().childSas()).hasSize(1);
        assertThat(peers.east.engine().ikeSas())
                .filteredOn(sa -> sa.endpoints().equals(new Endpoints(EAST, WEST)))
                .singleElement()
                .satisfies(sa -> assertThat(sa.childSas()).hasSize(1));
        assertThat(peers.east.memory().installedSas())
                .filteredOn(sa -> Set.of(sa.source(), sa.key().destination())
                        .equals(Set.of(EAST.getAddress(), WEST.getAddress())))
                .hasSize(2);
    }
}
