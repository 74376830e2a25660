package org.ikebana.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.ikebana.ike.connection.ConnectionConfig;
import org.ikebana.ike.connection.StartAction;
import org.ikebana.ike.engine.DesiredState;
import org.ikebana.ike.event.IkeEvent;
import org.ikebana.ike.kernel.Direction;
import org.ikebana.ike.kernel.SecurityAssociation;
import org.ikebana.kernel.memory.InboundVerdict;
import org.ikebana.kernel.memory.IpPacket;
import org.ikebana.kernel.memory.OutboundVerdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** West has one child of two subnets on either side, east a child for each pair of them: they come to one pair of SAs for each. */
class NarrowingPairTest {
    private static final String A = "10.1.0.0/16 === 10.2.0.0/16";
    private static final String B = "10.5.0.0/16 === 10.6.0.0/16";

    private static final InetAddress WEST = InetAddress.ofLiteral(TwoPeers.WEST);
    private static final InetAddress EAST = InetAddress.ofLiteral(TwoPeers.EAST);
    private static final InetAddress AWAY = InetAddress.ofLiteral("192.0.2.77");

    private TwoPeers peers = new TwoPeers();

    NarrowingPairTest() throws Exception {}

    enum Begins {
        WEST(StartAction.START, StartAction.NONE),
        EAST(StartAction.NONE, StartAction.START),
        BOTH(StartAction.START, StartAction.START),
        WEST_AND_A_TRAP(StartAction.START, StartAction.TRAP),
        EAST_AND_A_TRAP(StartAction.TRAP, StartAction.START);

        private final StartAction west;
        private final StartAction east;

        Begins(StartAction west, StartAction east) {
            this.west = west;
            this.east = east;
        }
    }

    @ParameterizedTest
    @EnumSource
    void oneIkeSaAndOnePairForEachPairOfSelectors(Begins begins) throws Exception {
        load(begins);
        peers.pass(Duration.ofMinutes(2));

        assertAtRest();
        assertThat(peers.west.events(IkeEvent.NegotiationFailed.class)).isEmpty();
        assertThat(verdict(peers.west, "10.1.0.7", "10.2.0.7")).isInstanceOf(OutboundVerdict.Protected.class);
        assertThat(verdict(peers.west, "10.5.0.7", "10.6.0.7")).isInstanceOf(OutboundVerdict.Protected.class);
        assertThat(verdict(peers.east, "10.6.0.7", "10.5.0.7")).isInstanceOf(OutboundVerdict.Protected.class);
        if (begins.west != StartAction.NONE) {
            assertThat(verdict(peers.west, "10.1.0.7", "10.6.0.7")).isInstanceOf(OutboundVerdict.Held.class);
        }
    }

