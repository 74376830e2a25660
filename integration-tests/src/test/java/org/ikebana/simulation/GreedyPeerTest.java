package org.ikebana.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ikebana.simulation.TwoPeers.eastSite;
import static org.ikebana.simulation.TwoPeers.westSite;

import java.time.Duration;
import org.ikebana.ike.connection.IkeSettings;
import org.ikebana.ike.connection.StartAction;
import org.ikebana.ike.engine.Counters;
import org.ikebana.ike.event.DatagramDrop;
import org.ikebana.ike.event.IkeEvent;
import org.ikebana.ike.kernel.Datagram;
import org.ikebana.ike.wire.ExchangeType;
import org.ikebana.ike.wire.Payload;
import org.junit.jupiter.api.Test;

/** A peer that has proved who it is and rekeys without end is told to wait, and served again when it has waited. */
class GreedyPeerTest {
    private static final int LIMIT = 5;
    private static final int BURST = 600;

    /** A rekey with the Delete that follows takes 40 ms: about as often as a window of one lets it. */
    private static final Duration AT_ONCE = Duration.ofMillis(50);

    private final TwoPeers peers;

    GreedyPeerTest() throws Exception {
        peers = new TwoPeers(
                IkeSettings.DEFAULT,
                IkeSettings.DEFAULT.changed().createChildLimit(LIMIT).build());
        peers.load(westSite().starting(StartAction.START), eastSite());
        peers.pass(Duration.ofSeconds(1));
    }

    private long rekeys() {
        return peers.east.engine().counters().total().getOrDefault(Counters.Kind.CHILD_REKEY, 0L);
    }

    private long refused() {
        return peers.east.engine().drops().getOrDefault(DatagramDrop.CREATE_CHILD_LIMIT, 0L);
    }

    private void rekeyChildren(int times) {
        for (int i = 0; i < times; i++) {
            peers.west.rekeyChild();
            peers.pass(AT_ONCE);
        }
    }

    @Test
    void endlessRekeysOfAChildMeetTheLimitAndTheTunnelStays() {
        rekeyChildren(2000); // in 100 seconds

        assertThat(rekeys()).isBetween((long) BURST, BURST + 110L * LIMIT);
        assertThat(refused()).isPositive();
        assertThat(peers.east.events(IkeEvent.Warning.class))
                .hasSizeBetween(1, 2) // once a minute
                .allMatch(warning -> warning.toString().contains("create_child_limit = " + LIMIT));
        peers.pass(Duration.ofMinutes(3));
        peers.assertTunnel();
    }

    @Test
    void whoHasWaitedIsServedAgain() {
        rekeyChildren(1200);
        peers.pass(Duration.ofMinutes(3));
        long before = rekeys();
        long refusedBefore = refused();
        rekeyChildren(BURST / 2);

        assertThat(rekeys() - before).isEqualTo(BURST / 2);
        assertThat(refused()).isEqualTo(refusedBefore);
    }

    /** With another IKE SA from each rekey it is the same peer all the same. */
    @Test
    void endlessRekeysOfTheIkeSaMeetTheSameLimit() {
        for (int i = 0; i < 2000; i++) {
            peers.west.engine().ikeSas().forEach(sa -> sa.rekey());
            peers.pass(AT_ONCE);
        }

        long rekeyed = peers.east.engine().counters().total().getOrDefault(Counters.Kind.IKE_REKEY_RESP, 0L);
        assertThat(rekeyed).isBetween((long) BURST, BURST + 110L * LIMIT);
        assertThat(refused()).isPositive();
        peers.pass(Duration.ofMinutes(3));
        peers.assertTunnel();
    }

    @Test
    void aLimitOfZeroIsNone() throws Exception {
        TwoPeers free = new TwoPeers(
                IkeSettings.DEFAULT,
                IkeSettings.DEFAULT.changed().createChildLimit(0).build());
        free.load(westSite().starting(StartAction.START), eastSite());
        free.pass(Duration.ofSeconds(1));
        for (int i = 0; i < 2 * BURST; i++) {
            free.west.rekeyChild();
            free.pass(AT_ONCE);
        }

        assertThat(free.east.engine().counters().total().get(Counters.Kind.CHILD_REKEY))
                .isEqualTo(2L * BURST);
    }

    /** So it is for requests of other kinds, and for replies that are said again. */
    @Test
    void otherLimitsOfZeroAreNoneEither() throws Exception {
        TwoPeers free = new TwoPeers(
                IkeSettings.DEFAULT,
                IkeSettings.DEFAULT
                        .changed()
                        .requestLimit(0)
                        .repeatedReplyLimit(0)
                        .build());
        free.load(westSite(), eastSite());
        HostilePeer peer = HostilePeer.begin(free.east, free.network, westSite(), new SeededRandom(7));
        peer.say(ExchangeType.IKE_AUTH, peer.authPayloads().toArray(Payload[]::new));
        peer.hear();
        int times = 2_000;
        for (int i = 0; i < times; i++) {
            peer.say(ExchangeType.INFORMATIONAL);
        }
        Datagram next = peer.request(times + 2, ExchangeType.INFORMATIONAL);
        for (int i = 0; i < times; i++) {
            free.east.engine().onDatagram(next);
        }

        assertThat(peer.hear()).hasSize(2 * times);
        assertThat(free.east.engine().drops()).isEmpty();
    }
}
