package org.ikebana.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ikebana.simulation.TwoPeers.eastSite;
import static org.ikebana.simulation.TwoPeers.westSite;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.ikebana.ike.connection.ConnectionConfig;
import org.ikebana.ike.connection.IkeSettings;
import org.ikebana.ike.engine.DesiredState;
import org.ikebana.ike.event.DatagramDrop;
import org.ikebana.ike.event.IkeEvent;
import org.ikebana.ike.task.KeyExchangeOrder;
import org.junit.jupiter.api.Test;

/** A responder's half of a group that takes long is computed outside the event loop: its peer waits for that, and nobody else does. */
class SlowKeyExchangeTest {
    private static final Duration A_MOMENT = Duration.ofMillis(100);
    private static final Duration SIX_SECONDS = Duration.ofSeconds(6);
    private static final String SLOW = "aes256gcm16-prfsha256-modp2048";

    private final TwoPeers peers = new TwoPeers();
    private final Host west = peers.west;
    private final Host east = peers.east;

    SlowKeyExchangeTest() throws Exception {}

    @Test
    void nobodyElseWaitsAndRepetitionsAreNotComputedAgain() throws Exception {
        east.takes(KeyExchangeOrder.PLACE, Optional.of(SIX_SECONDS));
        start();
        peers.pass(A_MOMENT);
        assertThat(east.engine().halfOpen()).isEqualTo(1);
        west.engine().want("quick", "net", DesiredState.UP);
        peers.pass(A_MOMENT);
        assertThat(established(west)).containsExactly("quick");
        peers.pass(SIX_SECONDS);
        assertThat(established(west)).containsExactly("quick", "slow");
        assertThat(west.events(IkeEvent.RequestRetransmitted.class)).isNotEmpty();
        assertThat(east.engine().drops()).containsEntry(DatagramDrop.AWAITING_KEY_EXCHANGE, (long)
                west.events(IkeEvent.RequestRetransmitted.class).size());
        assertThat(east.engine().halfOpen()).isZero();
    }

    @Test
    void whereTooMuchWaitsARepetitionMayBeTaken() throws Exception {
        east.takes(KeyExchangeOrder.PLACE, Optional.empty());
        start();
        peers.pass(A_MOMENT);
        assertThat(east.engine().halfOpen()).isZero();
        assertThat(east.engine().drops()).containsEntry(DatagramDrop.TOO_BUSY, 1L);
        east.takes(KeyExchangeOrder.PLACE, Optional.of(A_MOMENT));
        peers.pass(SIX_SECONDS);
        assertThat(established(west)).containsExactly("slow");
    }

    @Test
    void whatIsNeverComputedIsForgottenAsAHalfOpenSaIs() throws Exception {
        east.takes(KeyExchangeOrder.PLACE, Optional.of(Duration.ofHours(1)));
        start();
        peers.pass(IkeSettings.DEFAULT.halfOpenTimeout().plus(A_MOMENT));
        assertThat(east.engine().halfOpen()).isZero();
        east.takes(KeyExchangeOrder.PLACE, Optional.of(A_MOMENT));
        peers.pass(Duration.ofMinutes(1));
        assertThat(established(west)).containsExactly("slow");
        peers.pass(Duration.ofHours(1));
        assertThat(established(west)).containsExactly("slow");
        assertThat(east.engine().halfOpen()).isZero();
    }

    @Test
    void whatIsConfiguredOtherwiseMeanwhileIsJudgedAnew() throws Exception {
        east.takes(KeyExchangeOrder.PLACE, Optional.of(A_MOMENT));
        start();
        peers.pass(A_MOMENT.dividedBy(2));
        load(east, Site.renamed("quick", eastSite().connection()));
        peers.pass(A_MOMENT);
        assertThat(west.events(IkeEvent.NegotiationFailed.class)).hasSize(1);
        assertThat(east.engine().halfOpen()).isZero();
        assertThat(east.engine().ikeSas()).isEmpty();
    }

    @Test
    void whatEndsMeanwhileLeavesNothing() throws Exception {
        east.takes(KeyExchangeOrder.PLACE, Optional.of(SIX_SECONDS));
        start();
        peers.pass(A_MOMENT);
        east.engine().shutdown(() -> {});
        west.engine().shutdown(() -> {});
        peers.pass(Duration.ofMinutes(5));
        peers.assertNothingLeft();
    }

    private void start() throws Exception {
        load(east, sites(eastSite()));
        load(west, sites(westSite()));
        west.engine().want("slow", "net", DesiredState.UP);
    }

    private static ConnectionConfig[] sites(Site site) throws Exception {
        return new ConnectionConfig[] {
            Site.renamed("quick", site.connection()),
            Site.renamed("slow", site.proposing(SLOW, "aes256gcm16").connection())
        };
    }

    private static void load(Host host, ConnectionConfig... connections) throws Exception {
        host.load(List.of(Site.secret("correct horse")), connections);
    }

    private static List<String> established(Host host) {
        return host.events(IkeEvent.ChildSaEstablished.class).stream()
                .map(event -> event.ikeSa().connection())
                .toList();
    }
}
