package org.ikebana.kernel.tun.esp;

import java.nio.ByteBuffer;

/**
 * Seals and opens the packets of one SA in place (RFC 4303). Of one thread; closing wipes the keys. What lies in memory, from
 * {@code at} on:
 *
 * <pre>
 * SPI (4)  sequence number (4)  IV ({@link #ivLength})  payload  padding  pad length (1)  next header (1)  ICV ({@link #icvLength})
 * </pre>
 */
public interface EspCipher extends AutoCloseable {
    /** SPI and sequence number, in octets. */
    int HEADER_LENGTH = 8;

    int ivLength();

    int icvLength();

    /** Payload, padding and the two octets of the trailer are a multiple of this: 4 at least (RFC 4303 2.4). */
    int alignment();

    /** How long a packet with so many octets of payload becomes. */
    default int sealedLength(int payloadLength) {
        int text = payloadLength + 2 + alignment() - 1;
        return HEADER_LENGTH + ivLength() + (text - text % alignment()) + icvLength();
    }

    /** The most octets that a packet of that length can have as payload. */
    default int payloadRoom(int sealedLength) {
        int text = sealedLength - HEADER_LENGTH - ivLength() - icvLength();
        return text - text % alignment() - 2;
    }

    /** Where the payload stands, from the start of the packet. */
    default int payloadOffset() {
        return HEADER_LENGTH + ivLength();
    }

    /**
     * Writes SPI, sequence number, IV, padding (1, 2, 3, … by RFC 4303 2.4), trailer and ICV around a payload that stands
     * in its place, and encrypts.
     *
     * @param memory direct, big endian
     * @param sequence all 64 bits; the upper half is authenticated, not sent, where the SA has extended numbers. Never
     *     the same twice: IVs come from it
     * @return the packet's length, {@link #sealedLength}
     */
    int seal(ByteBuffer memory, int at, int spi, long sequence, int payloadLength, int nextHeader);

    /**
     * Checks the ICV in constant time and decrypts in place.
     *
     * @param length of the packet, at most what the memory holds
     * @param sequence all 64 bits, the lower half being the packet's own
     * @return the next header in the upper 16 bits and the payload's length in the lower 16, or -1 if the packet is not
     *     genuine or malformed
     */
    int open(ByteBuffer memory, int at, int length, long sequence);

    @Override
    void close();
}
