package org.ikebana.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ikebana.simulation.TwoPeers.eastSite;
import static org.ikebana.simulation.TwoPeers.westSite;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.ikebana.ike.connection.AddressSpec;
import org.ikebana.ike.connection.ConnectionConfig;
import org.ikebana.ike.connection.IkeSettings;
import org.ikebana.ike.connection.StartAction;
import org.ikebana.ike.engine.Doorkeeper;
import org.ikebana.ike.event.DatagramDrop;
import org.ikebana.ike.event.Failure;
import org.ikebana.ike.event.IkeEvent;
import org.ikebana.ike.kernel.Datagram;
import org.ikebana.ike.proposal.ProposalCodec;
import org.ikebana.ike.wire.Decoded;
import org.ikebana.ike.wire.ExchangeType;
import org.ikebana.ike.wire.IkeHeader;
import org.ikebana.ike.wire.IkeMessage;
import org.ikebana.ike.wire.KePayload;
import org.ikebana.ike.wire.MessageReader;
import org.ikebana.ike.wire.MessageWriter;
import org.ikebana.ike.wire.NoncePayload;
import org.ikebana.ike.wire.NotifyPayload;
import org.ikebana.ike.wire.NotifyType;
import org.ikebana.ike.wire.Octets;
import org.ikebana.ike.wire.Payload;
import org.junit.jupiter.api.Test;

/** Cookies and half-open limits (RFC 7296 2.6, 2.6.1), with strongSwan's thresholds: 3 and 5 of one address, 30 in all. */
class InitFloodTest {
    private static final InetSocketAddress EAST = new InetSocketAddress(InetAddress.ofLiteral(TwoPeers.EAST), 500);
    private static final InetAddress ELSEWHERE = InetAddress.ofLiteral("198.51.100.1");

    private final SplittableRandom random = new SplittableRandom(2_6);
    private TwoPeers peers = new TwoPeers();

    InitFloodTest() throws Exception {}

    @Test
    void oneAddressIsAskedForACookieAndThenLeftWithoutAnswer() throws Exception {
        loadEast();
        for (int i = 0; i < 3; i++) {
            assertThat(isAccepted(ask(request(), ELSEWHERE))).isTrue();
        }
        for (int i = 0; i < 2; i++) {
            IkeMessage request = request();
            Octets cookie = cookie(ask(request, ELSEWHERE)).orElseThrow();
            assertThat(peers.east.engine().halfOpen()).isEqualTo(3 + i);
            assertThat(isAccepted(ask(with(cookie, request), ELSEWHERE))).isTrue();
        }
        assertThat(ask(request(), ELSEWHERE)).isEmpty();
        assertThat(isAccepted(ask(request(), InetAddress.ofLiteral("198.51.100.2"))))
                .isTrue();
    }

    /** Whoever gets an answer by that has a cookie, with which it is let in whatever else comes. */
    @Test
    void whileMoreComesInThanCanBeAnsweredThoseThatAskAgainAre() throws Exception {
        loadEast();
        crowd();
        peers.east.engine().doorkeeper().drained();
        IkeMessage genuine = request();
        peers.pass(Duration.ofMillis(30));
        assertThat(askAtTheDoor(genuine, ELSEWHERE)).isEmpty();
        for (int i = 0; i < 100; i++) {
            assertThat(askAtTheDoor(request(), anywhere())).isEmpty();
        }
        assertThat(peers.east.engine().drops()).containsEntry(DatagramDrop.TOO_BUSY, 101L);
        Octets cookie = cookie(askAtTheDoor(genuine, ELSEWHERE)).orElseThrow();
        assertThat(isAccepted(askAtTheDoor(with(cookie, genuine), ELSEWHERE))).isTrue();
        peers.east.engine().doorkeeper().drained();
        assertThat(cookie(askAtTheDoor(request(), anywhere()))).isPresent();
    }

