package org.ikebana.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ikebana.simulation.PickyPeer.having;
import static org.ikebana.simulation.PickyPeer.onlyPairs;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import org.ikebana.ike.connection.StartAction;
import org.ikebana.ike.engine.DesiredState;
import org.ikebana.ike.event.IkeEvent;
import org.ikebana.ike.kernel.Direction;
import org.ikebana.ike.sa.ChildSa;
import org.ikebana.ike.ts.TrafficSelector;
import org.ikebana.ike.wire.ExchangeType;
import org.ikebana.ike.wire.NotifyType;
import org.ikebana.ike.wire.Payload;
import org.ikebana.ike.wire.SaPayload;
import org.ikebana.ike.wire.TsPayload;
import org.ikebana.kernel.memory.IpPacket;
import org.ikebana.kernel.memory.OutboundVerdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One child of two subnets on either side, and peers that take it in parts (RFC 7296 2.9). East talks to one that is scripted. */
class NarrowingPeerTest {
    private static final String EAST = "10.2.0.0/16 10.6.0.0/16";
    private static final String WEST = "10.1.0.0/16 10.5.0.0/16";
    private static final String A = "10.2.0.0/16 === 10.1.0.0/16";
    private static final String B = "10.6.0.0/16 === 10.5.0.0/16";

    private final TwoPeers peers = new TwoPeers();
    private final SeededRandom random = new SeededRandom(3);

    NarrowingPeerTest() throws Exception {}

    @Test
    void aPeerWithAChildForEachPairGetsTheRest() throws Exception {
        PickyPeer peer = meet(StartAction.TRAP, having(A, B));
        want(DesiredState.UP);
        peer.attend();

        assertThat(peer.asked())
                .containsExactly(
                        EAST + " === " + WEST,
                        "10.6.0.0/16 === " + WEST,
                        "10.6.0.0/16 === 10.1.0.0/16",
                        "10.2.0.0/16 === 10.5.0.0/16");
        assertThat(selectors()).containsExactly(A, B);
        assertThat(peers.east.ikeSa().childSas().stream().map(ChildSa::reqid).distinct())
                .hasSize(2);
        assertThat(peers.east.events(IkeEvent.NegotiationFailed.class)).isEmpty();
        assertThat(peers.east.events(IkeEvent.Warning.class))
                .singleElement()
                .satisfies(warning -> assertThat(warning.text())
                        .contains("10.2.0.0/16 === 10.5.0.0/16", "10.6.0.0/16 === 10.1.0.0/16", "TS_UNACCEPTABLE"));
        assertProtected("10.2.0.7", "10.1.0.7");
        assertProtected("10.6.0.7", "10.5.0.7");
        assertHeld("10.2.0.7", "10.5.0.7");
        assertHeld("10.6.0.7", "10.1.0.7");
    }

    @ParameterizedTest
    @ValueSource(ints = {NotifyType.SINGLE_PAIR_REQUIRED, NotifyType.TS_UNACCEPTABLE})
    void aPeerThatTakesSinglePairsOnlyGetsAPairOfSasForEach(int refusal) throws Exception {
        PickyPeer peer = meet(StartAction.TRAP, onlyPairs(having(EAST + " === " + WEST), refusal));
        want(DesiredState.UP);
        peer.attend();

        assertThat(peer.asked())
                .containsExactly(
                        EAST + " === " + WEST, A, "10.6.0.0/16 === 10.1.0.0/16", B, "10.2.0.0/16 === 10.5.0.0/16");
        assertThat(selectors()).hasSize(4);
        assertThat(peers.east.ikeSa().childSas().stream().map(ChildSa::reqid).distinct())
                .hasSize(4);
        assertThat(peers.east.memory().installedSas()).hasSize(8);
        assertThat(peers.east.events(IkeEvent.NegotiationFailed.class)).isEmpty();
        assertThat(peers.east.events(IkeEvent.Warning.class)).isEmpty();
        for (String from : List.of("10.2.0.7", "10.6.0.7")) {
            assertProtected(from, "10.1.0.7");
            assertProtected(from, "10.5.0.7");
        }
    }

    @Test
    void theRestOfAnOddRangeIsAskedForToo() throws Exception {
        PickyPeer peer = meet(StartAction.TRAP, having("10.2.4.0/24 === 10.1.0.0/16", "10.2.5.0/24 === 10.1.0.0/16"));
        want(DesiredState.UP);
        peer.attend();

        assertThat(selectors()).containsExactly("10.2.4.0/24 === 10.1.0.0/16", "10.2.5.0/24 === 10.1.0.0/16");
        assertThat(peer.asked()).hasSizeBetween(3, 12);
        assertProtected("10.2.5.7", "10.1.0.7");
        assertHeld("10.2.6.7", "10.1.0.7");
    }

