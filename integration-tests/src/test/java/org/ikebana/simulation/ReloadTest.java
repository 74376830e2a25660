package org.ikebana.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ikebana.simulation.TwoPeers.eastSite;
import static org.ikebana.simulation.TwoPeers.westSite;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import org.ikebana.ike.connection.AddressSpec;
import org.ikebana.ike.connection.ChildConfig;
import org.ikebana.ike.connection.ConnectionConfig;
import org.ikebana.ike.connection.IkeSettings;
import org.ikebana.ike.connection.StartAction;
import org.ikebana.ike.engine.DesiredState;
import org.ikebana.ike.event.IkeEvent;
import org.ikebana.ike.kernel.Direction;
import org.ikebana.ike.kernel.IpPrefix;
import org.ikebana.ike.kernel.KernelChange;
import org.ikebana.ike.kernel.KernelUpdate;
import org.ikebana.ike.kernel.Mark;
import org.ikebana.ike.kernel.Policy;
import org.ikebana.ike.kernel.PolicyKey;
import org.ikebana.ike.kernel.PolicySelector;
import org.ikebana.ike.kernel.PolicyTemplate;
import org.ikebana.ike.kernel.PortMatch;
import org.ikebana.ike.kernel.SaMode;
import org.ikebana.ike.kernel.SaProtocol;
import org.ikebana.ike.sa.IkeSa;
import org.ikebana.kernel.memory.IpPacket;
import org.ikebana.kernel.memory.MemoryKernel;
import org.ikebana.kernel.memory.OutboundVerdict;
import org.ikebana.kernel.model.KernelOptions;
import org.junit.jupiter.api.Test;

/** A configuration changes, or a daemon starts over what an earlier one has left: no packet leaves in clear meanwhile. */
class ReloadTest {
    private static final IpPacket.Clear PACKET =
            IpPacket.Clear.udp(InetAddress.ofLiteral("10.1.0.7"), 4000, InetAddress.ofLiteral("10.2.0.7"), 4000);
    private static final IpPacket.Clear OTHER =
            IpPacket.Clear.udp(InetAddress.ofLiteral("10.1.0.7"), 4000, InetAddress.ofLiteral("10.9.0.7"), 4000);

    private final TwoPeers peers = new TwoPeers();

    ReloadTest() throws Exception {}

    private void up() throws Exception {
        peers.load(westSite().starting(StartAction.START), eastSite());
        peers.pass(Duration.ofSeconds(1));
        peers.assertTunnel();
    }

    private void reload(ConnectionConfig... now) {
        peers.west.load(List.of(Site.secret("correct horse")), now);
    }

    @Test
    void whatIsAsItWasKeepsItsSas() throws Exception {
        up();
        IkeSa before = peers.west.ikeSa();
        reload(westSite().starting(StartAction.START).connection());

        assertThat(peers.west.ikeSa()).isSameAs(before);
        assertThat(peers.west.events(IkeEvent.ChildSaClosed.class)).isEmpty();
    }

    @Test
    void theNewTrapStandsBeforeTheOldOneGoes() throws Exception {
        up();
        reload(westSite()
                .starting(StartAction.START)
                .with(c -> c.rekeyTime(Duration.ofHours(3)))
                .connection());

        assertThat(peers.west.memory().installedSas()).isEmpty();
        assertThat(peers.west.memory().packetOut(PACKET)).isInstanceOf(OutboundVerdict.Held.class);
        peers.pass(Duration.ofSeconds(5));
        peers.assertTunnel();
        assertThat(peers.west.engine().ikeSas()).hasSize(1);
        assertThat(peers.west.memory().snapshot().policies()).hasSize(3);
    }

    @Test
    void otherSelectorsMoveTheTrap() throws Exception {
        up();
        Site moved = Site.of(TwoPeers.WEST, TwoPeers.EAST, "10.1.0.0/16", "10.9.0.0/16")
                .starting(StartAction.TRAP);
        reload(moved.connection());

        assertThat(peers.west.memory().packetOut(OTHER)).isInstanceOf(OutboundVerdict.Held.class);
        assertThat(peers.west.memory().packetOut(PACKET))
                .as("what is not configured any more is not held")
                .isInstanceOf(OutboundVerdict.Passed.class);
        assertThat(peers.west.memory().snapshot().policies()).hasSize(3);
    }

    @Test
    void whatIsRemovedLeavesNothing() throws Exception {
        up();
        reload();
        peers.pass(Duration.ofSeconds(5));

        peers.assertNothingLeft();
    }

