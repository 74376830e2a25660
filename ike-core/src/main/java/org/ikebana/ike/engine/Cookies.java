package org.ikebana.ike.engine;

import java.net.InetAddress;
import org.ikebana.ike.crypto.OwnMac;
import org.ikebana.ike.wire.InitGlance;

/**
 * Stateless cookies (RFC 7296 2.6): {@code generation | MAC(secret, Ni | IPi | SPIi)}. One thread uses it; all that share the
 * secrets take one another's cookies.
 */
final class Cookies {
    private static final int MAC_LENGTH = 16;
    private static final int LENGTH = 1 + MAC_LENGTH;

    private final CookieSecrets secrets;
    private final byte[] code = new byte[OwnMac.LENGTH];
    private CookieSecrets.Pair pair;
    private OwnMac current;
    private OwnMac previous;

    Cookies(CookieSecrets secrets) {
        this.secrets = secrets;
        this.pair = secrets.now();
        this.current = new OwnMac(pair.current());
        this.previous = new OwnMac(pair.previous());
    }

    byte[] make(InitGlance.Request request, InetAddress initiator) {
        renew();
        byte[] cookie = new byte[LENGTH];
        cookie[0] = (byte) pair.generation();
        compute(current, request, initiator);
        System.arraycopy(code, 0, cookie, 1, MAC_LENGTH);
        return cookie;
    }

    /** Whether it shows one that we have made for it. */
    boolean accepts(InitGlance.Request request, InetAddress initiator) {
        renew();
        if (request.cookieTo() - request.cookieFrom() != LENGTH) {
            return false;
        }
        byte[] datagram = request.datagram();
        int from = request.cookieFrom();
        int generation = datagram[from] & 0xff;
        if (generation != (pair.generation() & 0xff) && generation != (pair.generation() - 1 & 0xff)) {
            return false;
        }
        compute(generation == (pair.generation() & 0xff) ? current : previous, request, initiator);
        int difference = 0; // in constant time
        for (int i = 0; i < MAC_LENGTH; i++) {
            difference |= code[i] ^ datagram[from + 1 + i];
        }
        return difference == 0;
    }

    private void compute(OwnMac mac, InitGlance.Request request, InetAddress initiator) {
        byte[] address = initiator.getAddress();
        mac.update(request.datagram(), request.nonceFrom(), request.nonceTo());
        mac.update(address, 0, address.length);
        mac.update(request.datagram(), 0, Long.BYTES); // the header begins with SPIi
        mac.finish(code);
    }

    private void renew() {
        CookieSecrets.Pair now = secrets.now();
        if (now != pair) {
            current.close();
            previous.close();
            pair = now;
            current = new OwnMac(pair.current());
            previous = new OwnMac(pair.previous());
        }
    }
}