    /** The initiator names the packet first, so that the responder takes the child that it needs. */
    @Test
    void aPacketDecidesWhatIsFirst() throws Exception {
        PickyPeer peer = meet(StartAction.TRAP, having(A, B));
        assertHeld("10.6.0.7", "10.5.0.7");
        peer.attend();

        assertThat(peer.asked().getFirst())
                .isEqualTo("10.6.0.7/32[udp/4000] " + EAST + " === 10.5.0.7/32[udp/4000] " + WEST);
        assertThat(selectors()).containsExactlyInAnyOrder(A, B);
        assertProtected("10.6.0.7", "10.5.0.7");
    }

    /** What was refused is asked for when a packet wants it, and ever more rarely. */
    @Test
    void aPacketThatWasRefusedDoesNotAskAgainAtOnce() throws Exception {
        PickyPeer peer = meet(StartAction.TRAP, having(A, B));
        want(DesiredState.UP);
        peer.attend();
        peer.asked();
        int asked = 0;
        for (int second = 0; second < 3600; second += 5) {
            peers.east.memory().packetOut(packet("10.2.0.7", "10.5.0.7"));
            peer.attend();
            peers.pass(Duration.ofSeconds(5));
            asked += peer.asked().size();
        }

        assertThat(asked).as("times in an hour").isBetween(3, 8);
        assertThat(selectors()).containsExactly(A, B);
    }

    /** SINGLE_PAIR_REQUIRED, to a request for a pair of subnets: the peer wants addresses, so there has to be traffic. */
    @Test
    void aPeerThatTakesSingleAddressesGetsThoseOfPackets() throws Exception {
        PickyPeer peer = meet(StartAction.TRAP, (initiators, responders) -> {
            boolean single = (initiators + " " + responders).matches("\\[[^ ]*/32\\S*] \\[[^ ]*/32\\S*]");
            return single
                    ? new PickyPeer.Answer.Taken(initiators, responders)
                    : new PickyPeer.Answer.Refused(NotifyType.SINGLE_PAIR_REQUIRED);
        });
        assertHeld("10.2.0.7", "10.1.0.7");
        peer.attend();
        assertHeld("10.2.0.8", "10.1.0.7");
        peer.attend();

        assertThat(selectors()).containsExactly("10.2.0.7/32 === 10.1.0.7/32", "10.2.0.8/32 === 10.1.0.7/32");
        assertThat(peer.asked()).hasSize(4);
        assertProtected("10.2.0.7", "10.1.0.7");
        assertProtected("10.2.0.8", "10.1.0.7");
        assertHeld("10.2.0.9", "10.1.0.7");
    }

    /** It answers with what it has given already, whatever it is asked for. */
    @Test
    void aPeerThatGivesTheSameAgainIsNotAskedForEver() throws Exception {
        PickyPeer peer = meet(
                StartAction.TRAP,
                (initiators, responders) -> new PickyPeer.Answer.Taken(
                        PickyPeer.selectors("10.2.0.0/16"), PickyPeer.selectors("10.1.0.0/16")));
        want(DesiredState.UP);
        peer.attend();
        assertThat(peer.asked()).hasSizeBetween(3, 5);
        for (int i = 0; i < 50; i++) {
            peers.pass(Duration.ofMinutes(1));
            peer.attend();
        }

        assertThat(peer.asked()).isEmpty();
        assertThat(selectors()).containsExactly(A);
        assertThat(peers.east.memory().installedSas()).hasSize(2);
    }

