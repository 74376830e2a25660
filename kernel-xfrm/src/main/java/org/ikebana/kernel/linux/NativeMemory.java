package org.ikebana.kernel.linux;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Memory that system calls read and write: zeroed, in native byte order, freed when no longer reachable. */
public final class NativeMemory {
    private NativeMemory() {}

    public static ByteBuffer allocate(int octets) {
        return ByteBuffer.allocateDirect(octets).order(ByteOrder.nativeOrder());
    }

    /** An {@code int} holding {@code value}. */
    public static ByteBuffer ofInt(int value) {
        return allocate(Integer.BYTES).putInt(0, value);
    }

    /** The octets {@code [offset, offset + length)} of a buffer, as a buffer of their own in native byte order. */
    public static ByteBuffer slice(ByteBuffer buffer, int offset, int length) {
        return buffer.slice(offset, length).order(ByteOrder.nativeOrder());
    }

    /**
     * Where the buffer's first octet lies, for structures that point to others. Whoever stores an address keeps the
     * buffer reachable.
     */
    public static long address(ByteBuffer buffer) {
        return Pointer.nativeValue(Native.getDirectBufferPointer(buffer));
    }
}
