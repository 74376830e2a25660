package org.ikebana.kernel.tun.plane;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Addresses as two numbers, IPv4 as {@code ::ffff:a.b.c.d} (RFC 4291 2.5.5.2). */
public final class Addresses {
    private static final long MAPPED = 0xffff_0000_0000L;

    private Addresses() {}

    public static long high(InetAddress address) {
        byte[] octets = address.getAddress();
        return octets.length == 4 ? 0 : number(octets, 0, 8);
    }

    public static long low(InetAddress address) {
        byte[] octets = address.getAddress();
        return octets.length == 4 ? MAPPED | number(octets, 0, 4) : number(octets, 8, 8);
    }

    static InetAddress of(long high, long low) {
        boolean four = high == 0 && low >>> 32 == 0xffff;
        byte[] octets = new byte[four ? 4 : 16];
        for (int i = 0; i < octets.length; i++) {
            int shift = 8 * (octets.length - 1 - i);
            octets[i] = (byte) (shift >= 64 ? high >>> shift - 64 : low >>> shift);
        }
        try {
            return InetAddress.getByAddress(octets);
        } catch (UnknownHostException e) {
            throw new AssertionError("4 and 16 octets are addresses", e);
        }
    }

    private static long number(byte[] octets, int from, int length) {
        long number = 0;
        for (int i = from; i < from + length; i++) {
            number = number << 8 | octets[i] & 0xff;
        }
        return number;
    }
}