    /** A cookie is smaller than what asks for it, and nothing is kept until it comes back. */
    @Test
    void aFloodFromInventedAddressesLeavesNothing() throws Exception {
        loadEast();
        for (int i = 0; i < 5000; i++) {
            IkeMessage request = request();
            Optional<IkeMessage> answer = ask(request, anywhere());
            assertThat(cookie(answer).isPresent()).isEqualTo(i >= 30);
            if (i >= 30) {
                assertThat(MessageWriter.write(answer.orElseThrow()))
                        .hasSizeLessThan(MessageWriter.write(request).length / 2);
            }
        }
        assertThat(peers.east.engine().halfOpen()).isEqualTo(30);
        assertThat(peers.east.engine().ikeSas()).hasSize(30);
        peers.pass(Duration.ofSeconds(31));
        assertThat(peers.east.engine().halfOpen()).isZero();
        assertThat(peers.east.engine().ikeSas()).isEmpty();
    }

    /** Not even one from its own address, as who invents that does not hear of the cookie. */
    @Test
    void aFloodDoesNotKeepAGenuinePeerOut() throws Exception {
        loadEast();
        for (int i = 0; i < 500; i++) {
            ask(request(), i % 2 == 0 ? anywhere() : InetAddress.ofLiteral(TwoPeers.WEST));
        }
        startWest("aes256gcm16-prfsha256-x25519");
        peers.assertTunnel();
    }

    @Test
    void theLimitInAllHoldsForThoseWithCookiesAndEndsWithTheTimeout() throws Exception {
        peers = new TwoPeers(IkeSettings.DEFAULT.changed().halfOpenLimit(35).build());
        loadEast();
        for (int i = 0; i < 35; i++) {
            IkeMessage request = request();
            InetAddress from = anywhere();
            Optional<Octets> cookie = cookie(ask(request, from));
            cookie.ifPresent(c ->
                    assertThat(isAccepted(ask(with(c, request), from))).isTrue());
        }
        assertThat(peers.east.engine().halfOpen()).isEqualTo(35);
        assertThat(ask(request(), anywhere())).isEmpty();
        startWest("aes256gcm16-prfsha256-x25519");
        assertThat(peers.west.memory().installedSas()).isEmpty();
        peers.pass(Duration.ofSeconds(60)); // a retransmission finds room
        peers.assertTunnel();
    }

    /** RFC 7296 2.6.1: a cookie that does not fit is as none. */
    @Test
    void aWrongCookieIsAnsweredByARightOne() throws Exception {
        loadEast();
        crowd();
        IkeMessage request = request();
        Octets cookie = cookie(ask(request, ELSEWHERE)).orElseThrow();
        for (Octets wrong : List.of(Octets.EMPTY, Octets.ofHex("00".repeat(17)), Octets.ofHex("ff".repeat(64)))) {
            assertThat(cookie(ask(with(wrong, request), ELSEWHERE))).contains(cookie);
        }
        assertThat(cookie(ask(with(cookie, request), anywhere()))).isPresent();
        assertThat(cookie(ask(with(cookie, request()), ELSEWHERE))).isPresent();
        peers.pass(Duration.ofSeconds(121));
        crowd();
        assertThat(isAccepted(ask(with(cookie, request), ELSEWHERE))).isTrue();
        assertThat(peers.east.engine().halfOpen()).isEqualTo(31);
    }

    @Test
    void aCookieOfAnEarlierTimeIsNotTakenAnyMore() throws Exception {
        loadEast();
        crowd();
        IkeMessage request = request();
        Octets old = cookie(ask(request, ELSEWHERE)).orElseThrow();
        peers.pass(Duration.ofSeconds(250));
        crowd();
        Octets fresh = cookie(ask(with(old, request), ELSEWHERE)).orElseThrow();
        assertThat(fresh).isNotEqualTo(old);
        assertThat(isAccepted(ask(with(fresh, request), ELSEWHERE))).isTrue();
    }

    /** It is the same request, by the same nonce and SPI, with the same cookie, that goes on (RFC 7296 2.6.1). */
    @Test
    void anotherGroupIsAskedForAfterTheCookie() throws Exception {
        loadEast();
        crowd();
        startWest("aes256gcm16-prfsha256-ecp256-x25519");
        peers.assertTunnel();
        List<IkeMessage> requests = requestsOfWest();
        assertThat(requests).hasSize(3);
        assertThat(requests.stream().map(InitFloodTest::group)).containsExactly(19, 19, 31);
        assertThat(shownCookie(requests.get(0))).isEmpty();
        assertThat(shownCookie(requests.get(1))).isPresent().isEqualTo(shownCookie(requests.get(2)));
        assertThat(requests)
                .allMatch(r -> r.header().initiatorSpi()
                        == requests.getFirst().header().initiatorSpi());
        assertThat(requests).extracting(InitFloodTest::nonce).containsOnly(nonce(requests.getFirst()));
    }

