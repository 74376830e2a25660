package org.ikebana.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ikebana.simulation.TwoPeers.eastSite;
import static org.ikebana.simulation.TwoPeers.westSite;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.ikebana.ike.connection.IkeSettings;
import org.ikebana.ike.connection.StartAction;
import org.ikebana.ike.crypto.CryptoRegistry;
import org.ikebana.ike.crypto.Secret;
import org.ikebana.ike.engine.DesiredState;
import org.ikebana.ike.event.DatagramDrop;
import org.ikebana.ike.event.IkeEvent;
import org.ikebana.ike.kernel.Datagram;
import org.ikebana.ike.sa.IkeSaId;
import org.ikebana.ike.task.CrashTokens;
import org.ikebana.ike.task.Role;
import org.ikebana.ike.wire.Decoded;
import org.ikebana.ike.wire.ExchangeType;
import org.ikebana.ike.wire.IkeHeader;
import org.ikebana.ike.wire.IkeMessage;
import org.ikebana.ike.wire.MessageReader;
import org.ikebana.ike.wire.MessageWriter;
import org.ikebana.ike.wire.NotifyPayload;
import org.ikebana.ike.wire.NotifyType;
import org.ikebana.ike.wire.Octets;
import org.ikebana.ike.wire.Payload;
import org.ikebana.ike.wire.ProtocolId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A peer that was started anew proves that it has lost its SAs, and they are made again at once (RFC 6290). Between two Ikebanas
 * and with messages made by hand: strongSwan does not have it. Both ends have the same secret, which is the worst case.
 */
class QuickCrashDetectionTest {
    private static final String LOST = "the peer has lost its state: it was started anew";
    private static final Duration A_MOMENT = Duration.ofSeconds(1);
    private static final Duration DELAY = Duration.ofSeconds(10);
    private static final Secret SECRET =
            Secret.wrap("a secret of 32 octets, as it is.".getBytes(StandardCharsets.US_ASCII));
    private static final IkeSettings TELLING =
            IkeSettings.DEFAULT.changed().crashSecret(SECRET).build();

    private TwoPeers peers = new TwoPeers(TELLING);

    QuickCrashDetectionTest() throws Exception {}

    /** Without it this takes all retransmissions of a liveness check, 165 seconds. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aTunnelIsBackOneRoundTripAfterTheFirstQuestion(boolean initiatorCrashes) throws Exception {
        up(StartAction.START, StartAction.NONE);
        Host survivor = initiatorCrashes ? peers.east : peers.west;
        IkeSaId before = survivor.ikeSa().id();
        survivor.engine().want("site", "net", DesiredState.UP);
        peers.restart(initiatorCrashes, TELLING);
        Host fresh = initiatorCrashes ? peers.west : peers.east;
        Site site = initiatorCrashes ? westSite() : eastSite();
        fresh.load(List.of(Site.secret("correct horse")), site.connection());
        survivor.ikeSa().checkLiveness();
        peers.pass(A_MOMENT);

        assertThat(survivor.ikeSa().id()).isNotEqualTo(before);
        peers.assertTunnel();
        assertThat(closed(survivor)).containsExactly(LOST);
        assertThat(survivor.events(IkeEvent.RequestRetransmitted.class)).isEmpty();
    }

    @Test
    void afterARekeyOfTheIkeSaBothHaveNewTokens() throws Exception {
        for (boolean westRekeys : new boolean[] {true, false}) {
            for (boolean westCrashes : new boolean[] {true, false}) {
                peers = new TwoPeers(TELLING);
                up(StartAction.START, StartAction.NONE);
                (westRekeys ? peers.west : peers.east).ikeSa().rekey();
                peers.pass(A_MOMENT);
                Host survivor = westCrashes ? peers.east : peers.west;
                Host crashed = westCrashes ? peers.west : peers.east;
                IkeSaId now = survivor.ikeSa().id();
                forget(crashed);
                survivor.ikeSa().checkLiveness();
                peers.pass(A_MOMENT);

                assertThat(closed(survivor)).as(now.toString()).contains(LOST);
            }
        }
    }

    /** With additional key exchanges the new IKE SA is there only after the last of them (RFC 9370). */
    @Test
    void theTokensAreToldWithFollowUpExchangesToo() throws Exception {
        String hybrid = "aes256gcm16-prfsha256-x25519-ke1_mlkem768";
        peers.load(
                westSite().proposing(hybrid, "aes256gcm16").starting(StartAction.START),
                eastSite().proposing(hybrid, "aes256gcm16"));
        peers.pass(A_MOMENT);
        peers.west.ikeSa().rekey();
        peers.pass(A_MOMENT);
        forget(peers.east);
        peers.west.ikeSa().checkLiveness();
        peers.pass(A_MOMENT);

        assertThat(closed(peers.west)).contains(LOST);
    }

