package org.ikebana.ike.wire;

/** Octets as people write them. */
final class Hex {
    private Hex() {}

    /** Blanks and line ends are skipped. */
    static byte[] bytes(String text) {
        return octets(text).toByteArray();
    }

    /** Blanks and line ends are skipped. */
    static Octets octets(String text) {
        return Octets.ofHex(text.replaceAll("\\s+", ""));
    }
}
