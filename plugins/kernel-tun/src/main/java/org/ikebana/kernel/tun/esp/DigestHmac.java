package org.ikebana.kernel.tun.esp;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.ikebana.ike.crypto.Secret;
import org.ikebana.kernel.linux.BufferAddresses;

/** HMAC (RFC 2104) on libcrypto's digests: the states behind the two padded keys are computed once and copied. */
final class DigestHmac implements PacketMac {
    private static final int INNER = 0x36;
    private static final int OUTER = 0x5c;

    private final Digest digest;
    private final SecretMemory memory = new SecretMemory();
    private final BufferAddresses addresses = new BufferAddresses();
    private final MemorySegment inner;
    private final MemorySegment outer;
    private final MemorySegment state;
    private final long codeAddress;
    private final ByteBuffer code;

    /** @param key at most a block long; copied */
    DigestHmac(Digest digest, Secret key) {
        this.digest = digest;
        this.inner = stateBehind(key, INNER);
        this.outer = stateBehind(key, OUTER);
        this.state = memory.allocate(digest.stateLength());
        MemorySegment room = memory.allocate(digest.length());
        this.codeAddress = room.address();
        this.code = room.asByteBuffer().order(ByteOrder.BIG_ENDIAN);
    }

    @Override
    public ByteBuffer compute(ByteBuffer packets, int at, int length) {
        digest(inner, addresses.of(packets) + at, length);
        digest(outer, codeAddress, digest.length());
        return code;
    }

    @Override
    public void close() {
        memory.close();
    }

    private void digest(MemorySegment start, long data, int length) {
        MemorySegment.copy(start, 0, state, 0, digest.stateLength());
        digest.update(state.address(), data, length);
        digest.finish(codeAddress, state.address());
    }

    private MemorySegment stateBehind(Secret key, int pad) {
        byte[] block = Arrays.copyOf(key.bytes(), digest.blockLength());
        for (int i = 0; i < block.length; i++) {
            block[i] ^= (byte) pad;
        }
        MemorySegment padded = memory.allocate(block.length);
        MemorySegment.copy(block, 0, padded, ValueLayout.JAVA_BYTE, 0, block.length);
        Arrays.fill(block, (byte) 0);
        MemorySegment behind = memory.allocate(digest.stateLength());
        digest.init(behind.address());
        digest.update(behind.address(), padded.address(), block.length);
        padded.fill((byte) 0);
        return behind;
    }
}
