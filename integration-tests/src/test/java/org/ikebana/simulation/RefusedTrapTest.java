package org.ikebana.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ikebana.simulation.TwoPeers.eastSite;
import static org.ikebana.simulation.TwoPeers.westSite;

import java.time.Duration;
import java.util.List;
import org.ikebana.ike.connection.StartAction;
import org.ikebana.ike.engine.DesiredState;
import org.ikebana.ike.event.IkeEvent;
import org.ikebana.ike.kernel.KernelChange;
import org.ikebana.kernel.memory.OutboundVerdict;
import org.ikebana.kernel.model.Errno;
import org.junit.jupiter.api.Test;

/** A kernel refuses the policies of a trap: they are set later, whatever becomes of the child meanwhile. */
class RefusedTrapTest {
    private static final Duration A_MOMENT = Duration.ofMillis(300);
    private static final Duration A_WHILE = Duration.ofSeconds(30);

    private final TwoPeers peers = new TwoPeers();

    RefusedTrapTest() throws Exception {}

    /** Or packets would leave in clear as soon as the SAs are closed. */
    @Test
    void itStandsOnceTheChildIsUp() throws Exception {
        refusePolicies(1);
        peers.load(westSite().starting(StartAction.START), eastSite());
        peers.pass(A_MOMENT);
        peers.assertTunnel();
        assertThat(peers.west.events(IkeEvent.TrapInstalled.class)).hasSize(1);

        peers.east.engine().terminate("site");
        peers.pass(Duration.ofMillis(10));
        assertThat(peers.west.memory().installedSas()).isEmpty();
        assertThat(leaving()).isInstanceOf(OutboundVerdict.Held.class);
    }

    /** The peer is silent, and the daemon waits for its answer. */
    @Test
    void itIsTriedAgainWhileTheChildIsNegotiated() throws Exception {
        peers.network.lose(datagram -> true);
        refusePolicies(3);
        peers.load(westSite().starting(StartAction.START), eastSite());
        assertThat(leaving()).isInstanceOf(OutboundVerdict.Passed.class);

        peers.pass(A_WHILE);
        assertThat(leaving()).isInstanceOf(OutboundVerdict.Held.class);
        assertThat(peers.west.events(IkeEvent.IkeSaClosed.class)).isEmpty();
    }

    @Test
    void itIsNotSetForWhatIsGoneFromTheConfiguration() throws Exception {
        refusePolicies(1);
        peers.west.load(
                List.of(Site.secret("correct horse")),
                westSite().starting(StartAction.TRAP).connection());
        peers.west.load(
                List.of(Site.secret("correct horse")),
                westSite().connection(westSite().child("other", "10.3.0.0/16", "10.4.0.0/16")));
        peers.pass(A_WHILE);
        assertThat(peers.west.memory().snapshot().policies()).isEmpty();
    }

    @Test
    void itIsNotSetForWhatIsWantedNoMore() throws Exception {
        refusePolicies(1);
        peers.west.load(
                List.of(Site.secret("correct horse")),
                westSite().starting(StartAction.TRAP).connection());
        peers.west.engine().want("site", "net", DesiredState.OFF);
        peers.pass(A_WHILE);
        assertThat(peers.west.memory().snapshot().policies()).isEmpty();
    }

    private OutboundVerdict leaving() {
        return peers.west.memory().packetOut(Flow.EASTWARD);
    }

    private void refusePolicies(int times) {
        for (int i = 0; i < times; i++) {
            peers.west.memory().faults().refuse(KernelChange.PutPolicy.class::isInstance, Errno.ENOBUFS);
        }
    }
}