    /** What dpd_action says of a peer that is gone holds here as well. */
    @ParameterizedTest
    @EnumSource(
            value = StartAction.class,
            names = {"TRAP", "START"})
    void theActionOfAPeerThatWasLost(StartAction action) throws Exception {
        Site west = westSite().starting(StartAction.START).withChild(c -> c.dpdAction(action));
        peers.load(west, eastSite());
        peers.pass(A_MOMENT);
        forget(peers.east);
        peers.west.ikeSa().checkLiveness();
        peers.pass(A_MOMENT);

        assertThat(closed(peers.west)).containsExactly(LOST);
        assertThat(peers.west.events(IkeEvent.IkeSaInitiating.class)).hasSize(action == StartAction.START ? 2 : 1);
    }

    /** RFC 6290 9.2. The requests are what anybody can send who has seen one message. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void ofAnIkeSaThatLivesNoTokenIsOut(boolean fromPeersAddress) throws Exception {
        up(StartAction.START, StartAction.NONE);
        IkeSaId id = peers.west.ikeSa().id();
        long other = id.initiatorSpi() + 1;
        List<Octets> live = new ArrayList<>();
        live.addAll(tokens(id));
        String from = fromPeersAddress ? TwoPeers.EAST : "203.0.113.9";
        for (Host host : List.of(peers.west, peers.east)) {
            for (boolean initiatorFlag : new boolean[] {true, false}) {
                for (ExchangeType exchange : ExchangeType.values()) {
                    ask(host, from, id.initiatorSpi(), id.responderSpi(), exchange, initiatorFlag);
                    ask(host, from, id.responderSpi(), id.initiatorSpi(), exchange, initiatorFlag);
                    ask(host, from, id.initiatorSpi(), other, exchange, initiatorFlag);
                    ask(host, from, other, id.responderSpi(), exchange, initiatorFlag);
                    peers.pass(Duration.ofMinutes(1));
                }
            }
        }

        assertThat(live).isNotEmpty();
        assertThat(tokensInClear()).doesNotContainAnyElementsOf(live);
        assertThat(closed(peers.west)).isEmpty();
    }

    /** The peer may use a new IKE SA before we have its answer: it is as good as there. */
    @Test
    void ofAnIkeSaThatIsBeingMadeNoTokenIsOut() throws Exception {
        Scene scene = telling();
        scene.peers.west.ikeSa().rekey();
        scene.from(true);
        Datagram answer = scene.takeFrom(false); // is late
        IkeSaId fresh = scene.peers.east.ikeSa().id();
        scene.peers.network.sent().clear();
        scene.peers.east.ikeSa().checkLiveness();
        scene.settle();
        peers = scene.peers;

        assertThat(tokensInClear()).isEmpty();
        scene.ladder.deliver(answer).settle();
        scene.pass(Duration.ofSeconds(20)).assertOnePair();
        assertThat(scene.peers.west.ikeSa().id())
                .isEqualTo(new IkeSaId(
                        fresh.initiatorSpi(),
                        fresh.responderSpi(),
                        scene.peers.west.ikeSa().id().role()));
    }

