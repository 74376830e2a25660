package org.ikebana.kernel.tun.esp;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.ikebana.ike.crypto.Secret;
import org.ikebana.kernel.linux.BufferAddresses;

/** AES-CTR (RFC 3686) of libcrypto, in place: the same way back. */
final class EvpCtr implements TextCipher {
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED.withOrder(ByteOrder.BIG_ENDIAN);
    private static final int IV_LENGTH = 8;
    private static final int BLOCK = 16;

    private final EvpCipher cipher;
    private final SecretMemory memory = new SecretMemory();
    private final BufferAddresses addresses = new BufferAddresses();
    /** Nonce, IV and a block counter that starts with one (RFC 3686 4). */
    private final MemorySegment counterBlock = memory.allocate(BLOCK);

    private final int nonceLength;

    /** Takes cipher and nonce over. */
    EvpCtr(EvpCipher cipher, Secret nonce) {
        this.cipher = cipher;
        this.nonceLength = nonce.length();
        MemorySegment.copy(nonce.bytes(), 0, counterBlock, ValueLayout.JAVA_BYTE, 0, nonceLength);
        nonce.close();
        counterBlock.set(ValueLayout.JAVA_BYTE, BLOCK - 1, (byte) 1);
    }

    @Override
    public int ivLength() {
        return IV_LENGTH;
    }

    @Override
    public void encrypt(ByteBuffer packets, int ivAt, int textLength, long sequence) {
        packets.putLong(ivAt, sequence);
        decrypt(packets, ivAt, textLength);
    }

    @Override
    public void decrypt(ByteBuffer packets, int ivAt, int textLength) {
        counterBlock.set(LONG, nonceLength, packets.getLong(ivAt));
        cipher.begin(counterBlock.address());
        cipher.process(addresses.of(packets) + ivAt + IV_LENGTH, textLength);
    }

    @Override
    public void close() {
        cipher.close();
        memory.close();
    }
}