    /** Children of a connection come and go with its configuration. */
    @Test
    void childrenAreAddedAndTakenAway() throws Exception {
        Site west = westSite().starting(StartAction.START);
        Site east = eastSite();
        ChildConfig first = west.child("first", "10.1.0.0/24", "10.2.0.0/24");
        ChildConfig second = west.child("second", "10.1.1.0/24", "10.2.1.0/24");
        peers.east.load(
                List.of(Site.secret("correct horse")),
                east.connection(
                        east.child("first", "10.2.0.0/24", "10.1.0.0/24"),
                        east.child("second", "10.2.1.0/24", "10.1.1.0/24")));
        for (List<ChildConfig> children :
                List.of(List.of(first), List.of(first, second), List.of(second), List.<ChildConfig>of())) {
            reload(west.connection(children.toArray(ChildConfig[]::new)));
            peers.pass(Duration.ofSeconds(10));

            assertThat(peers.west.engine().ikeSas().stream().flatMap(sa -> sa.childSas().stream()))
                    .extracting(child -> child.config().name())
                    .containsExactlyInAnyOrderElementsOf(
                            children.stream().map(ChildConfig::name).toList());
            assertThat(peers.east.memory().installedSas()).hasSize(2 * children.size());
            assertThat(peers.west.memory().snapshot().policies()).hasSize(3 * children.size());
        }
    }

    @Test
    void whatACommandWantedIsStillWanted() throws Exception {
        peers.load(westSite(), eastSite());
        peers.west.engine().want("site", "net", DesiredState.UP);
        peers.pass(Duration.ofSeconds(1));

        reload(westSite().with(c -> c.rekeyTime(Duration.ofHours(3))).connection());
        peers.pass(Duration.ofSeconds(5));

        peers.assertTunnel();
        assertThat(peers.west.engine().desired("site", "net")).contains(DesiredState.UP);
    }

    @Test
    void whatTheOldStartActionWantedIsOver() throws Exception {
        up();
        reload(westSite().connection());
        peers.pass(Duration.ofSeconds(5));

        assertThat(peers.west.engine().desired("site", "net")).contains(DesiredState.OFF);
        peers.assertNothingLeft();
    }

    @Test
    void aReloadWhileTheIkeSaIsBeginningLeavesNoSecondOne() throws Exception {
        for (int millis = 1; millis < 60; millis += 5) {
            TwoPeers fresh = new TwoPeers();
            fresh.load(westSite().starting(StartAction.START), eastSite());
            fresh.pass(Duration.ofMillis(millis));
            fresh.west.load(
                    List.of(Site.secret("correct horse")),
                    westSite()
                            .starting(StartAction.START)
                            .with(c -> c.rekeyTime(Duration.ofHours(3)))
                            .connection());
            fresh.pass(Duration.ofMinutes(1));

            assertThat(fresh.west.engine().ikeSas()).hasSize(1);
            assertThat(fresh.east.engine().ikeSas()).hasSize(1);
            fresh.assertTunnel();
        }
    }

    /** The peer has begun before, and tells who it is afterwards: what is configured now counts. */
    @Test
    void aReloadWhileThePeerIsBeginningCounts() throws Exception {
        Site west = westSite().starting(StartAction.START);
        Site east = eastSite();
        peers.east.load(
                List.of(Site.secret("correct horse")),
                east.connection(east.child("one", "10.2.0.0/24", "10.1.0.0/24")));
        peers.west.load(
                List.of(Site.secret("correct horse")),
                west.connection(
                        west.child("one", "10.1.0.0/24", "10.2.0.0/24"),
                        west.child("two", "10.1.1.0/24", "10.2.1.0/24")));
        Ladder ladder = new Ladder(peers);
        peers.pass(Duration.ZERO);
        ladder.fromWest().fromEast(); // IKE_SA_INIT

        peers.east.load(
                List.of(Site.secret("correct horse")),
                east.connection(
                        east.child("one", "10.2.0.0/24", "10.1.0.0/24"),
                        east.child("two", "10.2.1.0/24", "10.1.1.0/24")));
        ladder.settle();

        assertThat(peers.east.ikeSa().childSas())
                .extracting(child -> child.config().name())
                .containsExactly("one", "two");
    }

    @Test
    void aConnectionThatIsTakenAwayWhileThePeerIsBeginningIsNotTalkedOn() throws Exception {
        Ladder ladder = new Ladder(peers);
        peers.load(westSite().starting(StartAction.START), eastSite());
        peers.pass(Duration.ZERO);
        ladder.fromWest().fromEast(); // IKE_SA_INIT

        peers.east.load(List.of(Site.secret("correct horse")));
        ladder.settle();

        assertThat(peers.east.engine().ikeSas()).isEmpty();
        assertThat(peers.east.memory().installedSas()).isEmpty();
        assertThat(peers.east.events(IkeEvent.NegotiationFailed.class))
                .singleElement()
                .satisfies(failed -> assertThat(failed.failure().sentence()).contains("configuration has changed"));
    }

