package org.ikebana.kernel.xfrm.struct;

import java.nio.charset.StandardCharsets;
import org.ikebana.kernel.netlink.CStruct;
import org.ikebana.kernel.netlink.NetlinkFormatException;

/** {@code char alg_name[64]}, ended by a zero octet; and the length of a key that is told in bits. */
final class AlgorithmName {
    static final int SIZE = 64;

    private AlgorithmName() {}

    static String read(CStruct algorithm) throws NetlinkFormatException {
        String name = new String(algorithm.bytes(0, SIZE), StandardCharsets.ISO_8859_1);
        int end = name.indexOf('\0');
        if (end < 0) {
            throw new NetlinkFormatException("An algorithm's name does not end");
        }
        return name.substring(0, end);
    }

    static void write(String name, CStruct algorithm) {
        byte[] octets = name.getBytes(StandardCharsets.ISO_8859_1);
        if (octets.length >= SIZE) {
            throw new IllegalArgumentException("The kernel knows no algorithm with so long a name: " + name);
        }
        algorithm.bytes(0, octets);
    }

    /** The key that fills the rest of the struct; the caller's to wipe. */
    static byte[] readKey(CStruct algorithm, int offset, int keyBits) throws NetlinkFormatException {
        int length = algorithm.size() - offset;
        if (length != (keyBits + 7L) / 8) {
            throw new NetlinkFormatException("A key of " + keyBits + " bits in " + length + " octets");
        }
        return algorithm.bytes(offset, length);
    }
}
