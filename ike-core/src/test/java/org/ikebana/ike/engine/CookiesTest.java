package org.ikebana.ike.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.ikebana.ike.crypto.CryptoRegistry;
import org.ikebana.ike.environment.Environment;
import org.ikebana.ike.environment.Fetch;
import org.ikebana.ike.environment.Fetched;
import org.ikebana.ike.environment.Timer;
import org.ikebana.ike.event.IkeEvent;
import org.ikebana.ike.kernel.Datagram;
import org.ikebana.ike.kernel.KernelBackend;
import org.ikebana.ike.wire.Octets;
import org.ikebana.ike.wire.PrfId;
import org.junit.jupiter.api.Test;

/** RFC 7296 2.6: a cookie is good for the nonce, address and SPI it was made for, and for a while. */
class CookiesTest {
    private static final Octets NONCE = Octets.ofHex("00112233445566778899aabbccddeeff");
    private static final InetSocketAddress PEER = new InetSocketAddress(InetAddress.ofLiteral("192.0.2.1"), 500);

    private final Clock clock = new Clock();
    private final Cookies cookies = new Cookies(
            clock, CryptoRegistry.standard().prf(PrfId.HMAC_SHA2_256).orElseThrow());

    @Test
    void fitsWhatItWasMadeFor() {
        Octets cookie = cookies.make(NONCE, PEER, 7);
        assertThat(cookie.length()).isBetween(1, 64);
        assertThat(cookies.accepts(cookie, NONCE, PEER, 7)).isTrue();
        assertThat(cookies.accepts(cookie, NONCE, PEER, 8)).isFalse();
        assertThat(cookies.accepts(cookie, Octets.ofLong(1), PEER, 7)).isFalse();
        InetSocketAddress other = new InetSocketAddress(InetAddress.ofLiteral("192.0.2.2"), 500);
        assertThat(cookies.accepts(cookie, NONCE, other, 7)).isFalse();
        assertThat(cookies.accepts(Octets.EMPTY, NONCE, PEER, 7)).isFalse();
    }

    @Test
    void outlivesOneChangeOfTheSecretAndNotTwo() {
        Octets cookie = cookies.make(NONCE, PEER, 7);
        clock.pass(Duration.ofSeconds(121));
        assertThat(cookies.accepts(cookie, NONCE, PEER, 7)).isTrue();
        clock.pass(Duration.ofSeconds(121));
        assertThat(cookies.accepts(cookie, NONCE, PEER, 7)).isFalse();
    }

    @Test
    void isForgottenWhereNobodyAskedForLong() {
        Octets cookie = cookies.make(NONCE, PEER, 7);
        clock.pass(Duration.ofSeconds(241));
        assertThat(cookies.accepts(cookie, NONCE, PEER, 7)).isFalse();
    }

    /** Whoever collects cookies under one secret cannot use them under the one after the next. */
    @Test
    void noSecretComesBack() {
        Octets first = cookies.make(NONCE, PEER, 7);
        for (int i = 0; i < 300; i++) { // the generation is one octet
            clock.pass(Duration.ofSeconds(121));
            Octets next = cookies.make(NONCE, PEER, 7);
            assertThat(next).isNotEqualTo(first);
            assertThat(cookies.accepts(next, NONCE, PEER, 7)).isTrue();
            if (i > 0) {
                assertThat(cookies.accepts(first, NONCE, PEER, 7)).isFalse();
            }
        }
    }

    /** Time and chance are all that cookies ask of the outside. */
    private static final class Clock implements Environment {
        private final SecureRandom random = new SecureRandom();
        private long now;

        void pass(Duration duration) {
            now += duration.toNanos();
        }

        @Override
        public long nanoTime() {
            return now;
        }

        @Override
        public Instant now() {
            return Instant.EPOCH.plusNanos(now);
        }

        @Override
        public SecureRandom random() {
            return random;
        }

        @Override
        public List<InetAddress> localAddresses() {
            throw new AssertionError("not asked for");
        }

        @Override
        public Timer after(Duration delay, Runnable action) {
            throw new AssertionError("not asked for");
        }

        @Override
        public void send(Datagram datagram) {
            throw new AssertionError("not asked for");
        }

        @Override
        public void sendNatKeepalive(InetSocketAddress local, InetSocketAddress remote) {
            throw new AssertionError("not asked for");
        }

        @Override
        public InetAddress localAddressFor(InetAddress remote) {
            throw new AssertionError("not asked for");
        }

        @Override
        public void resolve(String host, Consumer<List<InetAddress>> result) {
            throw new AssertionError("not asked for");
        }

        @Override
        public <T> void fetch(Fetch what, Function<Fetched, T> reader, Consumer<T> result) {
            throw new AssertionError("not asked for");
        }

        @Override
        public <T> Optional<Timer> outside(String place, Supplier<T> job, Consumer<T> result) {
            throw new AssertionError("not asked for");
        }

        @Override
        public KernelBackend kernel() {
            throw new AssertionError("not asked for");
        }

        @Override
        public void emit(IkeEvent event) {
            throw new AssertionError("not asked for");
        }
    }
}
