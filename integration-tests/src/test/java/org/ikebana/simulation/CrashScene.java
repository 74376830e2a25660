package org.ikebana.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ikebana.simulation.TwoPeers.eastSite;
import static org.ikebana.simulation.TwoPeers.westSite;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.ikebana.ike.connection.IkeSettings;
import org.ikebana.ike.connection.StartAction;
import org.ikebana.ike.crypto.CryptoRegistry;
import org.ikebana.ike.crypto.Secret;
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

/** Two ends that both tell tokens (RFC 6290), and messages made by hand. Both have the same secret, which is the worst case. */
abstract class CrashScene {
    static final String LOST = "the peer has lost its state: it was started anew";
    static final Duration A_MOMENT = Duration.ofSeconds(1);
    static final Secret SECRET = Secret.wrap("a secret of 32 octets, as it is.".getBytes(StandardCharsets.US_ASCII));
    static final IkeSettings TELLING =
            IkeSettings.DEFAULT.changed().crashSecret(SECRET).build();
    private static final Duration DELAY = Duration.ofSeconds(10);

    TwoPeers peers = new TwoPeers(TELLING);

    CrashScene() throws Exception {}

    void up(StartAction west, StartAction east) throws Exception {
        up(west, east, west == StartAction.TRAP);
    }

    void up(StartAction west, StartAction east, boolean begin) throws Exception {
        peers.load(westSite().starting(west).checkingEvery(DELAY), eastSite().starting(east));
        if (begin) {
            peers.west.memory().packetOut(Flow.EASTWARD);
        }
        peers.pass(A_MOMENT);
        peers.assertTunnel();
        peers.network.sent().clear();
    }

    static Scene telling() throws Exception {
        return Scene.tunnel(westSite(), eastSite(), TELLING);
    }

    /** It is started anew and wants nothing. */
    void forget(Host host) throws Exception {
        peers.restart(host == peers.west, TELLING);
    }

    /** What that end would say, by a daemon that has the same secret and knows nothing. */
    static Octets token(IkeSaId id, boolean ofInitiator) {
        return CrashTokens.of(CryptoRegistry.standard(), TELLING)
                .orElseThrow()
                .of(id.initiatorSpi(), id.responderSpi(), ofInitiator ? Role.INITIATOR : Role.RESPONDER)
                .data();
    }

    static List<Octets> tokens(IkeSaId id) {
        return List.of(token(id, true), token(id, false));
    }

    /** INVALID_IKE_SPI to a request of west's, which has begun. */
    void hint(String from, IkeSaId id, Octets... tokens) {
        receive(peers.west, from, clear(id.initiatorSpi(), id.responderSpi(), false, true, tokens));
    }

    static byte[] clear(long spiI, long spiR, boolean initiator, boolean response, Octets... tokens) {
        return clear(
                IkeHeader.of(spiI, spiR, ExchangeType.INFORMATIONAL, initiator, response, 5),
                NotifyPayload.of(NotifyType.INVALID_IKE_SPI),
                tokens);
    }

    static byte[] invalidSpi(Octets spi, Octets... tokens) {
        return clear(
                IkeHeader.of(0, 0, ExchangeType.INFORMATIONAL, true, false, 0),
                NotifyPayload.of(NotifyType.INVALID_SPI, spi),
                tokens);
    }

    static byte[] clear(IkeHeader header, NotifyPayload error, Octets... tokens) {
        Stream<Payload> notifies = Stream.of(tokens)
                .map(t -> new NotifyPayload(ProtocolId.IKE, Octets.EMPTY, NotifyType.QUICK_CRASH_DETECTION, t));
        return MessageWriter.write(
                new IkeMessage(header, Stream.concat(Stream.of(error), notifies).toList()));
    }

    static byte[] protectedRequest(long spiI, long spiR, ExchangeType exchange, boolean initiator, int id) {
        return MessageWriter.protectedMessage(IkeHeader.of(spiI, spiR, exchange, initiator, false, id), 0, 40);
    }

    void ask(Host host, String from, long spiI, long spiR, ExchangeType exchange, boolean initiator) throws Exception {
        receive(host, from, protectedRequest(spiI, spiR, exchange, initiator, 9));
        receive(host, from, protectedRequest(spiI, spiR, exchange, initiator, 0));
    }

    void receive(Host host, String from, byte[] message) {
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

    Datagram only() {
        assertThat(peers.network.sent()).hasSize(1);
        return peers.network.sent().getFirst();
    }

    List<Octets> tokensInClear() {
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

    static List<String> closed(Host host) {
        return host.events(IkeEvent.IkeSaClosed.class).stream()
                .map(IkeEvent.IkeSaClosed::reason)
                .toList();
    }
}
