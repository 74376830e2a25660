package org.ikebana.ike.wire;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * An immutable string of octets with value equality, which records of payloads are made of. Not for secrets: it can
 * be neither wiped nor compared in constant time.
 */
public final class Octets implements Comparable<Octets> {
    public static final Octets EMPTY = new Octets(new byte[0]);

    private final byte[] bytes;

    private Octets(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Takes the array over; the caller must not change it any more. */
    public static Octets wrap(byte[] bytes) {
        return bytes.length == 0 ? EMPTY : new Octets(bytes);
    }

    public static Octets copyOf(byte... bytes) {
        return wrap(bytes.clone());
    }

    /** A copy of {@code bytes[from, to)}. */
    public static Octets copyOf(byte[] bytes, int from, int to) {
        return wrap(Arrays.copyOfRange(bytes, from, to));
    }

    public static Octets ofHex(CharSequence hex) {
        return wrap(HexFormat.of().parseHex(hex));
    }

    /** Four octets, most significant first. */
    public static Octets ofInt(int value) {
        return wrap(ByteBuffer.allocate(4).putInt(value).array());
    }

    /** Eight octets, most significant first. */
    public static Octets ofLong(long value) {
        return wrap(ByteBuffer.allocate(8).putLong(value).array());
    }

    public int length() {
        return bytes.length;
    }

    public boolean isEmpty() {
        return bytes.length == 0;
    }

    /** The octet at {@code index}, 0 to 255. */
    public int at(int index) {
        return bytes[index] & 0xff;
    }

    /** The first four octets, most significant first. */
    public int toInt() {
        return ByteBuffer.wrap(bytes).getInt();
    }

    /** The first eight octets, most significant first. */
    public long toLong() {
        return ByteBuffer.wrap(bytes).getLong();
    }

    public Octets slice(int from, int to) {
        return copyOf(bytes, from, to);
    }

    public byte[] toByteArray() {
        return bytes.clone();
    }

    /** Puts the octets into {@code target}, from {@code at} on. */
    public void copyTo(byte[] target, int at) {
        System.arraycopy(bytes, 0, target, at, bytes.length);
    }

    public void writeTo(ByteBuffer target) {
        target.put(bytes);
    }

    /** Read-only; shares the octets. */
    public ByteBuffer asByteBuffer() {
        return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
    }

    /** As numbers without sign, octet by octet; a string comes before those that it begins. */
    @Override
    public int compareTo(Octets other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Octets that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** Lower-case hexadecimal. */
    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes);
    }
}