    @Test
    void anUnknownIkeSaIsAnsweredInClearOnceForEachRequest() throws Exception {
        byte[] request = protectedRequest(1, 2, ExchangeType.INFORMATIONAL, true, 77);
        receive(peers.east, TwoPeers.WEST, request);

        Datagram answer = only();
        IkeMessage message = ((Decoded.Accepted) MessageReader.read(answer.payload())).message();
        assertThat(message.header()).isEqualTo(IkeHeader.of(1, 2, ExchangeType.INFORMATIONAL, false, true, 77));
        NotifyPayload token = (NotifyPayload) message.payloads().getLast();
        assertThat(message.payloads().getFirst()).isEqualTo(NotifyPayload.of(NotifyType.INVALID_IKE_SPI));
        assertThat(token.notifyType()).isEqualTo(16419);
        assertThat(token.protocolId()).isEqualTo(ProtocolId.IKE);
        assertThat(token.spi()).isEqualTo(Octets.EMPTY);
        assertThat(token.data().length()).isBetween(16, 128);
    }

    /** HMAC-SHA-256 of both SPIs and {@code r}, by another implementation of it. */
    @Test
    void theTokenIsTheSameAtEveryStart() throws Exception {
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(SECRET.bytes(), "HmacSHA256"));
        byte[] expected = mac.doFinal(
                ByteBuffer.allocate(17).putLong(1).putLong(2).put((byte) 'r').array());
        for (int i = 0; i < 2; i++) {
            receive(peers.east, TwoPeers.WEST, protectedRequest(1, 2, ExchangeType.INFORMATIONAL, true, 0));
            peers.restart(false, TELLING);
        }

