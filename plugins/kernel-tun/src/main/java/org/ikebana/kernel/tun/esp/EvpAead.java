package org.ikebana.kernel.tun.esp;

import java.nio.ByteBuffer;
import org.ikebana.ike.crypto.Secret;
import org.ikebana.kernel.linux.BufferAddresses;

/** AES-GCM (RFC 4106), ChaCha20-Poly1305 (RFC 7634) and AES-GMAC (RFC 4543) of libcrypto, in place. */
final class EvpAead implements Protection {
    private static final int IV_LENGTH = 8;
    private static final int TEXT = EspCipher.HEADER_LENGTH + IV_LENGTH;

    private final EvpCipher sealing;
    private final EvpCipher opening;
    private final SecretMemory memory = new SecretMemory();
    private final BufferAddresses addresses = new BufferAddresses();
    private final EspNonce nonce;
    private final int icvLength;
    private final boolean textInClear;

    /**
     * Takes ciphers and salt over.
     *
     * @param textInClear IV and text are authenticated, not encrypted: AES-GMAC, which authenticates the IV although
     *     RFC 4543 7 says otherwise: the author's draft-mcgrew-gcm-test-01 corrects it, and Linux does as that says
     */
    EvpAead(EvpCipher sealing, EvpCipher opening, Secret salt, int icvLength, boolean textInClear, boolean extended) {
        this.sealing = sealing;
        this.opening = opening;
        this.nonce = new EspNonce(memory, salt, extended);
        this.icvLength = icvLength;
        this.textInClear = textInClear;
    }

    @Override
    public void protect(ByteBuffer packets, int at, int textLength, long sequence) {
        packets.putLong(at + EspCipher.HEADER_LENGTH, sequence);
        long packet = addresses.of(packets) + at;
        process(sealing, packets, at, packet, textLength, sequence);
        if (!sealing.finish()) {
            throw new IllegalStateException("libcrypto fails to seal a packet");
        }
        sealing.writeIcv(packet + TEXT + textLength, icvLength);
    }

    @Override
    public boolean unprotect(ByteBuffer packets, int at, int textLength, long sequence) {
        long packet = addresses.of(packets) + at;
        process(opening, packets, at, packet, textLength, sequence);
        opening.expectIcv(packet + TEXT + textLength, icvLength);
        return opening.finish();
    }

    @Override
    public void close() {
        sealing.close();
        opening.close();
        memory.close();
    }

    private void process(EvpCipher cipher, ByteBuffer packets, int at, long packet, int textLength, long sequence) {
        cipher.begin(nonce.of(packets, at));
        cipher.associate(nonce.associated(packets, at, packet, sequence), nonce.associatedLength());
        if (textInClear) {
            cipher.associate(packet + EspCipher.HEADER_LENGTH, IV_LENGTH + textLength);
        } else {
            cipher.process(packet + TEXT, textLength);
        }
    }
}
