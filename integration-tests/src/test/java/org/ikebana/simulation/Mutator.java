package org.ikebana.simulation;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Damages octets, one to four times over. */
final class Mutator {
    private static final int[] ODD = {0, 1, 3, 4, 7, 8, 0x7f, 0x80, 0xff};
    private static final int MAX_LENGTH = 4096;

    private final RandomGenerator random;

    Mutator(RandomGenerator random) {
        this.random = random;
    }

    /** @param other to splice with */
    byte[] mutate(byte[] original, byte[] other) {
        byte[] octets = original.clone();
        for (int i = random.nextInt(4); i >= 0; i--) {
            octets = once(octets, other);
        }
        return octets;
    }

    private byte[] once(byte[] octets, byte[] other) {
        if (octets.length == 0) {
            return other.clone();
        }
        int at = random.nextInt(octets.length);
        switch (random.nextInt(9)) {
            case 0 -> octets[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> octets[at] = (byte) random.nextInt(256);
            case 2 -> octets[at] = (byte) ODD[random.nextInt(ODD.length)];
            case 3 -> setLength(octets, at);
            case 4 -> {
                return Arrays.copyOf(octets, at);
            }
            case 5 -> {
                return join(Arrays.copyOf(octets, at), tail(other));
            }
            case 6 -> {
                return remove(octets, at);
            }
            case 7 -> {
                return join(
                        Arrays.copyOf(octets, at), Arrays.copyOfRange(octets, random.nextInt(at + 1), octets.length));
            }
            default -> {
                return fixHeaderLength(octets);
            }
        }
        return octets;
    }

    /** Two octets that may be a length, a little off or far off. */
    private void setLength(byte[] octets, int at) {
        if (at + 1 < octets.length) {
            int length = random.nextBoolean() ? random.nextInt(65_536) : octets.length - at + random.nextInt(9) - 4;
            octets[at] = (byte) (length >> 8);
            octets[at + 1] = (byte) length;
        }
    }

    private byte[] tail(byte[] other) {
        return Arrays.copyOfRange(other, random.nextInt(other.length + 1), other.length);
    }

    private byte[] remove(byte[] octets, int at) {
        int end = at + random.nextInt(octets.length - at + 1);
        return join(Arrays.copyOf(octets, at), Arrays.copyOfRange(octets, end, octets.length));
    }

    /** Makes the header's length that of the datagram, so that what follows is looked at. */
    private static byte[] fixHeaderLength(byte[] octets) {
        if (octets.length >= 28) {
            octets[24] = 0;
            octets[25] = 0;
            octets[26] = (byte) (octets.length >> 8);
            octets[27] = (byte) octets.length;
        }
        return octets;
    }

    private static byte[] join(byte[] first, byte[] second) {
        int limit = Math.max(MAX_LENGTH, first.length);
        byte[] joined = Arrays.copyOf(first, Math.min(limit, first.length + second.length));
        System.arraycopy(second, 0, joined, first.length, joined.length - first.length);
        return joined;
    }
}
