package org.ikebana.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ikebana.simulation.TwoPeers.eastSite;
import static org.ikebana.simulation.TwoPeers.westSite;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.ikebana.ike.connection.ChildConfig;
import org.ikebana.ike.connection.StartAction;
import org.ikebana.ike.engine.DesiredState;
import org.ikebana.ike.event.IkeEvent;
import org.ikebana.ike.kernel.Spi;
import org.ikebana.ike.sa.ChildSa;
import org.ikebana.ike.sa.IkeSa;
import org.ikebana.kernel.memory.IpPacket;
import org.ikebana.kernel.memory.OutboundVerdict;
import org.junit.jupiter.api.Test;

/** The children of a connection change, and nothing else of it: the IKE SA stays, and so do the SPIs of the others. */
class ChildReloadTest {
    private static final IpPacket.Clear OF_ONE = packet("10.1.1.7", "10.2.1.7");

    private final TwoPeers peers = new TwoPeers();
    private final Site west = westSite().starting(StartAction.START);
    private final Site east = eastSite();
    private final ChildConfig one = west.child("one", "10.1.1.0/24", "10.2.1.0/24");
    private final ChildConfig two = west.child("two", "10.1.2.0/24", "10.2.2.0/24");

    ChildReloadTest() throws Exception {
        peers.east.load(
                List.of(Site.secret("correct horse")),
                east.connection(
                        east.child("one", "10.2.1.0/24", "10.1.1.0/24"),
                        east.child("two", "10.2.2.0/24", "10.1.2.0/24"),
                        east.child("three", "10.2.3.0/24", "10.1.3.0/24")));
    }

    private void load(ChildConfig... children) throws Exception {
        peers.west.load(List.of(Site.secret("correct horse")), west.connection(children));
    }

    private IkeSa up() throws Exception {
        load(one, two);
        peers.pass(Duration.ofSeconds(5));
        assertThat(spis(peers.west)).containsOnlyKeys("one", "two");
        return peers.west.ikeSa();
    }

    /** Our inbound SPIs, by child. */
    private static Map<String, Spi> spis(Host host) {
        return new TreeMap<>(host.engine().ikeSas().stream()
                .flatMap(sa -> sa.childSas().stream())
                .collect(Collectors.toMap(
                        child -> child.config().name(), child -> child.inbound().spi())));
    }

    @Test
    void aChildThatIsAddedComesUpOnTheIkeSaThatIsThere() throws Exception {
        IkeSa ikeSa = up();
        Map<String, Spi> before = spis(peers.west);
        load(one, west.child("three", "10.1.3.0/24", "10.2.3.0/24"), two);
        peers.pass(Duration.ofSeconds(5));

        assertThat(spis(peers.west)).containsOnlyKeys("one", "two", "three").containsAllEntriesOf(before);
        assertThat(peers.west.ikeSa()).isSameAs(ikeSa);
        assertThat(peers.west.events(IkeEvent.ChildSaClosed.class)).isEmpty();
        assertThat(peers.east.memory().installedSas()).hasSize(6);
    }

    @Test
    void aChildThatIsRemovedGoesAlone() throws Exception {
        IkeSa ikeSa = up();
        Map<String, Spi> before = spis(peers.west);
        load(two);
        assertThat(peers.west.memory().packetOut(OF_ONE)).isInstanceOf(OutboundVerdict.Passed.class);
        peers.pass(Duration.ofSeconds(5));

        assertThat(spis(peers.west)).containsExactly(Map.entry("two", before.get("two")));
        assertThat(spis(peers.east)).containsOnlyKeys("two");
        assertThat(peers.west.ikeSa()).isSameAs(ikeSa);
        assertThat(peers.west.memory().snapshot().policies()).hasSize(3);
    }

    @Test
    void aChildThatIsOtherwiseIsReplacedAndItsTrafficIsHeldMeanwhile() throws Exception {
        IkeSa ikeSa = up();
        Map<String, Spi> before = spis(peers.west);
        load(one.changed().replayWindow(64).build(), two);
        assertThat(peers.west.memory().packetOut(OF_ONE)).isInstanceOf(OutboundVerdict.Held.class);
        peers.pass(Duration.ofSeconds(5));

        Map<String, Spi> after = spis(peers.west);
        assertThat(after).containsOnlyKeys("one", "two").containsEntry("two", before.get("two"));
        assertThat(after.get("one")).isNotEqualTo(before.get("one"));
        assertThat(peers.west.ikeSa()).isSameAs(ikeSa);
        assertThat(ikeSa.childSas())
                .filteredOn(child -> child.config().name().equals("one"))
                .singleElement()
                .satisfies(child -> assertThat(child.config().replayWindow()).isEqualTo(64));
        assertThat(peers.west.memory().snapshot().policies()).hasSize(6);
        assertThat(peers.east.memory().installedSas()).hasSize(4);
    }

    @Test
    void aChildThatIsWantedInAnotherWayKeepsItsSas() throws Exception {
        up();
        Map<String, Spi> before = spis(peers.west);
        load(
                one.changed().startAction(StartAction.TRAP).build(),
                two.changed().closeAction(StartAction.START).build());
        peers.pass(Duration.ofSeconds(5));

        assertThat(spis(peers.west)).isEqualTo(before);
        assertThat(peers.west.engine().desired("site", "one")).contains(DesiredState.ON_DEMAND);
        assertThat(peers.west.engine().desired("site", "two")).contains(DesiredState.UP);
    }

