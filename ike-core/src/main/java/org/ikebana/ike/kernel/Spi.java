package org.ikebana.ike.kernel;

/** A security parameter index of ESP or AH, four octets, most significant first on the wire (RFC 4301 4.1). */
public record Spi(int value) {
    /** As {@code ip xfrm} and captures show it: {@code c0ffee01}. */
    @Override
    public String toString() {
        return "%08x".formatted(value);
    }
}
