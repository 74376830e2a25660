package org.ikebana.kernel.tun.packet;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/** Direct memory of tests, filled from and shown as hexadecimal digits; blanks do not matter. */
public final class Memory {
    private Memory() {}

    public static ByteBuffer ofHex(String... hex) {
        return of(HexFormat.of().parseHex(String.join("", hex).replaceAll("\\s", "")));
    }

    public static ByteBuffer of(byte[] octets) {
        return ByteBuffer.allocateDirect(octets.length).put(0, octets);
    }

    public static byte[] octets(ByteBuffer memory, int at, int length) {
        byte[] octets = new byte[length];
        memory.get(at, octets);
        return octets;
    }

    public static String hex(ByteBuffer memory, int at, int length) {
        return HexFormat.of().formatHex(octets(memory, at, length));
    }

    /** Parsed, or the test ends. */
    public static IpHeader parsed(ByteBuffer memory) {
        IpHeader header = new IpHeader();
        if (!header.parse(memory, 0, memory.capacity())) {
            throw new AssertionError("no packet: " + hex(memory, 0, memory.capacity()));
        }
        return header;
    }
}