    @Test
    void aChildThatIsNotWantedAnyMoreGoesAlone() throws Exception {
        IkeSa ikeSa = up();
        Map<String, Spi> before = spis(peers.west);
        load(one.changed().startAction(StartAction.NONE).build(), two);
        peers.pass(Duration.ofSeconds(5));

        assertThat(spis(peers.west)).containsExactly(Map.entry("two", before.get("two")));
        assertThat(peers.west.ikeSa()).isSameAs(ikeSa);
        assertThat(peers.west.engine().desired("site", "one")).contains(DesiredState.OFF);
        assertThat(peers.west.memory().snapshot().policies()).hasSize(3);
    }

    @Test
    void aChildThatIsWantedNowComesUp() throws Exception {
        load(one, two.changed().startAction(StartAction.NONE).build());
        peers.pass(Duration.ofSeconds(5));
        Map<String, Spi> before = spis(peers.west);
        load(one, two.changed().startAction(StartAction.TRAP_AND_START).build());
        peers.pass(Duration.ofSeconds(5));

        assertThat(spis(peers.west)).containsOnlyKeys("one", "two").containsAllEntriesOf(before);
    }

    /** Who answers takes a child that it has been told of since. */
    @Test
    void thePeerMayAskForAChildThatHasBeenAdded() throws Exception {
        load(one);
        peers.pass(Duration.ofSeconds(5));
        IkeSa ikeSa = peers.west.ikeSa();
        load(one, two.changed().startAction(StartAction.NONE).build());
        peers.east.engine().want("site", "two", DesiredState.UP);
        peers.pass(Duration.ofSeconds(5));

        assertThat(spis(peers.west)).containsOnlyKeys("one", "two");
        assertThat(peers.west.ikeSa()).isSameAs(ikeSa);
    }

    @Test
    void whatHasChangedHoldsAfterTheIkeSaIsRekeyed() throws Exception {
        load(one);
        peers.pass(Duration.ofSeconds(5));
        load(one, two.changed().startAction(StartAction.NONE).build());
        peers.west.ikeSa().rekey();
        peers.pass(Duration.ofSeconds(5));
        peers.east.engine().want("site", "two", DesiredState.UP);
        peers.pass(Duration.ofSeconds(5));

        assertThat(spis(peers.west)).containsOnlyKeys("one", "two");
    }

    /** At whatever moment of the beginning, or of the second child's own exchange, the configuration changes. */
    @Test
    void whatWasBegunForTheConfigurationBeforeLeavesNothing() throws Exception {
        for (int millis = 0; millis < 150; millis += 3) {
            ChildReloadTest fresh = new ChildReloadTest();
            fresh.load(fresh.one, fresh.two);
            fresh.peers.pass(Duration.ofMillis(millis));
            ChildConfig changed = fresh.one.changed().replayWindow(64).build();
            fresh.load(changed, fresh.west.child("three", "10.1.3.0/24", "10.2.3.0/24"));
            fresh.peers.pass(Duration.ofMinutes(2));

            assertThat(spis(fresh.peers.west)).as("after %d ms", millis).containsOnlyKeys("one", "three");
            assertThat(fresh.peers.west.engine().ikeSas()).hasSize(1);
            assertThat(fresh.peers.west.ikeSa().childSas())
                    .filteredOn(child -> child.config().name().equals("one"))
                    .extracting(ChildSa::config)
                    .allMatch(config -> config.replayWindow() == 64);
            assertThat(fresh.peers.east.engine().ikeSas()).hasSize(1);
            assertThat(fresh.peers.east.memory().installedSas()).hasSize(4);
            assertThat(fresh.peers.west.memory().snapshot().policies()).hasSize(6);
        }
    }

    /** A rekey under way is for a child that is to go. */
    @Test
    void aChildIsRemovedAtAnyMomentOfItsRekey() throws Exception {
        for (int millis = 0; millis < 40; millis += 2) {
            ChildReloadTest fresh = new ChildReloadTest();
            IkeSa ikeSa = fresh.up();
            Spi other = spis(fresh.peers.west).get("two");
            ikeSa.childSas().stream()
                    .filter(child -> child.config().name().equals("one"))
                    .toList()
                    .forEach(ikeSa::rekeyChild);
            fresh.peers.pass(Duration.ofMillis(millis));
            fresh.load(fresh.two);
            fresh.peers.pass(Duration.ofMinutes(1));

            assertThat(spis(fresh.peers.west)).as("after %d ms", millis).containsExactly(Map.entry("two", other));
            assertThat(spis(fresh.peers.east)).containsOnlyKeys("two");
            assertThat(fresh.peers.west.memory().installedSas()).hasSize(2);
            assertThat(fresh.peers.east.memory().installedSas()).hasSize(2);
            assertThat(fresh.peers.west.memory().snapshot().policies()).hasSize(3);
        }
    }

    private static IpPacket.Clear packet(String from, String to) {
        return IpPacket.Clear.udp(InetAddress.ofLiteral(from), 4000, InetAddress.ofLiteral(to), 4000);
    }
}
