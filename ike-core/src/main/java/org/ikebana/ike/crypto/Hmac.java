package org.ikebana.ike.crypto;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import javax.crypto.Mac;
import javax.crypto.ShortBufferException;

/** HMAC (RFC 2104) of the platform, which computes the digests with the machine's own instructions. */
final class Hmac implements KeyedMac {
    private final Mac mac;

    private Hmac(Mac mac) {
        this.mac = mac;
    }

    /** @param jcaName {@code HmacSHA256} and the like */
    static MacAlgorithm named(String jcaName) {
        return key -> {
            try {
                Hmac hmac = new Hmac(Mac.getInstance(jcaName));
                hmac.initialize(key);
                return hmac;
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("The Java platform offers no usable " + jcaName, e);
            }
        };
    }

    @Override
    public void update(byte[] data, int from, int to) {
        mac.update(data, from, to - from);
    }

    @Override
    public void finish(byte[] target, int offset) {
        try {
            mac.doFinal(target, offset);
        } catch (ShortBufferException e) {
            throw new IllegalArgumentException("No room for the " + mac.getMacLength() + " octets of a MAC", e);
        }
    }

    @Override
    public void close() {
        try {
            initialize(new byte[0]); // overwrites the padded keys
        } catch (InvalidKeyException e) {
            throw new IllegalStateException(e);
        }
    }

    private void initialize(byte[] key) throws InvalidKeyException {
        // The platform refuses empty keys. HMAC fills keys up with zeros, so one zero is the same key.
        try (Secret copy = Secret.copyOf(key.length == 0 ? new byte[1] : key)) {
            mac.init(new RawKey("HMAC", copy));
        }
    }
}
