package org.ikebana.ike.wire;

/** Checks that values fit the fields they stand in. A value read from the wire always does. */
final class Bounds {
    private Bounds() {}

    static void require(int value, int highest, String name) {
        if (value < 0 || value > highest) {
            throw new IllegalArgumentException(name + " " + value + " is not within 0 to " + highest);
        }
    }

    static void octet(int value, String name) {
        require(value, 0xff, name);
    }

    static void twoOctets(int value, String name) {
        require(value, 0xffff, name);
    }

    /** Fragments count from 1 (RFC 7383 2.5). */
    static void fragment(int number, int total) {
        twoOctets(total, "total fragments");
        if (number < 1 || number > total) {
            throw new IllegalArgumentException("no fragment " + number + " of " + total);
        }
    }
}