    /** Whatever is lost, each end's kernel ends with the same. */
    @ParameterizedTest
    @EnumSource
    void andSoTheyDoWhenMessagesAreLost(Begins begins) throws Exception {
        SeededRandom random = new SeededRandom(17);
        peers.network.lose(datagram -> random.nextInt(3) == 0);
        load(begins);
        peers.pass(Duration.ofMinutes(10));
        peers.network.lose(datagram -> false);
        peers.pass(Duration.ofMinutes(10));

        assertAtRest();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theyAreRekeyedOneByOneAndTogether(boolean byWest) throws Exception {
        load(Begins.WEST);
        peers.pass(Duration.ofMinutes(1));
        Host host = byWest ? peers.west : peers.east;
        for (int i = 0; i < 3; i++) {
            host.ikeSa().childSas().forEach(host.ikeSa()::rekeyChild);
            peers.pass(Duration.ofSeconds(10));
            assertAtRest();
            host.ikeSa().rekey();
            peers.pass(Duration.ofSeconds(10));
            assertAtRest();
        }
        forBoth(each -> each.ikeSa().childSas().forEach(each.ikeSa()::rekeyChild));
        peers.pass(Duration.ofSeconds(30));
        assertAtRest();
    }

    /** After a rekey of the IKE SA the rest is not asked for once more: what has been refused is known. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aPartThatIsDeletedComesBackAfterARekeyOfTheIkeSa(boolean first) throws Exception {
        load(Begins.WEST);
        peers.pass(Duration.ofMinutes(1));
        peers.west.ikeSa().rekey();
        peers.pass(Duration.ofSeconds(10));
        int warnings = peers.west.events(IkeEvent.Warning.class).size();
        var children = peers.east.ikeSa().childSas();
        peers.east.ikeSa().closeChild(first ? children.getFirst() : children.getLast());
        peers.pass(Duration.ofSeconds(10));

        assertAtRest();
        assertThat(peers.west.events(IkeEvent.Warning.class)).hasSize(warnings);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatIsWantedNoMoreGoesWithAllItsParts(boolean west) throws Exception {
        load(west ? Begins.WEST : Begins.EAST);
        peers.pass(Duration.ofMinutes(1));
        if (west) {
            peers.west.engine().want("site", "net", DesiredState.OFF);
        } else {
            peers.east.engine().want("site", "a", DesiredState.OFF);
            peers.east.engine().want("site", "b", DesiredState.OFF);
        }
        peers.pass(Duration.ofMinutes(1));

        for (Host host : List.of(peers.west, peers.east)) {
            assertThat(host.memory().snapshot().sas()).isEmpty();
        }
    }

    /** RFC 4555 3.5: the IKE SA moves with all its children. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theyMoveTogether(boolean byWest) throws Exception {
        load(Begins.WEST, Site::mobile);
        peers.pass(Duration.ofMinutes(1));
        (byWest ? peers.west : peers.east).moveTo(AWAY);
        peers.pass(Duration.ofSeconds(10));

        assertAtRest();
        assertBothAreBetween(byWest ? AWAY : WEST, byWest ? EAST : AWAY);
        assertThat(peers.west.events(IkeEvent.ChildSaEstablished.class)).hasSize(2);
    }

    /** The IKE SA is up, and each time 10 ms more have passed of the exchange for the second part. */
    @Test
    void aMoveWhileTheyAreBeingMade() throws Exception {
        for (int delay = 45; delay < 125; delay += 10) {
            peers = new TwoPeers();
            load(Begins.WEST, Site::mobile);
            peers.pass(Duration.ofMillis(delay));
            peers.west.moveTo(AWAY);
            peers.pass(Duration.ofMinutes(10));

            assertAtRest();
            assertBothAreBetween(AWAY, EAST);
        }
    }

    private void load(Begins begins) throws Exception {
        load(begins, UnaryOperator.identity());
    }

    private void load(Begins begins, UnaryOperator<Site> how) throws Exception {
        Site west = how.apply(TwoPeers.westSite().everywhere().starting(begins.west));
        Site east = how.apply(TwoPeers.eastSite().starting(begins.east));
        ConnectionConfig ofEast = east.connection(
                east.child("a", "10.2.0.0/16", "10.1.0.0/16"), east.child("b", "10.6.0.0/16", "10.5.0.0/16"));
        peers.east.load(List.of(Site.secret("correct horse")), ofEast);
        peers.west.load(
                List.of(Site.secret("correct horse")),
                west.connection(west.child("net", "10.1.0.0/16 10.5.0.0/16", "10.2.0.0/16 10.6.0.0/16")));
    }

    private void forBoth(Consumer<Host> action) {
        List.of(peers.west, peers.east).forEach(action);
    }

    private void assertAtRest() {
        assertThat(selectors(peers.west)).containsExactlyInAnyOrder(A, B);
        assertThat(selectors(peers.east))
                .containsExactlyInAnyOrder("10.2.0.0/16 === 10.1.0.0/16", "10.6.0.0/16 === 10.5.0.0/16");
        for (Host host : List.of(peers.west, peers.east)) {
            assertThat(host.engine().ikeSas()).hasSize(1);
            assertThat(of(host, Direction.IN)).hasSize(2);
            assertThat(of(host, Direction.OUT).stream().map(SecurityAssociation::reqid))
                    .hasSize(2)
                    .doesNotHaveDuplicates();
        }
        for (SecurityAssociation out : of(peers.west, Direction.OUT)) {
            assertThat(of(peers.east, Direction.IN))
                    .anyMatch(in -> in.key().spi().equals(out.key().spi()));
        }
    }

    private void assertBothAreBetween(InetAddress west, InetAddress east) {
        for (Host host : List.of(peers.west, peers.east)) {
            assertThat(host.memory().installedSas())
                    .hasSize(4)
                    .allSatisfy(sa -> assertThat(List.of(sa.source(), sa.key().destination()))
                            .containsExactlyInAnyOrder(west, east));
        }
        for (String[] ends : List.of(new String[] {"10.1.0.7", "10.2.0.7"}, new String[] {"10.5.0.7", "10.6.0.7"})) {
            OutboundVerdict.Protected out = (OutboundVerdict.Protected) verdict(peers.west, ends[0], ends[1]);
            assertThat(peers.east.memory().packetForwarded(out.packet())).isInstanceOf(InboundVerdict.Accepted.class);
        }
    }

    private static List<SecurityAssociation> of(Host host, Direction direction) {
        return host.memory().installedSas().stream()
                .filter(sa -> sa.direction() == direction)
                .toList();
    }

    private static List<String> selectors(Host host) {
        return host.ikeSa().childSas().stream()
                .map(child -> child.selectors().toString())
                .toList();
    }

    private static OutboundVerdict verdict(Host host, String from, String to) {
        return host.memory()
                .packetOut(IpPacket.Clear.udp(InetAddress.ofLiteral(from), 4000, InetAddress.ofLiteral(to), 4000));
    }
}
