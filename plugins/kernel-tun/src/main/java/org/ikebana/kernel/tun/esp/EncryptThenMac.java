package org.ikebana.kernel.tun.esp;

import java.nio.ByteBuffer;

/**
 * A cipher and, over what it made, a separate integrity algorithm (RFC 4303 3.3.2.1, 3.4.4.1). The upper half of an
 * extended number is authenticated behind the text and not sent (2.2.1): it stands for a moment where the ICV does.
 */
final class EncryptThenMac implements Protection {
    private final TextCipher cipher;
    private final PacketMac mac;
    private final int icvLength;
    private final boolean extended;

    /** @param icvLength in octets, a multiple of 4 as all of them are */
    EncryptThenMac(TextCipher cipher, PacketMac mac, int icvLength, boolean extended) {
        this.cipher = cipher;
        this.mac = mac;
        this.icvLength = icvLength;
        this.extended = extended;
    }

    @Override
    public void protect(ByteBuffer memory, int at, int textLength, long sequence) {
        cipher.encrypt(memory, at + EspCipher.HEADER_LENGTH, textLength, sequence);
        int icvAt = icvAt(at, textLength);
        ByteBuffer code = code(memory, at, icvAt, sequence);
        for (int i = 0; i < icvLength; i += Integer.BYTES) {
            memory.putInt(icvAt + i, code.getInt(i));
        }
    }

    @Override
    public boolean unprotect(ByteBuffer memory, int at, int textLength, long sequence) {
        int icvAt = icvAt(at, textLength);
        int first = memory.getInt(icvAt);
        ByteBuffer code = code(memory, at, icvAt, sequence);
        memory.putInt(icvAt, first);
        int difference = 0;
        for (int i = 0; i < icvLength; i += Integer.BYTES) {
            difference |= memory.getInt(icvAt + i) ^ code.getInt(i);
        }
        if (difference != 0) {
            return false;
        }
        cipher.decrypt(memory, at + EspCipher.HEADER_LENGTH, textLength);
        return true;
    }

    @Override
    public void close() {
        cipher.close();
        mac.close();
    }

    private int icvAt(int at, int textLength) {
        return at + EspCipher.HEADER_LENGTH + cipher.ivLength() + textLength;
    }

    private ByteBuffer code(ByteBuffer memory, int at, int icvAt, long sequence) {
        if (!extended) {
            return mac.compute(memory, at, icvAt - at);
        }
        memory.putInt(icvAt, (int) (sequence >>> 32));
        return mac.compute(memory, at, icvAt - at + Integer.BYTES);
    }
}