        assertThat(tokensInClear()).containsExactly(Octets.wrap(expected), Octets.wrap(expected));
    }

    @Test
    void eachIkeSaAndEachRoleHasATokenOfItsOwn() throws Exception {
        for (long spi = 1; spi <= 3; spi++) {
            receive(peers.east, TwoPeers.WEST, protectedRequest(spi, 9, ExchangeType.INFORMATIONAL, true, 0));
            receive(peers.east, TwoPeers.WEST, protectedRequest(9, spi, ExchangeType.INFORMATIONAL, true, 0));
            receive(peers.east, TwoPeers.WEST, protectedRequest(spi, 9, ExchangeType.INFORMATIONAL, false, 0));
        }

        assertThat(tokensInClear()).hasSize(9).doesNotHaveDuplicates();
    }

    /** Neither responses nor what is in clear or broken: two ends must not keep each other busy (RFC 7296 2.21.4). */
    @Test
    void whatIsNoProtectedRequestIsNotAnswered() throws Exception {
        byte[] response = protectedRequest(1, 2, ExchangeType.INFORMATIONAL, true, 0);
        response[19] |= 0x20;
        byte[] cut = protectedRequest(1, 2, ExchangeType.INFORMATIONAL, true, 0);
        cut[27]++;
        byte[] clear = MessageWriter.write(new IkeMessage(
                IkeHeader.of(1, 2, ExchangeType.INFORMATIONAL, true, false, 0),
                List.of(NotifyPayload.of(NotifyType.INVALID_IKE_SPI))));
        byte[] otherVersion = protectedRequest(1, 2, ExchangeType.INFORMATIONAL, true, 0);
        otherVersion[17] = 0x30;
        for (byte[] message : List.of(
                response,
                cut,
                clear,
                otherVersion,
                protectedRequest(0, 2, ExchangeType.INFORMATIONAL, true, 0),
                protectedRequest(1, 0, ExchangeType.INFORMATIONAL, true, 0))) {
            receive(peers.east, TwoPeers.WEST, message);
        }

        assertThat(peers.network.sent()).isEmpty();
    }

    /** Nobody has been told one before IKE_AUTH was over. */
    @ParameterizedTest
    @EnumSource(
            value = ExchangeType.class,
            names = {"IKE_AUTH", "IKE_INTERMEDIATE"})
    void anUnfinishedIkeSaHasNoToken(ExchangeType exchange) throws Exception {
        receive(peers.east, TwoPeers.WEST, protectedRequest(1, 2, exchange, true, 1));

        assertThat(((Decoded.Accepted) MessageReader.read(only().payload()))
                        .message()
                        .payloads())
                .containsExactly(NotifyPayload.of(NotifyType.INVALID_IKE_SPI));
    }

    @Test
    void answersAreLimitedByAddressAndInAll() throws Exception {
        for (int i = 0; i < 200; i++) {
            receive(peers.east, TwoPeers.WEST, protectedRequest(1, 2 + i, ExchangeType.INFORMATIONAL, true, 0));
        }
        assertThat(peers.network.sent()).as("of one address").hasSize(10);
        peers.pass(Duration.ofSeconds(1));
        receive(peers.east, TwoPeers.WEST, protectedRequest(1, 2, ExchangeType.INFORMATIONAL, true, 0));
        assertThat(peers.network.sent()).as("later").hasSize(11);

        for (int i = 0; i < 3000; i++) {
            String address = "203.0." + (i >> 8) + "." + (i & 0xff);
            receive(peers.east, address, protectedRequest(1, 2, ExchangeType.INFORMATIONAL, true, 0));
        }
        assertThat(peers.network.sent().size() - 11).as("of all").isBetween(90, 100);
        assertThat(peers.east.engine().drops().get(DatagramDrop.CLEAR_LIMIT)).isGreaterThan(2900);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aMatchingTokenEndsTheIkeSaFromAnyAddress(boolean fromPeersAddress) throws Exception {
        up(StartAction.TRAP, StartAction.NONE, true);
        IkeSaId id = peers.west.ikeSa().id();
        hint(fromPeersAddress ? TwoPeers.EAST : "203.0.113.9", id, token(id, false));

        assertThat(peers.west.engine().ikeSas()).isEmpty();
        assertThat(peers.network.sent()).as("silently").isEmpty();
    }

    /** RFC 6290 4.5: four have to be looked at. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void anyOfFourTokensMayBeTheOne(int position) throws Exception {
        up(StartAction.TRAP, StartAction.NONE, true);
        IkeSaId id = peers.west.ikeSa().id();
        Octets[] tokens = IntStream.range(0, 4)
                .mapToObj(i -> i == position ? token(id, false) : Octets.wrap(new byte[32]))
                .toArray(Octets[]::new);
        hint(TwoPeers.EAST, id, tokens);

        assertThat(peers.west.engine().ikeSas()).isEmpty();
    }

    /** Also our own, sent back. */
    @Test
    void aTokenThatIsNotTheOneIsAHintAndNoMore() throws Exception {
        up(StartAction.START, StartAction.NONE);
        IkeSaId id = peers.west.ikeSa().id();
        Octets right = token(id, false);
        List<Octets> wrong = List.of(
                token(id, true),
                Octets.EMPTY,
                right.slice(0, 31),
                Octets.wrap(new byte[32]),
                Octets.wrap(Arrays.copyOf(right.toByteArray(), 33)),
                token(new IkeSaId(id.initiatorSpi(), id.responderSpi() + 1, id.role()), false));
        for (Octets token : wrong) {
            hint(TwoPeers.EAST, id, token);
            peers.pass(A_MOMENT);
        }

        assertThat(peers.west.ikeSa().id()).isEqualTo(id);
        assertThat(peers.west.engine().drops()).containsEntry(DatagramDrop.WRONG_TOKEN, 6L);
        assertThat(peers.network.sent()).as("one liveness check").hasSize(2);
    }

    @Test
    void aTokenForOtherSpisOrInTheWrongDirectionIsNone() throws Exception {
        up(StartAction.START, StartAction.NONE);
        IkeSaId id = peers.west.ikeSa().id();
        Octets right = token(id, false);
        receive(peers.west, TwoPeers.EAST, clear(id.initiatorSpi(), id.responderSpi() + 1, false, true, right));
        receive(peers.west, TwoPeers.EAST, clear(id.initiatorSpi(), id.responderSpi(), true, true, right));
        receive(peers.west, TwoPeers.EAST, clear(id.responderSpi(), id.initiatorSpi(), false, true, right));
        receive(peers.west, TwoPeers.EAST, clear(id.initiatorSpi(), id.responderSpi(), false, false, right));

        assertThat(peers.west.ikeSa().id()).isEqualTo(id);
        assertThat(peers.network.sent()).isEmpty();
    }

    /** RFC 7296 2.4, 2.21.4: whoever sends hints gets one question out of us in ten seconds, and never an SA closed. */
    @Test
    void hintsCostOneLivenessCheckNowAndThen() throws Exception {
        up(StartAction.START, StartAction.NONE);
        IkeSaId id = peers.west.ikeSa().id();
        for (int i = 0; i < 60; i++) {
            hint(TwoPeers.EAST, id);
            peers.pass(Duration.ofMillis(500));
        }

        assertThat(peers.network.sent()).as("three questions, three answers").hasSize(6);
        assertThat(peers.west.ikeSa().id()).isEqualTo(id);
        peers.assertTunnel();
    }

    /** RFC 7296 1.5: an ESP packet was not understood. */
    @Test
    void anUnknownEspSpiIsAHint() throws Exception {
        up(StartAction.START, StartAction.NONE);
        int spi = Scene.outbound(peers.west).value();
        receive(peers.west, TwoPeers.EAST, invalidSpi(Octets.ofInt(spi + 1)));
        receive(peers.west, TwoPeers.EAST, invalidSpi(Octets.ofInt(spi).slice(0, 3)));
        assertThat(peers.network.sent()).isEmpty();

        receive(peers.west, TwoPeers.EAST, invalidSpi(Octets.ofInt(spi)));
        peers.pass(A_MOMENT);
        assertThat(peers.network.sent()).as("question and answer").hasSize(2);
        peers.assertTunnel();
    }

    /** RFC 6290 8.2. */
    @Test
    void aTokenMayComeWithAnUnknownEspSpi() throws Exception {
        up(StartAction.TRAP, StartAction.NONE, true);
        Octets token = token(peers.west.ikeSa().id(), false);
        receive(
                peers.west,
                TwoPeers.EAST,
                invalidSpi(Octets.ofInt(Scene.outbound(peers.west).value()), token));

        assertThat(peers.west.engine().ikeSas()).isEmpty();
    }

    @Test
    void anEndThatHasItSwitchedOffNeitherTellsNorBelieves() throws Exception {
        peers = new TwoPeers(TELLING.changed().quickCrashDetection(false).build());
        up(StartAction.START, StartAction.NONE);
        IkeSaId id = peers.west.ikeSa().id();
        hint(TwoPeers.EAST, id, token(id, false));
        peers.pass(A_MOMENT);
        assertThat(peers.west.ikeSa().id()).isEqualTo(id);

        peers.network.sent().clear();
        receive(peers.east, TwoPeers.WEST, protectedRequest(1, 2, ExchangeType.INFORMATIONAL, true, 0));
        assertThat(tokensInClear()).isEmpty();
        assertThat(peers.network.sent()).hasSize(1);
    }

    private void up(StartAction west, StartAction east) throws Exception {
        up(west, east, west == StartAction.TRAP);
    }

    private void up(StartAction west, StartAction east, boolean begin) throws Exception {
        peers.load(westSite().starting(west).checkingEvery(DELAY), eastSite().starting(east));
        if (begin) {
            peers.west.memory().packetOut(Flow.EASTWARD);
        }
        peers.pass(A_MOMENT);
        peers.assertTunnel();
        peers.network.sent().clear();
    }

    private static Scene telling() throws Exception {
        return Scene.tunnel(westSite(), eastSite(), TELLING);
    }

    /** It is started anew and wants nothing. */
    private void forget(Host host) throws Exception {
        peers.restart(host == peers.west, TELLING);
    }

    /** What that end would say, by a daemon that has the same secret and knows nothing. */
    private static Octets token(IkeSaId id, boolean ofInitiator) {
        return CrashTokens.of(CryptoRegistry.standard(), TELLING)
                .orElseThrow()
                .of(id.initiatorSpi(), id.responderSpi(), ofInitiator ? Role.INITIATOR : Role.RESPONDER)
                .data();
    }

    private static List<Octets> tokens(IkeSaId id) {
        return List.of(token(id, true), token(id, false));
    }

    /** INVALID_IKE_SPI to a request of west's, which has begun. */
    private void hint(String from, IkeSaId id, Octets... tokens) {
        receive(peers.west, from, clear(id.initiatorSpi(), id.responderSpi(), false, true, tokens));
    }

    private static byte[] clear(long spiI, long spiR, boolean initiator, boolean response, Octets... tokens) {
        return clear(
                IkeHeader.of(spiI, spiR, ExchangeType.INFORMATIONAL, initiator, response, 5),
                NotifyPayload.of(NotifyType.INVALID_IKE_SPI),
                tokens);
    }

    private static byte[] invalidSpi(Octets spi, Octets... tokens) {
        return clear(
                IkeHeader.of(0, 0, ExchangeType.INFORMATIONAL, true, false, 0),
                NotifyPayload.of(NotifyType.INVALID_SPI, spi),
                tokens);
    }

    private static byte[] clear(IkeHeader header, NotifyPayload error, Octets... tokens) {
        Stream<Payload> notifies = Stream.of(tokens)
                .map(t -> new NotifyPayload(ProtocolId.IKE, Octets.EMPTY, NotifyType.QUICK_CRASH_DETECTION, t));
        return MessageWriter.write(
                new IkeMessage(header, Stream.concat(Stream.of(error), notifies).toList()));
    }

    private static byte[] protectedRequest(long spiI, long spiR, ExchangeType exchange, boolean initiator, int id) {
        return MessageWriter.protectedMessage(IkeHeader.of(spiI, spiR, exchange, initiator, false, id), 0, 40);
    }

    private void ask(Host host, String from, long spiI, long spiR, ExchangeType exchange, boolean initiator)
            throws Exception {
        receive(host, from, protectedRequest(spiI, spiR, exchange, initiator, 9));
        receive(host, from, protectedRequest(spiI, spiR, exchange, initiator, 0));
    }

    private void receive(Host host, String from, byte[] message) {
        try {
            String to = host == peers.west ? TwoPeers.WEST : TwoPeers.EAST;
            host.engine()
                    .onDatagram(new Datagram(
                            new InetSocketAddress(InetAddress.getByName(to), 500),
                            new InetSocketAddress(InetAddress.getByName(from), 500),
                            message));
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private Datagram only() {
        assertThat(peers.network.sent()).hasSize(1);
        return peers.network.sent().getFirst();
    }

    private List<Octets> tokensInClear() {
        return peers.network.sent().stream()
                .map(datagram -> MessageReader.read(datagram.payload()))
                .flatMap(read -> read instanceof Decoded.Accepted accepted
                        ? accepted.message().payloads().stream()
                        : Stream.empty())
                .flatMap(payload -> Optional.of(payload).filter(NotifyPayload.class::isInstance).stream())
                .map(NotifyPayload.class::cast)
                .filter(notify -> notify.notifyType() == NotifyType.QUICK_CRASH_DETECTION)
                .map(NotifyPayload::data)
                .toList();
    }

    private static List<String> closed(Host host) {
        return host.events(IkeEvent.IkeSaClosed.class).stream()
                .map(IkeEvent.IkeSaClosed::reason)
                .toList();
    }
}
