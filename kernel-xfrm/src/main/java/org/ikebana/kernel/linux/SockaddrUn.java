package org.ikebana.kernel.linux;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** {@code struct sockaddr_un} (unix(7)). */
public final class SockaddrUn {
    public static final int AF_UNIX = 1;
    public static final int SOCK_DGRAM = 2;

    private static final int SUN_PATH = 2;
    private static final int PATH_CAPACITY = 108;

    private SockaddrUn() {}

    /**
     * @param name a path, or after an {@code @} a name in the abstract namespace
     * @throws IllegalArgumentException when the kernel has no room for it
     */
    public static ByteBuffer of(String name) {
        byte[] path = name.getBytes(StandardCharsets.UTF_8);
        boolean isAbstract = name.startsWith("@");
        int ended = isAbstract ? path.length : path.length + 1;
        if (path.length == 0 || ended > PATH_CAPACITY) {
            throw new IllegalArgumentException(
                    "'" + name + "' is no address of a Unix socket: it takes 1 to " + (PATH_CAPACITY - 1) + " octets");
        }
        if (isAbstract) {
            path[0] = 0;
        }
        ByteBuffer memory = NativeMemory.allocate(SUN_PATH + ended);
        memory.putShort(0, (short) AF_UNIX);
        memory.put(SUN_PATH, path);
        return memory;
    }
}
