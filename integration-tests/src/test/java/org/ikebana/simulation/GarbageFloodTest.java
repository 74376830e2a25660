package org.ikebana.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ikebana.simulation.FloodedGateway.EAST;
import static org.ikebana.simulation.FloodedGateway.FLOOD;
import static org.ikebana.simulation.FloodedGateway.WEST;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.ikebana.ike.engine.Counters;
import org.ikebana.ike.event.DatagramDrop;
import org.ikebana.ike.kernel.Datagram;
import org.ikebana.ike.wire.ExchangeType;
import org.ikebana.ike.wire.IkeHeader;
import org.junit.jupiter.api.Test;

/** A thousand datagrams a second that mean nothing: each is counted by what is wrong with it, and no honest peer notices them. */
class GarbageFloodTest {
    private static final InetSocketAddress STRANGER = new InetSocketAddress(InetAddress.ofLiteral("203.0.113.66"), 500);

    /** Of the fields in the header (RFC 7296 3.1). */
    private static final int RESPONDER_SPI = 8;

    private static final int MESSAGE_ID = 20;

    private final RandomGenerator random = new SplittableRandom(7296);
    private final Site west = TwoPeers.westSite().checkingEvery(Duration.ofSeconds(1));
    private final FloodedGateway gateway = new FloodedGateway(west);

    GarbageFloodTest() throws Exception {}

    @Test
    void randomOctets() throws Exception {
        flood(STRANGER, () -> octets(random.nextInt(1500)));

        assertThat(gateway.drops(DatagramDrop.UNREADABLE)).isPositive();
        assertThat(gateway.drops(DatagramDrop.UNREADABLE) + gateway.drops(DatagramDrop.UNKNOWN_SPI))
                .isEqualTo(FLOOD)
                .isEqualTo(gateway.count(Counters.Kind.INVALID) + gateway.count(Counters.Kind.INVALID_SPI));
        assertThat(gateway.repliesTo(STRANGER.getAddress())).isEmpty();
    }

    /** In the header, and behind it where the message is one that a stranger may send. */
    @Test
    void truncatedMessages() throws Exception {
        byte[] begin = gateway.latestOfWest(ExchangeType.IKE_SA_INIT).payload();
        byte[] auth = gateway.latestOfWest(ExchangeType.IKE_AUTH).payload();
        flood(
                STRANGER,
                () -> random.nextBoolean()
                        ? Arrays.copyOf(auth, random.nextInt(IkeHeader.LENGTH))
                        : Arrays.copyOf(begin, random.nextInt(IkeHeader.LENGTH, begin.length)));

        assertThat(gateway.drops(DatagramDrop.UNREADABLE)).isEqualTo(FLOOD);
        assertThat(gateway.repliesTo(STRANGER.getAddress())).isEmpty();
    }

    /** A few are told so, so that a peer which has lost its SA hears of it (RFC 7296 2.21.4). */
    @Test
    void messagesOfNoIkeSa() throws Exception {
        byte[] auth = gateway.latestOfWest(ExchangeType.IKE_AUTH).payload();
        flood(STRANGER, () -> withSpis(auth, random.nextLong(), random.nextLong()));

        int answered = gateway.repliesTo(STRANGER.getAddress()).size();
        assertThat(answered).isBetween(1, 10 + 2 * FLOOD / 1000);
        assertThat(gateway.drops(DatagramDrop.UNKNOWN_SPI)).isEqualTo(FLOOD);
        assertThat(gateway.drops(DatagramDrop.CLEAR_LIMIT)).isEqualTo(FLOOD - answered);
    }

    /** As if west said it next, whose SPIs anybody on the way can read; all but a few meet the integrity check. */
    @Test
    void forgeriesOnAnEstablishedIkeSa() throws Exception {
        int before = gateway.repliesTo(WEST.getAddress()).size();
        flood(WEST, this::forgery);

        assertThat(gateway.drops(DatagramDrop.NOT_AUTHENTIC)).isGreaterThan(FLOOD * 9 / 10);
        assertThat(gateway.drops(DatagramDrop.NOT_AUTHENTIC) + gateway.drops(DatagramDrop.OUTSIDE_WINDOW))
                .isEqualTo(FLOOD);
        assertThat(gateway.repliesTo(WEST.getAddress()))
                .hasSize(before + (int) gateway.count(Counters.Kind.INFO_IN_REQ));
    }

    private byte[] forgery() {
        boolean isFirst = gateway.count(Counters.Kind.INFO_IN_REQ) == 0;
        byte[] message = gateway.latestOfWest(isFirst ? ExchangeType.IKE_AUTH : ExchangeType.INFORMATIONAL)
                .payload()
                .clone();
        ByteBuffer octets = ByteBuffer.wrap(message);
        octets.putInt(MESSAGE_ID, octets.getInt(MESSAGE_ID) + 1);
        message[random.nextInt(message.length - 16, message.length)] ^= 1;
        return message;
    }

    /** West hears each second that the gateway lives, which asks nobody; afterwards all is as it would be without the flood. */
    private void flood(InetSocketAddress from, Supplier<byte[]> garbage) throws Exception {
        gateway.flood(i -> gateway.peers.network.deliver(new Datagram(from, EAST, garbage.get())));

        gateway.assertHonestPeersWereServed();
        assertThat(gateway.count(Counters.Kind.INFO_IN_REQ)).isGreaterThanOrEqualTo(FLOOD / 1000);
        assertThat(gateway.count(Counters.Kind.INFO_OUT_REQ)).isZero();
        gateway.assertIsAs(new FloodedGateway(west));
    }

    private byte[] octets(int length) {
        byte[] octets = new byte[length];
        random.nextBytes(octets);
        return octets;
    }

    private static byte[] withSpis(byte[] message, long initiator, long responder) {
        return ByteBuffer.wrap(message.clone())
                .putLong(0, initiator)
                .putLong(RESPONDER_SPI, responder)
                .array();
    }
}
