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
}
