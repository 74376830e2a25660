package org.ikebana.kernel.tun.esp;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.ikebana.kernel.linux.BufferAddresses;

/**
 * AES-XCBC (RFC 3566) and AES-CMAC (RFC 4494) on libcrypto's CBC: the code is the last block, which was masked before,
 * by one mask if it is full and by another if it had to be padded.
 */
final class EvpAesMac implements PacketMac {
    static final int BLOCK = 16;
    /** As much of the chain at once, which nobody needs. */
    private static final int CHUNK = 4096;

    private final EvpCipher cbc;
    private final SecretMemory memory = new SecretMemory();
    private final BufferAddresses addresses = new BufferAddresses();
    private final long zeros = memory.allocate(BLOCK).address();
    private final long chain = memory.allocate(CHUNK).address();
    private final long lastAddress;
    private final ByteBuffer last;
    private final ByteBuffer masks;

    /**
     * @param cbc taken over
     * @param fullMask a block, as {@code paddedMask}; both copied
     */
    EvpAesMac(EvpCipher cbc, byte[] fullMask, byte[] paddedMask) {
        this.cbc = cbc;
        MemorySegment block = memory.allocate(BLOCK);
        this.lastAddress = block.address();
        this.last = block.asByteBuffer().order(ByteOrder.BIG_ENDIAN);
        this.masks = memory.allocate(2 * BLOCK).asByteBuffer().order(ByteOrder.BIG_ENDIAN);
        masks.put(0, fullMask).put(BLOCK, paddedMask);
    }

    /** @param length 1 at least */
    @Override
    public ByteBuffer compute(ByteBuffer packets, int at, int length) {
        cbc.begin(zeros);
        int lastLength = (length - 1) % BLOCK + 1;
        long from = addresses.of(packets) + at;
        long lastFrom = from + length - lastLength;
        while (from < lastFrom) {
            int chunk = (int) Math.min(CHUNK, lastFrom - from);
            cbc.process(from, chain, chunk);
            from += chunk;
        }
        takeLast(packets, at + length - lastLength, lastLength);
        cbc.process(lastAddress, BLOCK);
        return last;
    }

    @Override
    public void close() {
        cbc.close();
        memory.close();
    }

    private void takeLast(ByteBuffer packets, int at, int length) {
        last.putLong(0, 0);
        last.putLong(Long.BYTES, 0);
        for (int i = 0; i < length; i++) {
            last.put(i, packets.get(at + i));
        }
        if (length < BLOCK) {
            last.put(length, (byte) 0x80);
        }
        int mask = length == BLOCK ? 0 : BLOCK;
        for (int i = 0; i < BLOCK; i += Long.BYTES) {
            last.putLong(i, last.getLong(i) ^ masks.getLong(mask + i));
        }
    }
}
