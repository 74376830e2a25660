package org.ikebana.kernel.tun.esp;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** {@link UnpredictableIvs} by libcrypto, which allocates nothing. Of one thread; closing wipes the key. */
final class EvpIvs implements IvSource, AutoCloseable {
    private static final int BLOCK = 16;

    private final EvpCipher aes;
    private final SecretMemory memory = new SecretMemory();
    private final ByteBuffer block;
    private final long address;
    private final int ivLength;

    /**
     * @param aes encrypting single blocks under a random key; taken over
     * @param ivLength 8 or 16 octets
     */
    EvpIvs(EvpCipher aes, int ivLength) {
        this.aes = aes;
        var segment = memory.allocate(BLOCK);
        this.block = segment.asByteBuffer().order(ByteOrder.BIG_ENDIAN);
        this.address = segment.address();
        this.ivLength = ivLength;
    }

    @Override
    public void write(ByteBuffer packets, int at, long sequence) {
        block.putLong(0, 0);
        block.putLong(Long.BYTES, sequence);
        aes.process(address, BLOCK);
        for (int i = 0; i < ivLength; i += Long.BYTES) {
            packets.putLong(at + i, block.getLong(i));
        }
    }

    @Override
    public void close() {
        aes.close();
        memory.close();
    }
}
