package org.ikebana.kernel.linux;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Turns addresses in native memory into objects and keeps the latest, so that a busy peer's datagrams make no garbage.
 * Each address has one place it can stand in: flooding the cache costs allocation, never memory. For one thread.
 */
public final class AddressCache {
    private static final int PLACES = 1024;

    private final @Nullable Entry[] entries = new @Nullable Entry[PLACES];

    /** The four octets at {@code offset}. */
    public InetSocketAddress ipv4(ByteBuffer memory, int offset, int port) {
        return find(memory, offset, 4, 0, memory.getInt(offset), 0, port);
    }

    /** The sixteen octets at {@code offset}; a scope is kept with link-local addresses only. */
    public InetSocketAddress ipv6(ByteBuffer memory, int offset, int scope, int port) {
        boolean linkLocal = memory.get(offset) == (byte) 0xfe && (memory.get(offset + 1) & 0xc0) == 0x80;
        return find(
                memory, offset, 16, memory.getLong(offset), memory.getLong(offset + 8), linkLocal ? scope : 0, port);
    }

    private InetSocketAddress find(
            ByteBuffer memory, int offset, int octets, long high, long low, int scope, int port) {
        int place = place(high, low, scope ^ port << 16 ^ octets);
        Entry entry = entries[place];
        if (entry == null || !entry.matches(octets, high, low, scope, port)) {
            byte[] address = new byte[octets];
            memory.get(offset, address);
            entry = new Entry(octets, high, low, scope, port, new InetSocketAddress(ip(address, scope), port));
            entries[place] = entry;
        }
        return entry.address;
    }

    private static int place(long high, long low, int rest) {
        long mixed = ((high * 31 + low) * 31 + rest) * 0x9e3779b97f4a7c15L;
        return (int) (mixed >>> 32) & (PLACES - 1);
    }

    private static InetAddress ip(byte[] address, int scope) {
        try {
            // InetAddress.getByAddress would make an IPv4-mapped IPv6 address an IPv4 one.
            return address.length == 4
                    ? InetAddress.getByAddress(address)
                    : Inet6Address.getByAddress(null, address, scope == 0 ? -1 : scope);
        } catch (UnknownHostException e) {
            throw new AssertionError("an address has 4 or 16 octets", e);
        }
    }

    private record Entry(int octets, long high, long low, int scope, int port, InetSocketAddress address) {
        boolean matches(int octets, long high, long low, int scope, int port) {
            return this.low == low
                    && this.high == high
                    && this.port == port
                    && this.scope == scope
                    && this.octets == octets;
        }
    }
}
