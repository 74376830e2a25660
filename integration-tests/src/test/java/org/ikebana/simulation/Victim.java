package org.ikebana.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.ikebana.ike.connection.IkeSettings;
import org.ikebana.ike.connection.StartAction;
import org.ikebana.ike.event.DatagramDrop;
import org.ikebana.ike.kernel.Datagram;
import org.ikebana.ike.wire.Decoded;
import org.ikebana.ike.wire.ExchangeType;
import org.ikebana.ike.wire.IkeHeader;
import org.ikebana.ike.wire.MessageReader;
import org.ikebana.ike.wire.MessageRules;
import org.ikebana.ike.wire.NotifyPayload;
import org.ikebana.ike.wire.NotifyType;
import org.ikebana.ike.wire.Octets;

/**
 * An engine under attack, with an established IKE SA, a connection that answers and half-open SAs by the way. It checks after every datagram that what is sent is what the RFC asks for.
 */
final class Victim {
    private static final Duration SETTLED = Duration.ofMinutes(4);
    private static final Duration LINGER = Duration.ofSeconds(6);
    private static final int REPLY_SLACK = 300;
    private static final int MAX_HALF_OPEN = 40;

    private final TwoPeers peers;
    private final Set<Octets> genuine = new HashSet<>();
    private long replies;

    /** @param settings with or without protection against floods, under which mutations get less far */
    Victim(IkeSettings settings) throws Exception {
        peers = new TwoPeers(settings);
        peers.load(TwoPeers.westSite().starting(StartAction.START), TwoPeers.eastSite());
        peers.pass(Duration.ofSeconds(1));
        peers.assertTunnel();
        peers.network.sent().forEach(d -> genuine.add(Octets.copyOf(d.payload())));
    }

    Map<DatagramDrop, Long> drops() {
        return peers.east.engine().drops();
    }

    long replies() {
        return replies;
    }

    /** What the established SA's peer sent, with SPIs that the victim knows. */
    List<byte[]> genuineMessages() {
        return genuine.stream().map(Octets::toByteArray).toList();
    }

    /** @param octets from an address of the established peer, or of anybody */
    void receive(byte[] octets, InetSocketAddress from) throws Exception {
        InetSocketAddress own = new InetSocketAddress(InetAddress.getByName(TwoPeers.EAST), 500);
        int before = peers.network.sent().size();
        peers.east.engine().onDatagram(new Datagram(own, from, octets));
        List<Datagram> sent =
                peers.network.sent().subList(before, peers.network.sent().size());
        assertThat(sent).as("replies to one datagram").hasSizeLessThanOrEqualTo(1);
        for (Datagram reply : sent) {
            replies++;
            assertThat(reply.remote()).isEqualTo(from);
            assertAskedFor(octets, reply.payload());
        }
        peers.network.sent().subList(before, peers.network.sent().size()).clear();
        assertThat(peers.east.engine().halfOpen()).isLessThanOrEqualTo(MAX_HALF_OPEN);
    }

    /** The established SA has come through, and what strangers began is gone. */
    void assertUnharmed() throws Exception {
        awaitOnePair();
        peers.assertTunnel();
        peers.pass(SETTLED);
        awaitOnePair();
        peers.assertTunnel();
        assertThat(peers.east.engine().halfOpen()).isZero();
        assertThat(peers.east.engine().ikeSas()).hasSize(1);
        assertThat(peers.east.memory().snapshot().sas()).hasSize(2);
        peers.network.sent().clear();
        peers.east.events().clear();
    }

    /** A pair that has just been rekeyed stays for a while. */
    private void awaitOnePair() {
        if (peers.east.memory().installedSas().size() > 2) {
            peers.pass(LINGER);
        }
    }

    /** RFC 7296 1.2, 1.5, 2.1, 2.5, 2.6, 2.21: what may be answered without knowing who asks. */
    private void assertAskedFor(byte[] request, byte[] reply) {
        assertThat(reply.length).as("no amplifier").isLessThanOrEqualTo(request.length + REPLY_SLACK);
        IkeHeader asked = MessageReader.readHeader(request).orElseThrow();
        IkeHeader answer = MessageReader.readHeader(reply).orElseThrow();
        assertThat(asked.response()).as("a response is not answered").isFalse();
        assertThat(answer.response()).isTrue();
        assertThat(answer.messageId()).isEqualTo(asked.messageId());
        Decoded decoded = MessageReader.read(request);
        if (genuine.contains(Octets.copyOf(request))) {
            return; // repeated: the stored reply (RFC 7296 2.1)
        }
        switch (decoded) {
            case Decoded.Answered answered ->
                assertThat(only(reply)).isIn(NotifyType.INVALID_MAJOR_VERSION, NotifyType.UNSUPPORTED_CRITICAL_PAYLOAD);
            case Decoded.Accepted accepted -> {
                if (asked.exchange().equals(Optional.of(ExchangeType.IKE_SA_INIT))) {
                    assertThat(MessageRules.checkOuter(accepted.message())).isEmpty();
                } else {
                    assertThat(only(reply))
                            .as("what belongs to no IKE SA (RFC 7296 2.21.4)")
                            .isEqualTo(NotifyType.INVALID_IKE_SPI);
                }
            }
            case Decoded.Dropped dropped -> throw new AssertionError("answered what is dropped: " + dropped);
        }
    }

    private static int only(byte[] reply) {
        Decoded.Accepted message = (Decoded.Accepted) MessageReader.read(reply);
        Optional<NotifyPayload> notify = message.message().payloads().stream()
                .filter(NotifyPayload.class::isInstance)
                .map(NotifyPayload.class::cast)
                .findFirst();
        return notify.orElseThrow().notifyType();
    }
}
