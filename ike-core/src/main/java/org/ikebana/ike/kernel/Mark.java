package org.ikebana.ike.kernel;

/** A packet mark and the mask under which it is compared; part of the identity of SAs and policies. */
public record Mark(int value, int mask) {
    public static final Mark NONE = new Mark(0, 0);

    /** Every packet is meant. */
    public boolean isNone() {
        return value == 0 && mask == 0;
    }

    /** Whether a packet with this mark is meant. */
    public boolean matches(int packetMark) {
        return ((value ^ packetMark) & mask) == 0;
    }

    @Override
    public String toString() {
        return "0x%x/0x%x".formatted(value, mask);
    }
}