    @Test
    void aCookieIsAskedForAfterAnotherGroup() throws Exception {
        loadEast();
        List<Datagram> waiting = new ArrayList<>();
        peers.network.byHand(waiting::add);
        startWest("aes256gcm16-prfsha256-ecp256-x25519");
        peers.network.deliver(waiting.removeFirst());
        peers.pass(Duration.ofMillis(20));
        crowd();
        peers.network.byHand(peers.network::deliver);
        waiting.stream()
                .filter(datagram -> datagram.local().equals(EAST))
                .limit(1)
                .forEach(peers.network::deliver);
        peers.pass(Duration.ofSeconds(1));
        peers.assertTunnel();
        assertThat(requestsOfWest().stream().map(InitFloodTest::group)).containsExactly(19, 31, 31);
    }

    /** Its answers come in clear: an attacker could go on for ever. */
    @Test
    void anInitiatorDoesNotFollowCookiesForEver() throws Exception {
        peers.network.lose(datagram -> datagram.remote().equals(EAST));
        loadWest("aes256gcm16-prfsha256-x25519");
        for (int i = 0; i < 6; i++) {
            peers.pass(Duration.ofMillis(20));
            Datagram last = peers.network.sent().getLast();
            IkeHeader header = MessageReader.readHeader(last.payload()).orElseThrow();
            IkeMessage demand = new IkeMessage(
                    header.answer(), List.of(NotifyPayload.of(NotifyType.COOKIE, Octets.ofLong(random.nextLong()))));
            peers.west.engine().onDatagram(new Datagram(last.local(), last.remote(), MessageWriter.write(demand)));
        }
        assertThat(peers.west.events(IkeEvent.NegotiationFailed.class))
                .singleElement()
                .extracting(IkeEvent.NegotiationFailed::failure)
                .isInstanceOfSatisfying(
                        Failure.PeerMisbehaved.class,
                        failure -> assertThat(failure.sentence()).contains("asked 6 times"));
    }

    @Test
    void aFloodOfWhatIsRefusedDoesNotFillTheLog() throws Exception {
        peers.east.load(List.of(Site.secret("correct horse")), eastSite().connection()); // it is for west alone
        for (int i = 0; i < 1000; i++) {
            ask(request(), anywhere());
        }
        assertThat(peers.east.events(IkeEvent.NegotiationFailed.class)).hasSize(20);
        peers.pass(Duration.ofSeconds(2));
        ask(request(), anywhere());
        assertThat(peers.east.events(IkeEvent.NegotiationFailed.class)).hasSize(21);
        assertThat(peers.east.events(IkeEvent.Warning.class))
                .singleElement()
                .satisfies(warning -> assertThat(warning.toString()).contains("980 more requests were refused"));
        assertThat(peers.east.engine().ikeSas()).isEmpty();
    }

    @Test
    void aRepeatedRequestIsAnsweredAsBeforeAndDoesNotCount() throws Exception {
        loadEast();
        IkeMessage request = request();
        Optional<IkeMessage> first = ask(request, ELSEWHERE);
        assertThat(ask(request, ELSEWHERE)).isEqualTo(first);
        assertThat(peers.east.engine().halfOpen()).isEqualTo(1);
    }

    private void loadEast() throws Exception {
        peers.east.load(List.of(Site.secret("correct horse")), eastSite().connection(), everybody());
    }

    private static ConnectionConfig everybody() throws Exception {
        return eastSite()
                .with(c -> c.remoteAddresses(List.of(new AddressSpec.Any())))
                .connection()
                .changed()
                .name("everybody")
                .build();
    }

    private void loadWest(String proposal) throws Exception {
        peers.west.load(
                List.of(Site.secret("correct horse")),
                westSite()
                        .proposing(proposal, "aes256gcm16")
                        .starting(StartAction.START)
                        .connection());
    }

