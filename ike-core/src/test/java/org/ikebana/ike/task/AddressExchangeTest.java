package org.ikebana.ike.task;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ikebana.ike.kernel.Datagram;
import org.ikebana.ike.wire.ExchangeType;
import org.ikebana.ike.wire.IkeHeader;
import org.ikebana.ike.wire.NotifyPayload;
import org.ikebana.ike.wire.NotifyType;
import org.ikebana.ike.wire.Octets;
import org.ikebana.ike.wire.Payload;
import org.junit.jupiter.api.Test;

/** Payloads of the exchanges that change addresses (RFC 4555 3.5 to 3.9, 4.2). */
class AddressExchangeTest {
    private static final InetSocketAddress WEST = end("192.0.2.1", 4500);
    private static final InetSocketAddress EAST = end("198.51.100.2", 4501);
    private static final Octets COOKIE = Octets.ofHex("000102030405060708090a0b0c0d0e0f");
    private static final long INITIATOR_SPI = 0x1122334455667788L;
    private static final long RESPONDER_SPI = 0x99aabbccddeeff00L;

    @Test
    void anUpdateFindsTheNatAndBringsTheCookieBack() throws Exception {
        InetSocketAddress seen = end("203.0.113.9", 5500);
        List<AddressExchange> done = new ArrayList<>();
        AddressExchange west = asking(new AddressExchange.Ask(true, Optional.of(COOKIE), true, Optional.empty()), done);
        List<Payload> request = request(west);

        AddressExchange east = AddressExchange.responder(nat(EAST, seen), message(request, EAST, seen));
        east.processRequest(message(request, EAST, seen));
        List<Payload> response = new ArrayList<>();
        east.buildResponse(response);
        west.processResponse(message(response, WEST, EAST));

        assertThat(east.isTold(NotifyType.UPDATE_SA_ADDRESSES)).isTrue();
        assertThat(east.natStatus()).contains(new NatStatus(true, false, true));
        assertThat(done).containsExactly(west);
        assertThat(west.natStatus()).contains(new NatStatus(true, true, false));
        assertThat(west.seenAs()).isPresent();
    }

    @Test
    void aCookieThatIsNotOursEndsTheIkeSa() {
        List<AddressExchange> done = new ArrayList<>();
        AddressExchange west =
                asking(new AddressExchange.Ask(false, Optional.of(COOKIE), false, Optional.empty()), done);
        for (List<Payload> wrong : List.<List<Payload>>of(
                List.of(),
                List.of(NotifyPayload.of(NotifyType.COOKIE2, Octets.ofHex("000102030405060708090a0b0c0d0e0e"))))) {
            assertThatExceptionOfType(ExchangeException.class)
                    .isThrownBy(() -> west.processResponse(message(wrong, WEST, EAST)))
                    .satisfies(e -> assertThat(e.failure().sentence()).contains("COOKIE2"));
        }
        assertThat(done).isEmpty();
    }

    /** Source, destination, source port, destination port (RFC 4555 4.2.6). */
    @Test
    void whereNatsAreNotProvidedForTheAddressesAreVouchedFor() {
        List<Payload> request =
                request(asking(new AddressExchange.Ask(true, Optional.empty(), false, Optional.empty()), List.of()));

        assertThat(request)
                .containsExactly(
                        NotifyPayload.of(NotifyType.UPDATE_SA_ADDRESSES),
                        NotifyPayload.of(NotifyType.NO_NATS_ALLOWED, Octets.ofHex("c0000201c633640211941195")));
        assertThat(received(request, EAST, WEST).hasUnexpectedNat()).isFalse();
        assertThat(received(request, EAST, end("203.0.113.9", 4500)).hasUnexpectedNat())
                .isTrue();
        assertThat(received(request, EAST, end("192.0.2.1", 4502)).hasUnexpectedNat())
                .isTrue();
    }

    @Test
    void addressesAreToldAndReadAgain() throws Exception {
        List<InetAddress> addresses =
                List.of(InetAddress.ofLiteral("192.0.2.77"), InetAddress.ofLiteral("2001:db8::77"));
        for (List<InetAddress> ours : List.of(addresses, List.<InetAddress>of())) {
            List<Payload> request = request(
                    asking(new AddressExchange.Ask(false, Optional.empty(), true, Optional.of(ours)), List.of()));
            assertThat(received(request, EAST, WEST).peerAddresses()).contains(ours);
        }
        assertThat(received(List.of(), EAST, WEST).peerAddresses()).isEmpty();
    }

    @Test
    void whatNobodyCanHaveOrHasNoLengthIsPassedOver() {
        List<Payload> hostile = new ArrayList<>();
        for (String octets : List.of("", "01", "00000000", "7f000001", "e0000001", "ffffffffff", "c0000205")) {
            hostile.add(NotifyPayload.of(NotifyType.ADDITIONAL_IP4_ADDRESS, Octets.ofHex(octets)));
        }
        hostile.add(NotifyPayload.of(NotifyType.ADDITIONAL_IP6_ADDRESS, Octets.ofHex("c0000206")));
        for (int i = 0; i < 300; i++) {
            hostile.add(NotifyPayload.of(
                    NotifyType.ADDITIONAL_IP4_ADDRESS, Octets.wrap(new byte[] {10, 0, (byte) (i >> 8), (byte) i})));
        }

        List<InetAddress> read = received(hostile, EAST, WEST).peerAddresses().orElseThrow();

        assertThat(read).hasSize(PeerAddressList.LIMIT).startsWith(InetAddress.ofLiteral("192.0.2.5"));
        assertThat(read).noneMatch(InetAddress::isLoopbackAddress).noneMatch(InetAddress::isMulticastAddress);
    }

    @Test
    void anyRequestsCookieComesBackAsItWas() {
        Octets other = Octets.ofHex("ff00ff00ff00ff00ff");
        List<Payload> response = new ArrayList<>();
        received(List.of(NotifyPayload.of(NotifyType.COOKIE2, other)), EAST, WEST)
                .buildResponse(response);
        assertThat(response).containsExactly(NotifyPayload.of(NotifyType.COOKIE2, other));
    }

    private static AddressExchange asking(AddressExchange.Ask ask, List<AddressExchange> done) {
        return AddressExchange.initiator(ask, nat(WEST, EAST), WEST, EAST, done::add);
    }

    private static List<Payload> request(AddressExchange exchange) {
        List<Payload> request = new ArrayList<>();
        exchange.buildRequest(request);
        return request;
    }

    private static AddressExchange received(List<Payload> request, InetSocketAddress local, InetSocketAddress remote) {
        InboundMessage message = message(request, local, remote);
        AddressExchange exchange = AddressExchange.responder(nat(local, remote), message);
        exchange.processRequest(message);
        return exchange;
    }

    private static NatDetection nat(InetSocketAddress local, InetSocketAddress remote) {
        return new NatDetection(false, INITIATOR_SPI, RESPONDER_SPI, local, remote);
    }

    private static InboundMessage message(List<Payload> payloads, InetSocketAddress local, InetSocketAddress remote) {
        IkeHeader header = IkeHeader.of(INITIATOR_SPI, RESPONDER_SPI, ExchangeType.INFORMATIONAL, true, false, 2);
        return new InboundMessage(header, payloads, new Datagram(local, remote, new byte[0]));
    }

    private static InetSocketAddress end(String address, int port) {
        return new InetSocketAddress(InetAddress.ofLiteral(address), port);
    }
}
