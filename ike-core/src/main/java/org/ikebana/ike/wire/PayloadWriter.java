package org.ikebana.ike.wire;

import java.util.Arrays;

/**
 * Collects the octets of a message. Lengths are put in when what they count is complete. Integers are big-endian. Only
 * {@link MessageWriter} makes one.
 */
public final class PayloadWriter {
    private byte[] octets;
    private int position;

    /** @param capacity how many octets there may be without a copy */
    PayloadWriter(int capacity) {
        octets = new byte[capacity];
    }

    int position() {
        return position;
    }

    void octet(int value) {
        reserve(1);
        octets[position++] = (byte) value;
    }

    void twoOctets(int value) {
        reserve(2);
        putTwo(position, value);
        position += 2;
    }

    void fourOctets(int value) {
        twoOctets(value >>> 16);
        twoOctets(value);
    }

    void eightOctets(long value) {
        fourOctets((int) (value >>> 32));
        fourOctets((int) value);
    }

    void octets(Octets value) {
        reserve(value.length());
        value.copyTo(octets, position);
        position += value.length();
    }

    void zeros(int length) {
        reserve(length);
        position += length;
    }

    /** The four octets a proposal or transform begins with; the length is put in later. */
    void substructure(int marker) {
        octet(marker);
        octet(0);
        twoOctets(0);
    }

    /** Puts the octets since {@code start} as a two-octet length at {@code at}. */
    void putLengthSince(int start, int at) {
        int length = position - start;
        Bounds.twoOctets(length, "length");
        putTwo(at, length);
    }

    /** Puts the octets since {@code start} as a four-octet length at {@code at}. */
    void putLongLengthSince(int start, int at) {
        int length = position - start;
        putTwo(at, length >>> 16);
        putTwo(at + 2, length);
    }

    /** What was written; the writer is not used any more. */
    byte[] toByteArray() {
        return position == octets.length ? octets : Arrays.copyOf(octets, position);
    }

    private void putTwo(int at, int value) {
        octets[at] = (byte) (value >> 8);
        octets[at + 1] = (byte) value;
    }

    private void reserve(int length) {
        if (length > octets.length - position) {
            octets = Arrays.copyOf(octets, Math.max(octets.length * 2, position + length));
        }
    }
}
