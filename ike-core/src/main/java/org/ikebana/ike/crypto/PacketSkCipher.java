package org.ikebana.ike.crypto;

import java.security.SecureRandom;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The layout of a body, the same for all ciphers: IV, payloads, padding, pad length, check value (RFC 7296 3.14). */
final class PacketSkCipher implements SkCipher {
    private final PacketCipher cipher;
    private final IvSource ivSource;
    private final int ivLength;
    private final int blockLength;
    private final int icvLength;
    private boolean closed;

    PacketSkCipher(PacketCipher cipher, IvSource ivSource, int ivLength, int blockLength, int icvLength) {
        this.cipher = cipher;
        this.ivSource = ivSource;
        this.ivLength = ivLength;
        this.blockLength = blockLength;
        this.icvLength = icvLength;
    }

    @Override
    public int bodyLength(int plainLength) {
        return ivLength + paddedLength(plainLength) + icvLength;
    }

    @Override
    public void seal(byte[] message, int bodyOffset, byte[] plain, SecureRandom random) {
        if (message.length != bodyOffset + bodyLength(plain.length)) {
            throw new IllegalArgumentException("A body of " + bodyLength(plain.length) + " octets at " + bodyOffset
                    + " does not end a message of " + message.length);
        }
        int textOffset = bodyOffset + ivLength;
        int padLengthOffset = message.length - icvLength - 1;
        int padLength = padLengthOffset - textOffset - plain.length;
        ivSource.next(message, bodyOffset, textOffset, random);
        System.arraycopy(plain, 0, message, textOffset, plain.length);
        Arrays.fill(message, padLengthOffset - padLength, padLengthOffset, (byte) 0);
        message[padLengthOffset] = (byte) padLength;
        sealInPlace(message, bodyOffset);
    }

    /** Seals a body whose IV, padding and pad length stand in their places already. */
    void sealInPlace(byte[] message, int bodyOffset) {
        requireOpen();
        cipher.encrypt(message, bodyOffset, bodyOffset + ivLength, message.length - icvLength);
    }

    @Override
    public byte @Nullable [] open(byte[] message, int bodyOffset) {
        requireOpen();
        int from = bodyOffset + ivLength;
        int to = message.length - icvLength;
        if (to - from < blockLength || (to - from) % blockLength != 0) {
            return null;
        }
        byte[] text = cipher.decrypt(message, bodyOffset, from, to);
        return text == null ? null : withoutPadding(text);
    }

    @Override
    public void close() {
        closed = true;
        cipher.close();
    }

    /** Or a wiped key, all zeros, might be used. */
    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("This cipher has been closed and its key wiped");
        }
    }

    /** At least the pad length is added to the payloads. */
    private int paddedLength(int plainLength) {
        return Math.ceilDiv(plainLength + 1, blockLength) * blockLength;
    }

    /** Padding may have any length and content (RFC 7296 3.14). */
    private static byte @Nullable [] withoutPadding(byte[] text) {
        int plainLength = text.length - 1 - (text[text.length - 1] & 0xff);
        return plainLength < 0 ? null : Arrays.copyOf(text, plainLength);
    }
}
