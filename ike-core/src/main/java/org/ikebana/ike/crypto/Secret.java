package org.ikebana.ike.crypto;

import java.security.MessageDigest;
import java.util.Arrays;

/**
 * Key material: wiped on {@link #close()}, compared in constant time, never printed. Not thread-safe; it belongs to
 * the SA that made it.
 */
public final class Secret implements AutoCloseable {
    /** Without an octet, such as the integrity key beside an AEAD. Shared: there is nothing to wipe. */
    public static final Secret EMPTY = new Secret(new byte[0]);

    private final byte[] bytes;
    private boolean wiped;

    private Secret(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Takes the array over: it is wiped with this secret. */
    public static Secret wrap(byte[] bytes) {
        return new Secret(bytes);
    }

    public static Secret copyOf(byte[] bytes) {
        return new Secret(bytes.clone());
    }

    /** The live octets, not a copy; not to be kept or changed. */
    public byte[] bytes() {
        if (wiped) {
            throw new IllegalStateException("This secret has been wiped");
        }
        return bytes;
    }

    public int length() {
        return bytes.length;
    }

    /** A secret of its own with octets {@code from} (inclusive) to {@code to} (exclusive). */
    public Secret slice(int from, int to) {
        return from == to ? EMPTY : new Secret(Arrays.copyOfRange(bytes(), from, to));
    }

    public Secret copy() {
        return copyOf(bytes());
    }

    @Override
    public void close() {
        Arrays.fill(bytes, (byte) 0);
        wiped = bytes.length > 0;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret that && MessageDigest.isEqual(bytes, that.bytes);
    }

    /** Of the length alone, so that nothing of the octets shows. */
    @Override
    public int hashCode() {
        return bytes.length;
    }

    @Override
    public String toString() {
        return "Secret(" + bytes.length + " octets)";
    }
}
