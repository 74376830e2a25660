package org.ikebana.ike.engine;

import java.net.InetSocketAddress;
import java.security.MessageDigest;
import java.time.Duration;
import org.ikebana.ike.crypto.Prf;
import org.ikebana.ike.environment.Environment;
import org.ikebana.ike.wire.Octets;

/**
 * Stateless cookies (RFC 7296 2.6): {@code generation | prf(secret, Ni | IPi | SPIi)}. The secret changes with time;
 * the one before it is good for cookies that are still on their way.
 */
final class Cookies {
    private static final Duration LIFETIME = Duration.ofMinutes(2);
    private static final int MAC_LENGTH = 16;

    private final Environment environment;
    private final Prf prf;
    private byte[] secret;
    private byte[] previous;
    private int generation;
    private long madeAt;

    Cookies(Environment environment, Prf prf) {
        this.environment = environment;
        this.prf = prf;
        this.secret = freshSecret();
        this.previous = freshSecret();
        this.madeAt = environment.nanoTime();
    }

    Octets make(Octets ni, InetSocketAddress initiator, long initiatorSpi) {
        renew();
        return cookie(generation, secret, ni, initiator, initiatorSpi);
    }

    boolean accepts(Octets cookie, Octets ni, InetSocketAddress initiator, long initiatorSpi) {
        renew();
        if (cookie.length() != 1 + MAC_LENGTH) {
            return false;
        }
        boolean current = cookie.at(0) == (generation & 0xff);
        Octets expected = current
                ? cookie(generation, secret, ni, initiator, initiatorSpi)
                : cookie(generation - 1, previous, ni, initiator, initiatorSpi);
        return MessageDigest.isEqual(expected.toByteArray(), cookie.toByteArray());
    }

    private void renew() {
        long age = environment.nanoTime() - madeAt;
        if (age > LIFETIME.toNanos()) {
            previous = age > 2 * LIFETIME.toNanos() ? freshSecret() : secret; // nobody may have asked for long
            secret = freshSecret();
            generation++;
            madeAt = environment.nanoTime();
        }
    }

    private Octets cookie(int number, byte[] key, Octets ni, InetSocketAddress initiator, long initiatorSpi) {
        byte[] mac = prf.compute(
                key,
                ni.toByteArray(),
                initiator.getAddress().getAddress(),
                Octets.ofLong(initiatorSpi).toByteArray());
        byte[] cookie = new byte[1 + MAC_LENGTH];
        cookie[0] = (byte) number;
        System.arraycopy(mac, 0, cookie, 1, MAC_LENGTH);
        return Octets.wrap(cookie);
    }

    private byte[] freshSecret() {
        byte[] fresh = new byte[32];
        environment.random().nextBytes(fresh);
        return fresh;
    }
}
