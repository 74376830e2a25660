package org.ikebana.ike.crypto;

/**
 * What nobody but ourselves has to recompute: HMAC-SHA-256 under one key, which is set up once for many texts. Of one thread.
 * Closing wipes the key.
 */
public final class OwnMac implements AutoCloseable {
    public static final int LENGTH = 32;

    private final KeyedMac mac;

    /** @param key copied */
    public OwnMac(byte[] key) {
        this.mac = Hmac.named("HmacSHA256").withKey(key);
    }

    public void update(byte[] data, int from, int to) {
        mac.update(data, from, to);
    }

    /** Writes the code of what came since the last one to {@code target}, and starts anew. */
    public void finish(byte[] target) {
        mac.finish(target, 0);
    }

    @Override
    public void close() {
        mac.close();
    }
}
