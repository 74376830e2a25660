package org.ikebana.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ikebana.simulation.TwoPeers.eastSite;
import static org.ikebana.simulation.TwoPeers.westSite;

import java.net.InetAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.ikebana.ike.connection.ChildBuilder;
import org.ikebana.ike.connection.ChildConfig;
import org.ikebana.ike.connection.ConnectionConfig;
import org.ikebana.ike.connection.SelectorSpec;
import org.ikebana.ike.connection.StartAction;
import org.ikebana.ike.event.IkeEvent;
import org.ikebana.ike.kernel.Lifetimes;
import org.ikebana.ike.kernel.Policy;
import org.ikebana.ike.kernel.SaMode;
import org.ikebana.ike.proposal.ProposalSyntax;
import org.ikebana.ike.wire.ProtocolId;
import org.ikebana.kernel.memory.InboundVerdict;
import org.ikebana.kernel.memory.IpPacket;
import org.ikebana.kernel.memory.OutboundVerdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * In transport mode the addresses are the traffic's own (RFC 4301 4.1): when the IKE SA moves (RFC 4555), tunnels go with it,
 * and a child in transport mode is made anew between the new addresses.
 */
class TransportMoveTest {
    private static final Duration A_MOMENT = Duration.ofSeconds(1);
    /** Where both begin, packets may come in by what has lost for some seconds. */
    private static final Duration UNTIL_THERE_IS_ONE_PAIR_OF_EACH = Duration.ofSeconds(8);

    private static final InetAddress WEST = InetAddress.ofLiteral(TwoPeers.WEST);
    private static final InetAddress EAST = InetAddress.ofLiteral(TwoPeers.EAST);
    private static final InetAddress NEW_WEST = InetAddress.ofLiteral("198.51.100.1");
    private static final InetAddress NEW_EAST = InetAddress.ofLiteral("198.51.100.2");

    private final TwoPeers peers = new TwoPeers();
    private final Map<Host, Long> closedBefore = new HashMap<>();

    TransportMoveTest() throws Exception {}

    /** A tunnel between the networks, and transport mode between the machines themselves. */
    private void up(StartAction west, StartAction east) throws Exception {
        peers.east.load(List.of(Site.secret("correct horse")), connection(eastSite(), east));
        peers.west.load(List.of(Site.secret("correct horse")), connection(westSite(), west));
        peers.pass(UNTIL_THERE_IS_ONE_PAIR_OF_EACH);
        assertThat(Flow.passesBothWays(peers)).isTrue();
        for (Host host : List.of(peers.west, peers.east)) {
            closedBefore.put(host, closed(host).count());
        }
    }

    private static ConnectionConfig connection(Site site, StartAction action) throws Exception {
        Site mobile = site.mobile().starting(action);
        return mobile.connection(mobile.child("net", site.localNet(), site.remoteNet()), hosts(action));
    }

    private static ChildConfig hosts(StartAction action) throws Exception {
        List<SelectorSpec> own = List.of(new SelectorSpec.Dynamic(0, 0, 65535));
        ChildBuilder child = ChildConfig.named("hosts")
                .mode(SaMode.TRANSPORT)
                .localSelectors(own)
                .remoteSelectors(own)
                .startAction(action)
                .proposals(ProposalSyntax.parseList(ProtocolId.ESP, "aes256gcm16"))
                .randTime(Duration.ZERO)
                .lifetimes(Lifetimes.NONE);
        return child.build();
    }

    @ParameterizedTest
    @EnumSource(
            value = StartAction.class,
            names = {"NONE", "START"})
    void theInitiatorMoves(StartAction east) throws Exception {
        up(StartAction.START, east);
        assertProtected(WEST, EAST);

        peers.west.moveTo(NEW_WEST);
        peers.pass(Duration.ofMillis(1));
        assertThat(out(peers.west, NEW_WEST, EAST))
                .as("before it is made anew")
                .isNotInstanceOf(OutboundVerdict.Passed.class);
        peers.pass(A_MOMENT);

        assertProtected(NEW_WEST, EAST);
        assertOnlyHostsIsNew();
        assertNothingIsAbout(WEST);
    }

    @ParameterizedTest
    @EnumSource(
            value = StartAction.class,
            names = {"NONE", "START"})
    void theResponderMoves(StartAction east) throws Exception {
        up(StartAction.START, east);

        peers.east.moveTo(NEW_EAST);
        peers.pass(Duration.ofSeconds(5));

        assertProtected(WEST, NEW_EAST);
        assertOnlyHostsIsNew();
        assertNothingIsAbout(EAST);
    }

