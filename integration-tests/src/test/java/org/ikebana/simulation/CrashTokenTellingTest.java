package org.ikebana.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.ikebana.ike.connection.StartAction;
import org.ikebana.ike.event.DatagramDrop;
import org.ikebana.ike.kernel.Datagram;
import org.ikebana.ike.sa.IkeSaId;
import org.ikebana.ike.wire.Decoded;
import org.ikebana.ike.wire.ExchangeType;
import org.ikebana.ike.wire.IkeHeader;
import org.ikebana.ike.wire.IkeMessage;
import org.ikebana.ike.wire.MessageReader;
import org.ikebana.ike.wire.MessageWriter;
import org.ikebana.ike.wire.NotifyPayload;
import org.ikebana.ike.wire.NotifyType;
import org.ikebana.ike.wire.Octets;
import org.ikebana.ike.wire.ProtocolId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who is told that an IKE SA is unknown, and gets a token of it (RFC 6290 5.1, 9.2). The requests are made by hand. */
class CrashTokenTellingTest extends CrashScene {
    CrashTokenTellingTest() throws Exception {}

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
}
