package org.ikebana.kernel.tun.esp;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.ikebana.ike.crypto.Secret;

/**
 * The nonce and the associated data of an AEAD's packets, in native memory that is used again: salt and IV (RFC 4106 4,
 * RFC 4309 4, RFC 7634 2), and SPI with the number as far as the SA uses it (RFC 4106 5).
 */
final class EspNonce {
    private static final ValueLayout.OfInt INT = ValueLayout.JAVA_INT.withOrder(ByteOrder.BIG_ENDIAN);
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG.withOrder(ByteOrder.BIG_ENDIAN);
    private static final int IV = 8;
    private static final int SPI = 16;
    private static final int HIGH = 20;
    private static final int LOW = 24;
    private static final int ROOM = 32;

    private final MemorySegment memory;
    private final int saltLength;
    private final boolean extended;

    /** @param salt up to 8 octets; taken over */
    EspNonce(SecretMemory memory, Secret salt, boolean extended) {
        this.memory = memory.allocate(ROOM);
        this.saltLength = salt.length();
        this.extended = extended;
        MemorySegment.copy(salt.bytes(), 0, this.memory, ValueLayout.JAVA_BYTE, IV - saltLength, saltLength);
        salt.close();
    }

    /** The address of the nonce of the packet, whose IV stands. */
    long of(ByteBuffer packets, int at) {
        memory.set(LONG, IV, packets.getLong(at + EspCipher.HEADER_LENGTH));
        return memory.address() + IV - saltLength;
    }

    /**
     * The address of the associated data.
     *
     * @param packet the packet's own address: without extended numbers its header is all
     */
    long associated(ByteBuffer packets, int at, long packet, long sequence) {
        if (!extended) {
            return packet;
        }
        memory.set(INT, SPI, packets.getInt(at));
        memory.set(INT, HIGH, (int) (sequence >>> 32));
        memory.set(INT, LOW, (int) sequence);
        return memory.address() + SPI;
    }

    int associatedLength() {
        return extended ? EspCipher.HEADER_LENGTH + Integer.BYTES : EspCipher.HEADER_LENGTH;
    }
}
