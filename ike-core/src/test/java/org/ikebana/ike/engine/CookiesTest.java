package org.ikebana.ike.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import org.ikebana.ike.environment.BareEnvironment;
import org.ikebana.ike.wire.ExchangeType;
import org.ikebana.ike.wire.IkeHeader;
import org.ikebana.ike.wire.IkeMessage;
import org.ikebana.ike.wire.InitGlance;
import org.ikebana.ike.wire.MessageWriter;
import org.ikebana.ike.wire.NoncePayload;
import org.ikebana.ike.wire.NotifyPayload;
import org.ikebana.ike.wire.NotifyType;
import org.ikebana.ike.wire.Octets;
import org.junit.jupiter.api.Test;

/** RFC 7296 2.6: a cookie is good for the nonce, address and SPI it was made for, and for a while. */
class CookiesTest {
    private static final Octets NONCE = Octets.ofHex("00112233445566778899aabbccddeeff");
    private static final InetAddress PEER = InetAddress.ofLiteral("192.0.2.1");

    private final BareEnvironment clock = new BareEnvironment();
    private final CookieSecrets secrets = new CookieSecrets(clock);
    private final Cookies cookies = new Cookies(secrets);

    @Test
    void fitsWhatItWasMadeFor() {
        Octets cookie = make();
        assertThat(cookie.length()).isBetween(1, 64);
        assertThat(accepts(cookie)).isTrue();
        assertThat(cookies.accepts(request(cookie, NONCE, 8), PEER)).isFalse();
        assertThat(cookies.accepts(request(cookie, Octets.ofHex("ff".repeat(16)), 7), PEER))
                .isFalse();
        assertThat(cookies.accepts(request(cookie, NONCE, 7), InetAddress.ofLiteral("192.0.2.2")))
                .isFalse();
        assertThat(accepts(Octets.EMPTY)).isFalse();
        for (int i = 0; i < cookie.length(); i++) {
            byte[] wrong = cookie.toByteArray();
            wrong[i] ^= 1;
            assertThat(accepts(Octets.wrap(wrong))).isFalse();
        }
    }

    @Test
    void isGoodForWhoeverSharesTheSecrets() {
        assertThat(new Cookies(secrets).accepts(request(make(), NONCE, 7), PEER))
                .isTrue();
        assertThat(new Cookies(new CookieSecrets(clock)).accepts(request(make(), NONCE, 7), PEER))
                .isFalse();
    }

    @Test
    void outlivesOneChangeOfTheSecretAndNotTwo() {
        Octets cookie = make();
        clock.pass(Duration.ofSeconds(121));
        assertThat(accepts(cookie)).isTrue();
        clock.pass(Duration.ofSeconds(121));
        assertThat(accepts(cookie)).isFalse();
    }

    @Test
    void isForgottenWhereNobodyAskedForLong() {
        Octets cookie = make();
        clock.pass(Duration.ofSeconds(241));
        assertThat(accepts(cookie)).isFalse();
    }

    /** Whoever collects cookies under one secret cannot use them under the one after the next. */
    @Test
    void noSecretComesBack() {
        Octets first = make();
        for (int i = 0; i < 300; i++) { // the generation is one octet
            clock.pass(Duration.ofSeconds(121));
            Octets next = make();
            assertThat(next).isNotEqualTo(first);
            assertThat(accepts(next)).isTrue();
            if (i > 0) {
                assertThat(accepts(first)).isFalse();
            }
        }
    }

    private Octets make() {
        return Octets.wrap(cookies.make(request(Octets.EMPTY, NONCE, 7), PEER));
    }

    private boolean accepts(Octets cookie) {
        return cookies.accepts(request(cookie, NONCE, 7), PEER);
    }

    private static InitGlance.Request request(Octets cookie, Octets nonce, long spi) {
        IkeHeader header = IkeHeader.of(spi, 0, ExchangeType.IKE_SA_INIT, true, false, 0);
        byte[] message = MessageWriter.write(
                new IkeMessage(header, List.of(NotifyPayload.of(NotifyType.COOKIE, cookie), new NoncePayload(nonce))));
        return (InitGlance.Request) InitGlance.at(message);
    }
}
