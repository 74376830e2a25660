package org.ikebana.kernel.linux;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The C library's own functions, bound once by JNA direct mapping. A negative result means failure: then {@link
 * #errno()} tells why, if asked on the same thread before the next call.
 *
 * <p>Every buffer must be direct and in native byte order ({@link NativeMemory#allocate}); the address passed on is that
 * of its position, so it is filled by absolute puts, and the buffer stays reachable during the call. {@code size_t} and {@code
 * ssize_t} are {@code long}, {@code socklen_t} is {@code int}.
 */
public final class LibC {
    static {
        if (Native.POINTER_SIZE != Long.BYTES) {
            throw new UnsatisfiedLinkError("a 64-bit system is needed: size_t is taken for eight octets");
        }
        Native.register(LibC.class, NativeLibrary.getProcess());
    }

    private LibC() {}

    /** Saved by JNA per thread right after each call, so the virtual machine's own system calls cannot change it. */
    public static int errno() {
        return Native.getLastError();
    }

    public static native int socket(int domain, int type, int protocol);

    public static native int bind(int fd, ByteBuffer address, int addressLength);

    public static native int connect(int fd, ByteBuffer address, int addressLength);

    /** @param addressLength an {@code int}, holding the room before and the length after the call */
    public static native int getsockname(int fd, ByteBuffer address, ByteBuffer addressLength);

    public static native int setsockopt(int fd, int level, int option, ByteBuffer value, int valueLength);

    /** @param valueLength an {@code int}, holding the room before and the length after the call */
    public static native int getsockopt(int fd, int level, int option, ByteBuffer value, ByteBuffer valueLength);

    public static native long sendto(
            int fd, ByteBuffer data, long length, int flags, @Nullable ByteBuffer address, int addressLength);

    /** @param addressLength an {@code int}, holding the room before and the length after the call */
    public static native long recvfrom(
            int fd,
            ByteBuffer data,
            long capacity,
            int flags,
            @Nullable ByteBuffer address,
            @Nullable ByteBuffer addressLength);

    /** @param header a {@code struct msghdr} */
    public static native long sendmsg(int fd, ByteBuffer header, int flags);

    /** @param header a {@code struct msghdr} */
    public static native long recvmsg(int fd, ByteBuffer header, int flags);

    /** @param headers {@code count} times {@code struct mmsghdr} */
    public static native int sendmmsg(int fd, ByteBuffer headers, int count, int flags);

    /**
     * @param headers {@code count} times {@code struct mmsghdr}
     * @param timeout a {@code struct timespec}
     */
    public static native int recvmmsg(int fd, ByteBuffer headers, int count, int flags, @Nullable ByteBuffer timeout);

    /** @param descriptors {@code count} times {@code struct pollfd} */
    public static native int poll(ByteBuffer descriptors, long count, int timeoutMilliseconds);

    public static native int eventfd(int initialValue, int flags);

    public static native long read(int fd, ByteBuffer data, long capacity);

    public static native long write(int fd, ByteBuffer data, long length);

    /** @param address where {@code capacity} octets of memory begin that stay reachable ({@link NativeMemory#address}) */
    public static native long read(int fd, long address, long capacity);

    /** @param address where {@code length} octets of memory begin that stay reachable ({@link NativeMemory#address}) */
    public static native long write(int fd, long address, long length);

    public static native int ioctl(int fd, long request, ByteBuffer argument);

    /** With an argument that is a number. */
    public static native int ioctl(int fd, long request, long argument);

    public static native int open(String path, int flags, int mode);

    public static native int close(int fd);

    /** Moves the calling thread, no other, into the namespace that {@code fd} stands for. */
    public static native int setns(int fd, int namespaceType);

    /** Moves the calling thread, no other, into new namespaces. */
    public static native int unshare(int flags);
}
