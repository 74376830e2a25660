package org.ikebana.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.ikebana.ike.connection.IkeSettings;
import org.ikebana.ike.connection.StartAction;
import org.ikebana.ike.event.IkeEvent;
import org.ikebana.ike.kernel.Datagram;
import org.ikebana.ike.kernel.Direction;
import org.ikebana.ike.kernel.SecurityAssociation;
import org.ikebana.ike.kernel.Spi;

/** Two peers with a tunnel, and their messages handed over one by one. West has begun. */
final class Scene {
    private static final Duration A_MOMENT = Duration.ofSeconds(1);
    private static final Duration LINGER = Duration.ofSeconds(6);
    private static final int LOW = 0x00;
    private static final int HIGH = 0xff;

    final TwoPeers peers;
    final Ladder ladder;

    private Scene(Site west, Site east, IkeSettings settings) throws Exception {
        peers = new TwoPeers(settings);
        peers.load(west.starting(StartAction.START), east);
        peers.pass(A_MOMENT);
        peers.assertTunnel();
        ladder = new Ladder(peers);
    }

    static Scene tunnel() throws Exception {
        return tunnel(TwoPeers.westSite(), TwoPeers.eastSite());
    }

    static Scene tunnel(Site west, Site east) throws Exception {
        return new Scene(west, east, IkeSettings.DEFAULT);
    }

    static Scene tunnel(Site west, Site east, IkeSettings settings) throws Exception {
        return new Scene(west, east, settings);
    }

    Host host(boolean west) {
        return west ? peers.west : peers.east;
    }

    /** The oldest message of that end arrives. */
    Scene from(boolean west) {
        if (west) {
            ladder.fromWest();
        } else {
            ladder.fromEast();
        }
        return this;
    }

    Datagram takeFrom(boolean west) {
        return west ? ladder.takeFromWest() : ladder.takeFromEast();
    }

    /** Both do it at once, and draw their nonces so that this end's exchange has the lowest one. */
    Scene bothDo(Consumer<Host> action, boolean westLoses) {
        nonces(westLoses);
        action.accept(peers.west);
        action.accept(peers.east);
        answersDrawHigh();
        return this;
    }

    /** The next nonces of both: the loser's is low. */
    void nonces(boolean westLoses) {
        peers.west.nextNonce(westLoses ? LOW : HIGH);
        peers.east.nextNonce(westLoses ? HIGH : LOW);
    }

    void answersDrawHigh() {
        peers.west.nextNonce(HIGH);
        peers.east.nextNonce(HIGH);
    }

    Scene settle() {
        ladder.settle();
        return this;
    }

    /** Time passes, and whatever is sent meanwhile arrives. */
    Scene pass(Duration time) {
        Duration step = Duration.ofMillis(500);
        for (Duration gone = Duration.ZERO; gone.compareTo(time) < 0; gone = gone.plus(step)) {
            peers.pass(step);
            ladder.settle();
        }
        return this;
    }

    /** The SPI that this end sends with. */
    static Spi outbound(Host host) {
        return host.memory().installedSas().stream()
                .filter(sa -> sa.direction() == Direction.OUT)
                .map(SecurityAssociation::key)
                .map(key -> key.spi())
                .reduce((one, other) -> {
                    throw new AssertionError("two outbound SAs at once");
                })
                .orElseThrow();
    }

    static long sas(Host host, Direction direction) {
        return host.memory().installedSas().stream()
                .filter(sa -> sa.direction() == direction)
                .count();
    }

    /** One IKE SA, one pair, the same keys crosswise, and nobody has anything to say. */
    Scene assertOnePair() {
        peers.pass(LINGER);
        assertThat(ladder.isQuiet()).as("nobody has anything to say").isTrue();
        peers.assertTunnel();
        assertThat(peers.west.ikeSa().childSas()).hasSize(1);
        assertThat(peers.east.ikeSa().childSas()).hasSize(1);
        return this;
    }

    Scene assertOneIkeSa() {
        assertThat(peers.west.engine().ikeSas()).hasSize(1);
        assertThat(peers.east.engine().ikeSas()).hasSize(1);
        assertThat(peers.west.ikeSa().id().initiatorSpi())
                .isEqualTo(peers.east.ikeSa().id().initiatorSpi());
        assertThat(peers.west.ikeSa().id().responderSpi())
                .isEqualTo(peers.east.ikeSa().id().responderSpi());
        return this;
    }

    /** What went on is the protocol's ordinary business: nothing for people to look at. */
    Scene assertNoErrors() {
        for (Host host : List.of(peers.west, peers.east)) {
            assertThat(host.events(IkeEvent.NegotiationFailed.class)).isEmpty();
            assertThat(host.events(IkeEvent.Warning.class)).isEmpty();
        }
        return this;
    }
}
