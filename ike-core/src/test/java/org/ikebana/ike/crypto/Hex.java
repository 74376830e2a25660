package org.ikebana.ike.crypto;

import java.util.HexFormat;

/** Octets as RFCs print them. */
final class Hex {
    private Hex() {}

    /** Blanks and line ends are skipped. */
    static byte[] octets(String text) {
        return HexFormat.of().parseHex(text.replaceAll("\\s+", ""));
    }

    static String text(byte[] octets) {
        return HexFormat.of().formatHex(octets);
    }

    static Secret secret(String text) {
        return Secret.wrap(octets(text));
    }
}
