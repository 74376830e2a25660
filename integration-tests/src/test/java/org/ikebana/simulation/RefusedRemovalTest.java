package org.ikebana.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ikebana.simulation.TwoPeers.eastSite;
import static org.ikebana.simulation.TwoPeers.westSite;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import org.ikebana.ike.connection.IkeSettings;
import org.ikebana.ike.connection.StartAction;
import org.ikebana.ike.engine.DesiredState;
import org.ikebana.ike.event.IkeEvent;
import org.ikebana.ike.kernel.KernelChange;
import org.ikebana.kernel.memory.OutboundVerdict;
import org.ikebana.kernel.model.Errno;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A kernel that is short of memory does not remove what it is told to: it is told again until it does. */
class RefusedRemovalTest {
    private static final Duration A_WHILE = Duration.ofSeconds(30);
    private static final Duration A_MOMENT = Duration.ofMillis(200);

    private final TwoPeers peers = new TwoPeers();

    RefusedRemovalTest() throws Exception {}

    @BeforeEach
    void up() throws Exception {
        peers.load(westSite().starting(StartAction.START), eastSite());
        peers.pass(Duration.ofSeconds(1));
        peers.assertTunnel();
    }

    /** Both SAs of the pair and its policies are one update of the kernel, which it refuses as a whole. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aClosedPairGoes(boolean firstThePolicies) throws Exception {
        refuse(
                peers.east,
                firstThePolicies
                        ? KernelChange.DeletePolicy.class::isInstance
                        : KernelChange.DeleteSa.class::isInstance,
                1);
        peers.west.engine().want("site", "net", DesiredState.OFF);
        peers.pass(A_MOMENT);
        assertThat(peers.east.memory().installedSas()).hasSize(2);
        assertThat(peers.east.events(IkeEvent.Warning.class))
                .singleElement()
                .satisfies(w -> assertThat(w.text()).contains("tried again"));

        peers.pass(A_WHILE);
        assertKernelsAreEmpty();
    }

    @Test
    void andSoItDoesAfterManyRefusals() throws Exception {
        refuse(peers.east, KernelChange.DeleteSa.class::isInstance, 8);
        peers.west.engine().want("site", "net", DesiredState.OFF);
        peers.pass(A_WHILE);
        assertThat(peers.east.memory().installedSas()).isNotEmpty();

        peers.pass(Duration.ofMinutes(3));
        assertKernelsAreEmpty();
    }

    /** What is refused once more is only put off; the other does not wait for it. */
    @Test
    void oneThatIsRefusedAgainDoesNotHoldTheOthersUp() throws Exception {
        var first = peers.east.memory().installedSas().getFirst().key();
        refuse(
                peers.east,
                c -> c instanceof KernelChange.DeleteSa delete && delete.key().equals(first),
                5);
        peers.west.engine().want("site", "net", DesiredState.OFF);
        peers.pass(Duration.ofSeconds(2));
        assertThat(peers.east.memory().installedSas())
                .singleElement()
                .satisfies(sa -> assertThat(sa.key()).isEqualTo(first));
        assertThat(peers.east.memory().snapshot().policies()).isEmpty();
    }

    @Test
    void aReplacedInboundSaGoes() throws Exception {
        peers.west.rekeyChild();
        peers.pass(A_MOMENT);
        refuse(peers.west, KernelChange.DeleteSa.class::isInstance, 1);
        refuse(peers.east, KernelChange.DeleteSa.class::isInstance, 1);
        peers.pass(A_WHILE);
        peers.assertTunnel();
    }

    @Test
    void aTrapGoes() throws Exception {
        refuse(peers.west, KernelChange.DeletePolicy.class::isInstance, 1);
        peers.west.engine().want("site", "net", DesiredState.OFF);
        peers.pass(A_WHILE);
        assertKernelsAreEmpty();
    }

    /** The kernel takes the first SA that it finds for a reqid: it may not be one that is gone at the peer. */
    @Test
    void whatIsMadeMeanwhileSendsAlone() throws Exception {
        peers.load(westSite().starting(StartAction.START), eastSite().starting(StartAction.TRAP));
        peers.pass(A_WHILE);
        peers.assertTunnel();
        refuse(peers.east, KernelChange.DeleteSa.class::isInstance, 1);
        peers.west.engine().want("site", "net", DesiredState.OFF);
        peers.pass(A_MOMENT);
        assertThat(peers.east.memory().installedSas()).hasSize(2);

        peers.west.engine().want("site", "net", DesiredState.UP);
        peers.pass(A_MOMENT);

        peers.assertTunnel();
        assertThat(Flow.passesBothWays(peers)).isTrue();
    }

    /** The policies that were to go are those that the trap stands on now. */
    @Test
    void whatIsWantedAgainMeanwhileStays() throws Exception {
        refuse(peers.west, KernelChange.DeletePolicy.class::isInstance, 2);
        peers.west.engine().want("site", "net", DesiredState.OFF);
        peers.pass(A_MOMENT);
        peers.west.engine().want("site", "net", DesiredState.ON_DEMAND);
        peers.pass(A_WHILE);
        assertThat(peers.west.memory().packetOut(Flow.EASTWARD)).isInstanceOf(OutboundVerdict.Held.class);
        assertThat(peers.west.memory().snapshot().policies()).hasSize(3);
    }

    @Test
    void whatAnEarlierRunHasLeftGoes() throws Exception {
        peers.west.kill();
        Host again = new Host(
                peers.time,
                peers.network,
                InetAddress.ofLiteral(TwoPeers.WEST),
                new SeededRandom(9),
                peers.west.memory().reopen(),
                IkeSettings.DEFAULT,
                Host.CRYPTO,
                update -> {});
        again.memory().faults().refuse(KernelChange.DeleteSa.class::isInstance, Errno.ENOBUFS);
        again.memory().faults().refuse(KernelChange.DeletePolicy.class::isInstance, Errno.ENOBUFS);
        again.load(List.of(Site.secret("correct horse")), westSite().connection());
        peers.pass(A_WHILE);
        assertThat(again.memory().snapshot().sas()).isEmpty();
        assertThat(again.memory().snapshot().policies()).isEmpty();
    }

    private void assertKernelsAreEmpty() throws Exception {
        for (Host host : List.of(peers.west, peers.east)) {
            assertThat(host.memory().snapshot().sas()).isEmpty();
            assertThat(host.memory().snapshot().policies()).isEmpty();
        }
    }

    private static void refuse(Host host, Predicate<KernelChange> kind, int times) {
        for (int i = 0; i < times; i++) {
            host.memory().faults().refuse(kind, Errno.ENOBUFS);
        }
    }
}
