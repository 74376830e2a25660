package org.ikebana.kernel.netlink;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.ikebana.ike.wire.Octets;

/**
 * A C struct in memory, its members read and written by their offset. Members are in the machine's byte order; {@code
 * be16} and {@code be32} are most significant octet first. Offsets need no alignment: netlink keeps 4 octets only,
 * whatever 64-bit members a struct has.
 */
public final class CStruct {
    private final ByteBuffer memory;

    private CStruct(ByteBuffer memory) {
        this.memory = memory.order(ByteOrder.nativeOrder());
    }

    /** A struct of {@code size} zero octets. */
    public static CStruct allocate(int size) {
        return new CStruct(ByteBuffer.allocate(size));
    }

    /** The octets {@code [offset, offset + size)} of {@code memory}, shared, not copied. */
    public static CStruct of(ByteBuffer memory, int offset, int size) {
        return new CStruct(memory.slice(offset, size));
    }

    public static CStruct of(Octets octets) {
        return new CStruct(octets.asByteBuffer());
    }

    public int size() {
        return memory.capacity();
    }

    /**
     * The member struct at {@code offset}, sharing the memory.
     *
     * @throws NetlinkFormatException when it reaches beyond this one
     */
    public CStruct member(int offset, int size) throws NetlinkFormatException {
        if (offset < 0 || size < 0 || offset > size() - size) {
            throw new NetlinkFormatException(
                    "%d octets at offset %d are wanted of a structure of %d".formatted(size, offset, size()));
        }
        return slice(offset, size);
    }

    /** Like {@link #member}, where the caller knows that it fits. */
    public CStruct slice(int offset, int size) {
        return new CStruct(memory.slice(offset, size));
    }

    /** What follows the first {@code size} octets and their padding to four; may be empty. */
    public CStruct after(int size) {
        int offset = Math.min(Netlink.align(size), size());
        return slice(offset, size() - offset);
    }

    public int u8(int offset) {
        return memory.get(offset) & 0xff;
    }

    public int u16(int offset) {
        return memory.getShort(offset) & 0xffff;
    }

    /** Unsigned values beyond 2^31 come out negative. */
    public int u32(int offset) {
        return memory.getInt(offset);
    }

    /** Unsigned values beyond 2^63 come out negative. */
    public long u64(int offset) {
        return memory.getLong(offset);
    }

    public int be16(int offset) {
        return u8(offset) << 8 | u8(offset + 1);
    }

    public int be32(int offset) {
        return be16(offset) << 16 | be16(offset + 2);
    }

    /** A copy. */
    public Octets octets(int offset, int length) {
        return Octets.wrap(bytes(offset, length));
    }

    /** A copy; the caller's to wipe. */
    public byte[] bytes(int offset, int length) {
        byte[] copy = new byte[length];
        memory.get(offset, copy);
        return copy;
    }

    public void u8(int offset, int value) {
        memory.put(offset, (byte) value);
    }

    public void u16(int offset, int value) {
        memory.putShort(offset, (short) value);
    }

    public void u32(int offset, int value) {
        memory.putInt(offset, value);
    }

    public void u64(int offset, long value) {
        memory.putLong(offset, value);
    }

    public void be16(int offset, int value) {
        u8(offset, value >>> 8);
        u8(offset + 1, value);
    }

    public void be32(int offset, int value) {
        be16(offset, value >>> 16);
        be16(offset + 2, value);
    }

    public void bytes(int offset, byte[] value) {
        memory.put(offset, value);
    }

    public void octets(int offset, Octets value) {
        value.writeTo(memory.slice(offset, value.length()));
    }
}
