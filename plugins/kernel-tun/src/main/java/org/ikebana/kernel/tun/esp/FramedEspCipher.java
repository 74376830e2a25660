package org.ikebana.kernel.tun.esp;

import java.lang.ref.Reference;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;

/** Header and trailer of RFC 4303 2 around what a {@link Protection} does. */
final class FramedEspCipher implements EspCipher {
    private static final int TRAILER_LENGTH = 2;
    private static final int MALFORMED = -1;
    private static final int MAX_PAYLOAD = 0xffff;

    private final Protection protection;
    private final int ivLength;
    private final int icvLength;
    private final int blockLength;
    private boolean closed;

    /** @param blockLength of the cipher, 1 where it has none; all lengths in octets */
    FramedEspCipher(Protection protection, int ivLength, int icvLength, int blockLength) {
        this.protection = protection;
        this.ivLength = ivLength;
        this.icvLength = icvLength;
        this.blockLength = blockLength;
    }

    @Override
    public int ivLength() {
        return ivLength;
    }

    @Override
    public int icvLength() {
        return icvLength;
    }

    @Override
    public int alignment() {
        return Math.max(blockLength, 4);
    }

    @Override
    public int seal(ByteBuffer memory, int at, int spi, long sequence, int payloadLength, int nextHeader) {
        if (payloadLength < 0 || payloadLength > MAX_PAYLOAD) {
            throw new IllegalArgumentException("A payload of " + payloadLength + " octets");
        }
        int length = sealedLength(payloadLength);
        requireUsable(memory, at, length);
        memory.putInt(at, spi);
        memory.putInt(at + Integer.BYTES, (int) sequence);
        int textAt = at + payloadOffset();
        int textLength = length - payloadOffset() - icvLength;
        int padLength = textLength - TRAILER_LENGTH - payloadLength;
        for (int i = 1; i <= padLength; i++) {
            memory.put(textAt + payloadLength + i - 1, (byte) i);
        }
        memory.put(textAt + textLength - 2, (byte) padLength);
        memory.put(textAt + textLength - 1, (byte) nextHeader);
        try {
            protection.protect(memory, at, textLength, sequence);
        } finally {
            keepReachable(memory);
        }
        return length;
    }

    /**
     * Text that does not end on a boundary of 4 octets is taken from ciphers that can do so: it is genuine, and some
     * peer's mistake of format does no harm.
     */
    @Override
    public int open(ByteBuffer memory, int at, int length, long sequence) {
        int textLength = length - payloadOffset() - icvLength;
        if (textLength < TRAILER_LENGTH || textLength % blockLength != 0) {
            requireOpen();
            return MALFORMED;
        }
        requireUsable(memory, at, length);
        if (memory.getInt(at + Integer.BYTES) != (int) sequence) {
            return MALFORMED;
        }
        try {
            return protection.unprotect(memory, at, textLength, sequence)
                    ? withoutTrailer(memory, at + payloadOffset(), textLength)
                    : MALFORMED;
        } finally {
            keepReachable(memory);
        }
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            protection.close();
        }
    }

    /** The padding must be 1, 2, 3, … (RFC 4303 2.4). */
    private static int withoutTrailer(ByteBuffer memory, int textAt, int textLength) {
        int padLength = memory.get(textAt + textLength - 2) & 0xff;
        int nextHeader = memory.get(textAt + textLength - 1) & 0xff;
        int payloadLength = textLength - TRAILER_LENGTH - padLength;
        if (payloadLength < 0 || payloadLength > MAX_PAYLOAD) {
            return MALFORMED;
        }
        int padding = textAt + payloadLength - 1;
        for (int i = 1; i <= padLength; i++) {
            if (memory.get(padding + i) != (byte) i) {
                return MALFORMED;
            }
        }
        return nextHeader << 16 | payloadLength;
    }

    /** What lies behind the interfaces works on addresses: nothing else would keep it inside the memory. */
    private void requireUsable(ByteBuffer memory, int at, int length) {
        requireOpen();
        if (!memory.isDirect() || memory.isReadOnly() || memory.order() != ByteOrder.BIG_ENDIAN) {
            throw new IllegalArgumentException("Packets lie in writable, direct, big-endian memory");
        }
        Objects.checkFromIndexSize(at, length, memory.limit());
    }

    /** Native code works on the addresses of the packet's memory and of the cipher's own. */
    private void keepReachable(ByteBuffer memory) {
        Reference.reachabilityFence(memory);
        Reference.reachabilityFence(this);
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("This ESP cipher has been closed");
        }
    }
}
