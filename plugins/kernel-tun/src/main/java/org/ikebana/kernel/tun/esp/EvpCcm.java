package org.ikebana.kernel.tun.esp;

import java.nio.ByteBuffer;
import org.ikebana.ike.crypto.Secret;
import org.ikebana.kernel.linux.BufferAddresses;

/** AES-CCM (RFC 4309) of libcrypto, in place; unlike others it wants to know the length first and the ICV at once. */
final class EvpCcm implements Protection {
    private static final int IV_LENGTH = 8;
    private static final int TEXT = EspCipher.HEADER_LENGTH + IV_LENGTH;

    private final EvpCipher sealing;
    private final EvpCipher opening;
    private final SecretMemory memory = new SecretMemory();
    private final BufferAddresses addresses = new BufferAddresses();
    private final EspNonce nonce;
    private final int icvLength;

    /** Takes ciphers and salt over. */
    EvpCcm(EvpCipher sealing, EvpCipher opening, Secret salt, int icvLength, boolean extended) {
        this.sealing = sealing;
        this.opening = opening;
        this.nonce = new EspNonce(memory, salt, extended);
        this.icvLength = icvLength;
    }

    @Override
    public void protect(ByteBuffer packets, int at, int textLength, long sequence) {
        packets.putLong(at + EspCipher.HEADER_LENGTH, sequence);
        long packet = addresses.of(packets) + at;
        begin(sealing, packets, at, packet, textLength, sequence);
        sealing.process(packet + TEXT, textLength);
        sealing.writeIcv(packet + TEXT + textLength, icvLength);
    }

    @Override
    public boolean unprotect(ByteBuffer packets, int at, int textLength, long sequence) {
        long packet = addresses.of(packets) + at;
        opening.expectIcv(packet + TEXT + textLength, icvLength);
        begin(opening, packets, at, packet, textLength, sequence);
        return opening.decrypts(packet + TEXT, textLength);
    }

    @Override
    public void close() {
        sealing.close();
        opening.close();
        memory.close();
    }

    private void begin(EvpCipher cipher, ByteBuffer packets, int at, long packet, int textLength, long sequence) {
        cipher.begin(nonce.of(packets, at));
        cipher.announce(textLength);
        cipher.associate(nonce.associated(packets, at, packet, sequence), nonce.associatedLength());
    }
}
