package org.ikebana.kernel.tun.esp;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import org.ikebana.ike.crypto.RawKey;
import org.ikebana.ike.crypto.Secret;

/** HMAC (RFC 2403, RFC 2404, RFC 4868) of the Java platform. */
final class PlatformHmac implements PacketMac {
    private final Mac mac;
    private final ByteBuffer code;

    /** @param key copied */
    PlatformHmac(String algorithm, Secret key) {
        try {
            this.mac = Mac.getInstance(algorithm);
            this.code = ByteBuffer.allocate(mac.getMacLength());
            initialize(key);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java runtime is not complete: it offers no usable " + algorithm, e);
        }
    }

    @Override
    public ByteBuffer compute(ByteBuffer memory, int at, int length) {
        try {
            mac.update(memory.slice(at, length));
            mac.doFinal(code.array(), 0);
            return code;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(mac.getAlgorithm() + " fails", e);
        }
    }

    @Override
    public void close() {
        try (Secret nothing = Secret.wrap(new byte[1])) {
            initialize(nothing); // overwrites the padded keys
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        Arrays.fill(code.array(), (byte) 0);
    }

    private void initialize(Secret key) throws GeneralSecurityException {
        try (Secret copy = key.copy()) {
            mac.init(new RawKey("HMAC", copy));
        }
    }
}
