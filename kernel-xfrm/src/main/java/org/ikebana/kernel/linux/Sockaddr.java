package org.ikebana.kernel.linux;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/**
 * {@code struct sockaddr_in} and {@code struct sockaddr_in6} (ip(7), ipv6(7)). The family and the scope are in host byte
 * order, port and address most significant octet first.
 */
public final class Sockaddr {
    /** Room for either. */
    public static final int CAPACITY = 28;

    private static final int PORT = 2;

    private static final int SIZEOF_SOCKADDR_IN = 16;
    private static final int SIN_ADDR = 4;

    private static final int SIZEOF_SOCKADDR_IN6 = 28;
    private static final int SIN6_FLOWINFO = 4;
    private static final int SIN6_ADDR = 8;
    private static final int SIN6_SCOPE_ID = 24;

    private Sockaddr() {}

    public static int length(IpFamily family) {
        return switch (family) {
            case IPV4 -> SIZEOF_SOCKADDR_IN;
            case IPV6 -> SIZEOF_SOCKADDR_IN6;
        };
    }

    /** Any address of this host. */
    public static ByteBuffer wildcard(IpFamily family, int port) {
        ByteBuffer memory = NativeMemory.allocate(length(family));
        putFamilyAndPort(memory, 0, family, port);
        return memory;
    }

    public static ByteBuffer of(InetSocketAddress address) {
        ByteBuffer memory = NativeMemory.allocate(CAPACITY);
        return NativeMemory.slice(memory, 0, put(memory, 0, address));
    }

    /** Returns the structure's length. */
    public static int put(ByteBuffer memory, int offset, InetSocketAddress address) {
        InetAddress ip = address.getAddress();
        IpFamily family = IpFamily.of(ip);
        putFamilyAndPort(memory, offset, family, address.getPort());
        switch (family) {
            case IPV4 -> memory.put(offset + SIN_ADDR, ip.getAddress());
            case IPV6 -> {
                memory.putInt(offset + SIN6_FLOWINFO, 0);
                memory.put(offset + SIN6_ADDR, ip.getAddress());
                memory.putInt(offset + SIN6_SCOPE_ID, scope(ip));
            }
        }
        return length(family);
    }

    /** The address at {@code offset}, which the caller knows to be of this family. */
    public static InetSocketAddress get(ByteBuffer memory, int offset, IpFamily family, AddressCache cache) {
        int port = (memory.get(offset + PORT) & 0xff) << 8 | memory.get(offset + PORT + 1) & 0xff;
        return switch (family) {
            case IPV4 -> cache.ipv4(memory, offset + SIN_ADDR, port);
            case IPV6 -> cache.ipv6(memory, offset + SIN6_ADDR, memory.getInt(offset + SIN6_SCOPE_ID), port);
        };
    }

    /** The interface that a link-local address belongs to, 0 for none. */
    static int scope(InetAddress address) {
        return address instanceof Inet6Address ipv6 ? ipv6.getScopeId() : 0;
    }

    private static void putFamilyAndPort(ByteBuffer memory, int offset, IpFamily family, int port) {
        memory.putShort(offset, (short) family.number());
        memory.put(offset + PORT, (byte) (port >>> 8)).put(offset + PORT + 1, (byte) port);
    }
}
