package org.ikebana.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ikebana.simulation.TwoPeers.eastSite;
import static org.ikebana.simulation.TwoPeers.westSite;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.ikebana.ike.connection.StartAction;
import org.ikebana.ike.kernel.Direction;
import org.ikebana.ike.kernel.SaMode;
import org.ikebana.ike.kernel.SecurityAssociation;
import org.ikebana.ike.wire.ExchangeType;
import org.ikebana.ike.wire.NotifyPayload;
import org.ikebana.ike.wire.NotifyType;
import org.ikebana.ike.wire.Payload;
import org.junit.jupiter.api.Test;

/** Padding that hides lengths (RFC 4303 2.7): who sends it, and to whom (RFC 7296 1.3.1). */
class TfcPaddingTest {
    private static final int PADDING = 1000;

    private final TwoPeers peers = new TwoPeers();

    TfcPaddingTest() throws Exception {}

    @Test
    void eachEndPadsWhatItSendsAsItIsConfigured() throws Exception {
        peers.load(westSite().starting(StartAction.START).withChild(c -> c.tfcPadding(PADDING)), eastSite());
        peers.pass(Duration.ofSeconds(1));
        peers.assertTunnel();

        assertThat(sa(peers.west, Direction.OUT).tfcPadding()).isEqualTo(PADDING);
        assertThat(sa(peers.west, Direction.IN).tfcPadding()).isZero();
        assertThat(sa(peers.east, Direction.OUT).tfcPadding()).isZero();
    }

    @Test
    void thePairThatFollowsIsPaddedToo() throws Exception {
        peers.load(westSite().starting(StartAction.START).withChild(c -> c.tfcPadding(PADDING)), eastSite());
        peers.pass(Duration.ofSeconds(1));
        peers.east.rekeyChild();
        peers.pass(Duration.ofSeconds(10));
        peers.assertTunnel();

        assertThat(sa(peers.west, Direction.OUT).tfcPadding()).isEqualTo(PADDING);
    }

    @Test
    void aPeerThatDoesNotTakeItGetsNone() throws Exception {
        peers.east.load(
                List.of(Site.secret("correct horse")),
                eastSite().withChild(c -> c.tfcPadding(PADDING)).connection());
        HostilePeer peer = HostilePeer.begin(peers.east, peers.network, westSite(), new SeededRandom(3));
        List<Payload> auth = new ArrayList<>(peer.authPayloads());
        auth.add(NotifyPayload.of(NotifyType.ESP_TFC_PADDING_NOT_SUPPORTED));
        peer.say(ExchangeType.IKE_AUTH, auth.toArray(Payload[]::new));
        peers.pass(Duration.ofMillis(1));

        assertThat(sa(peers.east, Direction.OUT).tfcPadding()).isZero();
    }

    /** There the kernel has no room for it: an inner packet's length tells where it ends. */
    @Test
    void transportModeHasNone() throws Exception {
        Site west = Site.of(TwoPeers.WEST, TwoPeers.EAST, TwoPeers.WEST + "/32", TwoPeers.EAST + "/32");
        Site east = Site.of(TwoPeers.EAST, TwoPeers.WEST, TwoPeers.EAST + "/32", TwoPeers.WEST + "/32");
        peers.load(
                west.starting(StartAction.START)
                        .withChild(c -> c.mode(SaMode.TRANSPORT).tfcPadding(PADDING)),
                east.withChild(c -> c.mode(SaMode.TRANSPORT)));
        peers.pass(Duration.ofSeconds(1));

        assertThat(sa(peers.west, Direction.OUT).mode()).isEqualTo(SaMode.TRANSPORT);
        assertThat(sa(peers.west, Direction.OUT).tfcPadding()).isZero();
    }

    private static SecurityAssociation sa(Host host, Direction direction) {
        return host.memory().installedSas().stream()
                .filter(sa -> sa.direction() == direction)
                .findFirst()
                .orElseThrow();
    }
}
