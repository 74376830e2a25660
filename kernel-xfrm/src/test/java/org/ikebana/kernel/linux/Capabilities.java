package org.ikebana.kernel.linux;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import java.nio.ByteBuffer;

/** Takes root's privileges from a thread, so that a test sees what a user without them would. */
public final class Capabilities {
    private static final int LINUX_CAPABILITY_VERSION_3 = 0x20080522;
    private static final int SIZEOF_HEADER = 8;
    private static final int SIZEOF_DATA = 24;

    static {
        Native.register(Capabilities.class, NativeLibrary.getProcess());
    }

    private Capabilities() {}

    /** For the rest of the calling thread's life, and in what it starts. */
    public static void dropAll() throws ErrnoException {
        ByteBuffer header = NativeMemory.allocate(SIZEOF_HEADER).putInt(0, LINUX_CAPABILITY_VERSION_3);
        ErrnoException.check(capset(header, NativeMemory.allocate(SIZEOF_DATA)), "drop all capabilities");
    }

    private static native int capset(ByteBuffer header, ByteBuffer data);
}