    private void startWest(String proposal) throws Exception {
        peers.network.sent().clear();
        loadWest(proposal);
        peers.pass(Duration.ofSeconds(1));
    }

    /** So many have begun that everybody is asked for a cookie. */
    private void crowd() throws Exception {
        for (int i = peers.east.engine().halfOpen(); i < 30; i++) {
            assertThat(isAccepted(ask(request(), anywhere()))).isTrue();
        }
    }

    /** What comes back for one that the receiving thread looks at first. */
    private Optional<IkeMessage> askAtTheDoor(IkeMessage request, InetAddress from) {
        Datagram datagram = new Datagram(EAST, new InetSocketAddress(from, 500), MessageWriter.write(request));
        return switch (peers.east.engine().doorkeeper().look(datagram)) {
            case Doorkeeper.Verdict.Pass pass -> ask(request, from);
            case Doorkeeper.Verdict.Answer answer -> Optional.of(read(answer.datagram()));
            case Doorkeeper.Verdict.Drop drop -> Optional.empty();
        };
    }

    /** What comes back at once for a request from there. */
    private Optional<IkeMessage> ask(IkeMessage request, InetAddress from) {
        int before = peers.network.sent().size();
        peers.east
                .engine()
                .onDatagram(new Datagram(EAST, new InetSocketAddress(from, 500), MessageWriter.write(request)));
        List<Datagram> answers =
                peers.network.sent().subList(before, peers.network.sent().size());
        assertThat(answers).hasSizeLessThan(2);
        return answers.stream().findFirst().map(InitFloodTest::read);
    }

    private static IkeMessage read(Datagram datagram) {
        return ((Decoded.Accepted) MessageReader.read(datagram.payload())).message();
    }

    /** A good one of a new initiator, in which X25519's base point stands for a public value. */
    private IkeMessage request() throws Exception {
        Octets nonce = Octets.ofHex("%016x%016x".formatted(random.nextLong(), random.nextLong()));
        IkeHeader header = IkeHeader.of(random.nextLong() | 1, 0, ExchangeType.IKE_SA_INIT, true, false, 0);
        return new IkeMessage(
                header,
                List.of(
                        ProposalCodec.toWire(eastSite().connection().proposals(), Octets.EMPTY),
                        new KePayload(31, Octets.ofHex("09" + "00".repeat(31))),
                        new NoncePayload(nonce)));
    }

    private InetAddress anywhere() {
        return InetAddress.ofLiteral(
                "10.%d.%d.%d".formatted(random.nextInt(256), random.nextInt(256), 1 + random.nextInt(254)));
    }

    private static IkeMessage with(Octets cookie, IkeMessage request) {
        List<Payload> payloads = new ArrayList<>(request.payloads());
        payloads.addFirst(NotifyPayload.of(NotifyType.COOKIE, cookie));
        return new IkeMessage(request.header(), payloads);
    }

    private static boolean isAccepted(Optional<IkeMessage> answer) {
        return answer.filter(message -> message.payloads().stream().anyMatch(NoncePayload.class::isInstance))
                .isPresent();
    }

    private static Optional<Octets> cookie(Optional<IkeMessage> answer) {
        return answer.flatMap(InitFloodTest::shownCookie);
    }

    /** It must be the first payload (RFC 7296 2.6). */
    private static Optional<Octets> shownCookie(IkeMessage message) {
        return message.payloads().getFirst() instanceof NotifyPayload notify && notify.notifyType() == NotifyType.COOKIE
                ? Optional.of(notify.data())
                : Optional.empty();
    }

    private List<IkeMessage> requestsOfWest() {
        return peers.network.sent().stream()
                .filter(datagram -> datagram.local().getAddress().equals(InetAddress.ofLiteral(TwoPeers.WEST)))
                .filter(datagram -> datagram.payload()[18] == 34)
                .map(datagram -> ((Decoded.Accepted) MessageReader.read(datagram.payload())).message())
                .toList();
    }

    private static int group(IkeMessage message) {
        return only(message, KePayload.class).method();
    }

    private static Octets nonce(IkeMessage message) {
        return only(message, NoncePayload.class).nonce();
    }

    private static <P extends Payload> P only(IkeMessage message, Class<P> type) {
        return message.payloads().stream()
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst()
                .orElseThrow();
    }
}
