package org.ikebana.ike.kernel;

/** Ports that equal {@code port} in the bits of {@code mask}; mask 0 means any. */
public record PortMatch(int port, int mask) {
    public static final PortMatch ANY = new PortMatch(0, 0);

    public static PortMatch exactly(int port) {
        return new PortMatch(port, 0xffff);
    }

    public boolean matches(int otherPort) {
        return ((port ^ otherPort) & mask) == 0;
    }

    /** {@code any}, {@code 53}, or port and mask as in {@code 0x1000/0xfff0}. */
    @Override
    public String toString() {
        return switch (mask) {
            case 0 -> "any";
            case 0xffff -> Integer.toString(port);
            default -> "0x%x/0x%x".formatted(port, mask);
        };
    }
}
