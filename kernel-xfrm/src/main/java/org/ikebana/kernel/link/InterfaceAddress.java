package org.ikebana.kernel.link;

import java.net.InetAddress;

/**
 * An address of an interface, as {@code ip addr} writes it: {@code 169.254.1.1/30}.
 *
 * @param prefixLength of the network on the link, in bits
 */
public record InterfaceAddress(InetAddress address, int prefixLength) {
    public InterfaceAddress {
        if (prefixLength < 0 || prefixLength > address.getAddress().length * 8) {
            throw new IllegalArgumentException("a prefix of " + prefixLength + " bits");
        }
    }

    /** @throws IllegalArgumentException if it is none */
    public static InterfaceAddress parse(String text) {
        int slash = text.indexOf('/');
        InetAddress address = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash));
        return new InterfaceAddress(
                address, slash < 0 ? address.getAddress().length * 8 : Integer.parseInt(text.substring(slash + 1)));
    }

    @Override
    public String toString() {
        return address.getHostAddress() + "/" + prefixLength;
    }
}