    @Test
    void aTrapMovesToo() throws Exception {
        peers.east.load(List.of(Site.secret("correct horse")), connection(eastSite(), StartAction.NONE));
        peers.west.load(List.of(Site.secret("correct horse")), connection(westSite(), StartAction.TRAP));
        assertThat(out(peers.west, WEST, EAST)).isInstanceOf(OutboundVerdict.Held.class);
        peers.pass(A_MOMENT);
        assertProtected(WEST, EAST);

        peers.west.moveTo(NEW_WEST);
        peers.pass(A_MOMENT);

        assertThat(out(peers.west, NEW_WEST, EAST)).isInstanceOf(OutboundVerdict.Held.class);
        peers.pass(A_MOMENT);
        assertProtected(NEW_WEST, EAST);
        assertNothingIsAbout(WEST);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whileItIsBeingRekeyed(boolean byWest) throws Exception {
        up(StartAction.START, StartAction.START);
        Ladder ladder = new Ladder(peers);
        Host asking = byWest ? peers.west : peers.east;
        asking.ikeSa().childSas().stream()
                .filter(child -> child.mode() == SaMode.TRANSPORT)
                .forEach(asking.ikeSa()::rekeyChild);
        if (byWest) {
            ladder.fromWest();
        } else {
            ladder.fromEast();
        }
        peers.west.moveTo(NEW_WEST);
        peers.pass(Duration.ofMillis(300));
        ladder.settle();
        peers.network.byHand(peers.network::deliver);
        peers.pass(Duration.ofSeconds(20));

        assertProtected(NEW_WEST, EAST);
        assertNothingIsAbout(WEST);
        assertThat(Flow.passesBothWays(peers)).isTrue();
    }

    @Test
    void thereAndBackManyTimes() throws Exception {
        up(StartAction.START, StartAction.START);
        for (int i = 0; i < 6; i++) {
            peers.west.moveTo(i % 2 == 0 ? NEW_WEST : WEST);
            peers.pass(Duration.ofMillis(30));
            peers.east.moveTo(i % 2 == 0 ? NEW_EAST : EAST);
            peers.pass(Duration.ofSeconds(10));
            assertProtected(i % 2 == 0 ? NEW_WEST : WEST, i % 2 == 0 ? NEW_EAST : EAST);
        }
        assertThat(Flow.passesBothWays(peers)).isTrue();
    }

    /** One pair at each end, and a packet arrives each way. */
    private void assertProtected(InetAddress west, InetAddress east) throws Exception {
        for (Host host : List.of(peers.west, peers.east)) {
            assertThat(host.ikeSa().childSas())
                    .filteredOn(child -> child.mode() == SaMode.TRANSPORT)
                    .hasSize(1);
            assertThat(host.memory().installedSas())
                    .filteredOn(sa -> sa.mode() == SaMode.TRANSPORT)
                    .hasSize(2);
        }
        assertArrives(peers.west, west, peers.east, east);
        assertArrives(peers.east, east, peers.west, west);
    }

    private static void assertArrives(Host from, InetAddress source, Host to, InetAddress destination) {
        assertThat(out(from, source, destination))
                .isInstanceOfSatisfying(
                        OutboundVerdict.Protected.class,
                        sent -> assertThat(to.memory().packetIn(sent.packet()))
                                .isInstanceOf(InboundVerdict.Accepted.class));
    }

    private static OutboundVerdict out(Host host, InetAddress source, InetAddress destination) {
        return host.memory().packetOut(IpPacket.Clear.udp(source, 4000, destination, 4000));
    }

    /** Since the tunnel was up. */
    private void assertOnlyHostsIsNew() {
        for (Host host : List.of(peers.west, peers.east)) {
            assertThat(host.events(IkeEvent.IkeSaMoved.class)).hasSize(1);
            assertThat(closed(host).skip(closedBefore.getOrDefault(host, 0L)))
                    .singleElement()
                    .satisfies(closed -> assertThat(closed.child().child()).isEqualTo("hosts"));
        }
    }

    private static Stream<IkeEvent.ChildSaClosed> closed(Host host) {
        return host.events(IkeEvent.ChildSaClosed.class).stream();
    }

    private void assertNothingIsAbout(InetAddress old) throws Exception {
        for (Host host : List.of(peers.west, peers.east)) {
            assertThat(host.memory().snapshot().policies())
                    .extracting(Policy::key)
                    .noneSatisfy(
                            key -> assertThat(key.selector().source().address()).isEqualTo(old))
                    .noneSatisfy(key ->
                            assertThat(key.selector().destination().address()).isEqualTo(old));
            assertThat(host.memory().snapshot().sas())
                    .filteredOn(sa -> !sa.larval()) // what was reserved and is not used lapses
                    .noneMatch(sa ->
                            sa.source().equals(old) || sa.key().destination().equals(old));
        }
    }
}
