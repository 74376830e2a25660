package org.ikebana.kernel.tun.esp;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.ikebana.ike.crypto.Secret;

/**
 * An AEAD of Java on ESP packets (RFC 4106, RFC 4309, RFC 4543, RFC 7634): the nonce is salt and IV, the IV the sequence
 * number, which no key sees twice.
 */
final class PortableAead implements Protection {
    private static final int IV_LENGTH = 8;

    private final HeapAead aead;
    private final Secret salt;
    private final int icvLength;
    private final boolean textInClear;
    private final boolean extended;
    private byte[] associated = new byte[0];
    private byte[] input = new byte[0];
    private byte[] output = new byte[0];

    /**
     * @param salt taken over
     * @param textInClear IV and text are authenticated, not encrypted: AES-GMAC, which authenticates the IV although
     *     RFC 4543 7 says otherwise: the author's draft-mcgrew-gcm-test-01 corrects it, and Linux does as that says
     */
    PortableAead(HeapAead aead, Secret salt, int icvLength, boolean textInClear, boolean extended) {
        this.aead = aead;
        this.salt = salt;
        this.icvLength = icvLength;
        this.textInClear = textInClear;
        this.extended = extended;
    }

    @Override
    public void protect(ByteBuffer memory, int at, int textLength, long sequence) {
        int ivAt = at + EspCipher.HEADER_LENGTH;
        memory.putLong(ivAt, sequence);
        int associatedLength = associate(memory, at, textLength, sequence);
        int secretLength = textInClear ? 0 : textLength;
        int secretAt = ivAt + IV_LENGTH + textLength - secretLength;
        memory.get(secretAt, input, 0, secretLength);
        int written =
                aead.process(true, nonce(memory, ivAt), associated, associatedLength, input, secretLength, output);
        memory.put(secretAt, output, 0, written);
    }

    @Override
    public boolean unprotect(ByteBuffer memory, int at, int textLength, long sequence) {
        int ivAt = at + EspCipher.HEADER_LENGTH;
        int associatedLength = associate(memory, at, textLength, sequence);
        int secretLength = textInClear ? 0 : textLength;
        int secretAt = ivAt + IV_LENGTH + textLength - secretLength;
        int length = secretLength + icvLength;
        memory.get(secretAt, input, 0, length);
        int written = aead.process(false, nonce(memory, ivAt), associated, associatedLength, input, length, output);
        if (written == HeapAead.REFUSED) {
            return false;
        }
        memory.put(secretAt, output, 0, written);
        return true;
    }

    @Override
    public void close() {
        aead.close();
        salt.close();
        Arrays.fill(input, (byte) 0);
        Arrays.fill(output, (byte) 0);
        Arrays.fill(associated, (byte) 0);
    }

    private byte[] nonce(ByteBuffer memory, int ivAt) {
        byte[] nonce = Arrays.copyOf(salt.bytes(), salt.length() + IV_LENGTH);
        memory.get(ivAt, nonce, salt.length(), IV_LENGTH);
        return nonce;
    }

    /**
     * SPI and all of the number that the SA uses (RFC 4106 5); behind them, where the text is in clear, IV and text.
     *
     * @return how many octets are associated
     */
    private int associate(ByteBuffer memory, int at, int textLength, long sequence) {
        makeRoom(textLength);
        ByteBuffer header = ByteBuffer.wrap(associated).putInt(memory.getInt(at));
        if (extended) {
            header.putInt((int) (sequence >>> 32));
        }
        header.putInt((int) sequence);
        if (!textInClear) {
            return header.position();
        }
        int length = IV_LENGTH + textLength;
        memory.get(at + EspCipher.HEADER_LENGTH, associated, header.position(), length);
        return header.position() + length;
    }

    private void makeRoom(int textLength) {
        int length = textLength + icvLength;
        if (input.length < length) {
            input = new byte[length];
            output = new byte[length];
            associated = new byte[EspCipher.HEADER_LENGTH + Integer.BYTES + IV_LENGTH + textLength];
        }
    }
}