    @Test
    void aPeerThatGivesSingleAddressesIsAskedForAFewOnly() throws Exception {
        PickyPeer peer = meet(
                StartAction.TRAP,
                (initiators, responders) ->
                        new PickyPeer.Answer.Taken(List.of(first(initiators)), List.of(first(responders))));
        want(DesiredState.UP);
        peer.attend();

        assertThat(peers.east.ikeSa().childSas()).hasSize(64);
        assertThat(peer.asked()).hasSize(64);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void aPartThatThePeerDeletesIsAskedForAgain(int which) throws Exception {
        PickyPeer peer = meet(StartAction.TRAP, having(A, B));
        want(DesiredState.UP);
        peer.attend();
        peer.asked();
        ChildSa gone = peers.east.ikeSa().childSas().get(which);
        peer.delete(gone.outbound().spi().value());
        peer.attend();
        assertThat(peer.asked()).isEmpty();
        peers.pass(Duration.ofSeconds(2));
        peer.attend();

        assertThat(peer.asked()).containsExactly(which == 0 ? A : B);
        assertThat(selectors()).containsExactlyInAnyOrder(A, B);
    }

    @Test
    void aPacketOfAPartThatIsGoneDoesNotWait() throws Exception {
        PickyPeer peer = meet(StartAction.TRAP, having(A, B));
        want(DesiredState.UP);
        peer.attend();
        peer.asked();
        peer.delete(peers.east.ikeSa().childSas().getFirst().outbound().spi().value());
        peer.attend();
        assertHeld("10.2.0.7", "10.1.0.7");
        peer.attend();

        assertThat(peer.asked()).singleElement().asString().startsWith("10.2.0.7/32[udp/4000] ");
        assertProtected("10.2.0.7", "10.1.0.7");
    }

    @Test
    void eachPartIsRekeyedByItself() throws Exception {
        PickyPeer peer = meet(StartAction.TRAP, having(A, B));
        want(DesiredState.UP);
        peer.attend();
        peer.asked();
        List<Integer> reqids = reqids();
        peers.east.ikeSa().childSas().forEach(peers.east.ikeSa()::rekeyChild);
        peer.attend();
        peers.pass(Duration.ofSeconds(6));

        assertThat(peer.asked()).containsExactly("rekey " + A, "rekey " + B);
        assertThat(selectors()).containsExactly(A, B);
        assertThat(reqids()).isEqualTo(reqids);
        assertThat(peers.east.memory().installedSas()).hasSize(4);
    }

    @Test
    void withAFixedReqidThereIsOnePair() throws Exception {
        PickyPeer peer = meet(TwoPeers.eastSite().starting(StartAction.TRAP).withChild(c -> c.reqid(77)), having(A, B));
        want(DesiredState.UP);
        peer.attend();

        assertThat(peer.asked()).hasSize(1);
        assertThat(selectors()).containsExactly(A);
    }

    @Test
    void whatIsNotWantedAnyMoreIsDeletedInAllItsParts() throws Exception {
        PickyPeer peer = meet(StartAction.TRAP, having(A, B));
        want(DesiredState.UP);
        peer.attend();
        want(DesiredState.OFF);
        peer.attend();

        assertThat(selectors()).isEmpty();
        assertThat(peers.east.memory().snapshot().sas()).isEmpty();
        assertThat(peers.east.memory().snapshot().policies()).isEmpty();
    }

    private PickyPeer meet(StartAction action, PickyPeer.Taste taste) throws Exception {
        return meet(TwoPeers.eastSite().starting(action), taste);
    }

    /** East has the child as a whole; the peer has begun with an IKE SA without a child. */
    private PickyPeer meet(Site site, PickyPeer.Taste taste) throws Exception {
        peers.east.load(List.of(Site.secret("correct horse")), site.connection(site.child("net", EAST, WEST)));
        HostilePeer hostile = HostilePeer.begin(peers.east, peers.network, TwoPeers.westSite(), random);
        List<Payload> auth = hostile.authPayloads();
        auth.removeIf(p -> p instanceof SaPayload || p instanceof TsPayload);
        hostile.say(ExchangeType.IKE_AUTH, auth.toArray(Payload[]::new));
        peers.pass(Duration.ofMillis(1));
        hostile.hear();
        return new PickyPeer(peers, hostile, random, taste);
    }

    private void want(DesiredState state) {
        peers.east.engine().want("site", "net", state);
        peers.pass(Duration.ofMillis(1));
    }

    private List<String> selectors() {
        return peers.east.ikeSa().childSas().stream()
                .map(child -> child.selectors().toString())
                .toList();
    }

    private List<Integer> reqids() {
        return peers.east.memory().installedSas().stream()
                .filter(sa -> sa.direction() == Direction.OUT)
                .map(sa -> sa.reqid())
                .sorted()
                .toList();
    }

    private void assertProtected(String from, String to) {
        assertThat(peers.east.memory().packetOut(packet(from, to))).isInstanceOf(OutboundVerdict.Protected.class);
    }

    private void assertHeld(String from, String to) {
        assertThat(peers.east.memory().packetOut(packet(from, to))).isInstanceOf(OutboundVerdict.Held.class);
    }

    private static TrafficSelector first(List<TrafficSelector> selectors) {
        return TrafficSelector.ofAddress(selectors.getFirst().start());
    }

    private static IpPacket.Clear packet(String from, String to) {
        return IpPacket.Clear.udp(InetAddress.ofLiteral(from), 4000, InetAddress.ofLiteral(to), 4000);
    }
}
