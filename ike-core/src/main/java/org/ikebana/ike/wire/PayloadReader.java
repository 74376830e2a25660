package org.ikebana.ike.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Reads a part of a message from its first octet to its last and never beyond. Integers are big-endian. */
final class PayloadReader {
    private static final VarHandle SHORT = MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private final byte[] message;
    private final int end;
    private int position;

    /** Reads {@code message[from, to)}. */
    PayloadReader(byte[] message, int from, int to) {
        this.message = message;
        this.position = from;
        this.end = to;
    }

    int remaining() {
        return end - position;
    }

    int octet() throws MalformedException {
        return message[advance(1)] & 0xff;
    }

    int twoOctets() throws MalformedException {
        return (short) SHORT.get(message, advance(2)) & 0xffff;
    }

    int fourOctets() throws MalformedException {
        return (int) INT.get(message, advance(4));
    }

    long eightOctets() throws MalformedException {
        return (long) LONG.get(message, advance(8));
    }

    void skip(int length) throws MalformedException {
        advance(length);
    }

    Octets octets(int length) throws MalformedException {
        int from = advance(length);
        return Octets.copyOf(message, from, from + length);
    }

    Octets rest() {
        int from = position;
        position = end;
        return Octets.copyOf(message, from, end);
    }

    /** A reader of the next {@code length} octets, which this one skips. */
    PayloadReader part(int length) throws MalformedException {
        int from = advance(length);
        return new PayloadReader(message, from, from + length);
    }

    /**
     * The first octet of a proposal or transform, zero in the last one (RFC 7296 3.3.1, 3.3.2).
     *
     * @param marker what it is in the others
     */
    boolean more(int marker) throws MalformedException {
        int value = octet();
        if (value != 0 && value != marker) {
            throw new MalformedException("neither 0 nor " + marker + " but " + value + " at octet " + (position - 1));
        }
        return value != 0;
    }

    /** A reader of what follows the reserved octet and the length that counts four octets before it, too. */
    PayloadReader substructure() throws MalformedException {
        skip(1);
        return part(twoOctets() - 4);
    }

    void requireEnd() throws MalformedException {
        if (position != end) {
            throw new MalformedException(remaining() + " octets left over at octet " + position);
        }
    }

    private int advance(int length) throws MalformedException {
        if (length < 0) {
            throw new MalformedException("a length that does not count itself before octet " + position);
        }
        if (length > end - position) {
            throw new MalformedException(
                    length + " octets wanted at octet " + position + ", " + remaining() + " are left");
        }
        int from = position;
        position += length;
        return from;
    }
}