    @Test
    void aDaemonThatWasKilledFindsItsSasAndPoliciesAndNobodyElses() throws Exception {
        MemoryKernel kernel = kernel();
        Policy foreign = foreign();
        kernel.apply(KernelUpdate.of(new KernelChange.PutPolicy(foreign)));
        Host first = host(kernel, 5);
        peers.east.load(List.of(Site.secret("correct horse")), eastSite().connection());
        first.load(
                List.of(Site.secret("correct horse")),
                westSite().starting(StartAction.START).connection());
        peers.pass(Duration.ofSeconds(1));
        assertThat(kernel.installedSas()).hasSize(2);
        first.kill();

        MemoryKernel again = kernel.reopen();
        assertThat(again.packetOut(PACKET)).as("the SAs go on").isInstanceOf(OutboundVerdict.Protected.class);
        Host second = host(again, 6);
        second.load(
                List.of(Site.secret("correct horse")),
                westSite().starting(StartAction.TRAP).connection());
        assertThat(again.installedSas()).isEmpty();
        assertThat(again.packetOut(PACKET)).isInstanceOf(OutboundVerdict.Held.class);
        peers.pass(Duration.ofSeconds(1));

        assertThat(again.installedSas()).hasSize(2);
        assertThat(again.snapshot().policies()).hasSize(4).contains(foreign);
        assertThat(peers.east.engine().ikeSas()).hasSize(1);
    }

    @Test
    void whatAnEarlierRunLeftAndNobodyWantsAnyMoreGoes() throws Exception {
        MemoryKernel kernel = kernel();
        Host first = host(kernel, 5);
        first.load(
                List.of(Site.secret("correct horse")),
                westSite().starting(StartAction.TRAP).connection());
        assertThat(kernel.snapshot().policies()).hasSize(3);
        first.kill();

        MemoryKernel again = kernel.reopen();
        host(again, 6).load(List.of(Site.secret("correct horse")), westSite().connection());

        assertThat(again.snapshot().policies()).isEmpty();
    }

    /** An old policy with the reqid of a new SA would send its packets to where they do not belong. */
    @Test
    void whatAnEarlierRunLeftLeadsIntoNoSaOfThisOne() throws Exception {
        Site west = westSite().starting(StartAction.TRAP);
        MemoryKernel again = killedAfter(west.connection());
        Site other = Site.of(TwoPeers.WEST, TwoPeers.EAST, "10.1.0.0/16", "10.9.0.0/16");
        ConnectionConfig lost = unresolved(west.connection());
        peers.east.load(
                List.of(Site.secret("correct horse")),
                Site.of(TwoPeers.EAST, TwoPeers.WEST, "10.9.0.0/16", "10.1.0.0/16")
                        .connection());
        host(again, 6)
                .load(
                        List.of(Site.secret("correct horse")),
                        lost,
                        other.starting(StartAction.START)
                                .connection()
                                .changed()
                                .name("other")
                                .build());
        peers.pass(Duration.ofSeconds(2));

        assertThat(again.installedSas()).hasSize(2);
        assertThat(again.packetOut(OTHER)).isInstanceOf(OutboundVerdict.Protected.class);
        assertThat(again.packetOut(PACKET)).isInstanceOf(OutboundVerdict.Held.class);
    }

    @Test
    void whatIsWantedIsHeldUntilThePeersNameIsKnownHoweverLongThatTakes() throws Exception {
        Site west = westSite().starting(StartAction.TRAP);
        MemoryKernel again = killedAfter(west.connection(
                west.child("net", "10.1.0.0/16", "10.2.0.0/16"), west.child("old", "10.1.0.0/16", "10.9.0.0/16")));
        host(again, 6).load(List.of(Site.secret("correct horse")), unresolved(west.connection()));
        assertThat(again.packetOut(OTHER)).as("not configured").isInstanceOf(OutboundVerdict.Passed.class);

        peers.pass(Duration.ofHours(1));
        assertThat(again.packetOut(PACKET)).isInstanceOf(OutboundVerdict.Held.class);
    }

    /** The kernel as a daemon with this configuration has left it. */
    private MemoryKernel killedAfter(ConnectionConfig connection) throws Exception {
        MemoryKernel kernel = kernel();
        Host first = host(kernel, 5);
        first.load(List.of(Site.secret("correct horse")), connection);
        first.kill();
        return kernel.reopen();
    }

    private static ConnectionConfig unresolved(ConnectionConfig connection) {
        return connection
                .changed()
                .remoteAddresses(List.of(new AddressSpec.Name("nobody.example")))
                .build();
    }

    private MemoryKernel kernel() {
        return new MemoryKernel(peers.time, new SeededRandom(9), KernelOptions.DEFAULT, (config, receiver) -> {
            throw new IOException("no sockets");
        });
    }

    private Host host(MemoryKernel kernel, long seed) {
        return new Host(
                peers.time,
                peers.network,
                InetAddress.ofLiteral(TwoPeers.WEST),
                new SeededRandom(seed),
                kernel,
                IkeSettings.DEFAULT,
                Host.CRYPTO,
                add -> {});
    }

    /** Of another daemon: its reqid is not of our range. */
    private static Policy foreign() {
        IpPrefix net = new IpPrefix(InetAddress.ofLiteral("172.16.0.0"), 12);
        return new Policy(
                new PolicyKey(
                        new PolicySelector(net, net, 0, PortMatch.ANY, PortMatch.ANY), Direction.OUT, Mark.NONE, 0),
                1000,
                Policy.Action.ALLOW,
                List.of(new PolicyTemplate(
                        InetAddress.ofLiteral(TwoPeers.WEST),
                        InetAddress.ofLiteral("192.0.2.9"),
                        SaProtocol.ESP,
                        SaMode.TUNNEL,
                        1)));
    }
}
