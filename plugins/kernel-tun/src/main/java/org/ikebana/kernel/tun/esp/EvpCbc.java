package org.ikebana.kernel.tun.esp;

import java.nio.ByteBuffer;
import org.ikebana.kernel.linux.BufferAddresses;

/** CBC of libcrypto (RFC 3602, RFC 2451, RFC 4312), in place. */
final class EvpCbc implements TextCipher {
    private final EvpCipher encrypting;
    private final EvpCipher decrypting;
    private final EvpIvs ivs;
    private final BufferAddresses addresses = new BufferAddresses();
    private final int blockLength;

    /** Takes the ciphers over. */
    EvpCbc(EvpCipher encrypting, EvpCipher decrypting, EvpIvs ivs, int blockLength) {
        this.encrypting = encrypting;
        this.decrypting = decrypting;
        this.ivs = ivs;
        this.blockLength = blockLength;
    }

    @Override
    public int ivLength() {
        return blockLength;
    }

    @Override
    public void encrypt(ByteBuffer packets, int ivAt, int textLength, long sequence) {
        ivs.write(packets, ivAt, sequence);
        process(encrypting, packets, ivAt, textLength);
    }

    @Override
    public void decrypt(ByteBuffer packets, int ivAt, int textLength) {
        process(decrypting, packets, ivAt, textLength);
    }

    @Override
    public void close() {
        encrypting.close();
        decrypting.close();
        ivs.close();
    }

    private void process(EvpCipher cipher, ByteBuffer packets, int ivAt, int textLength) {
        long iv = addresses.of(packets) + ivAt;
        cipher.begin(iv);
        cipher.process(iv + blockLength, textLength);
    }
}
