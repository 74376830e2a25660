package org.ikebana.it.net;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One packet as tcpdump words it. */
public record Packet(String line) {
    private static final Pattern LENGTH = Pattern.compile("length (\\d+)$");

    /** What an onlooker can tell of it. */
    public enum Kind {
        /** IP protocol 50, whole or a fragment. */
        ESP,
        /** ESP in UDP, RFC 3948. */
        ESP_IN_UDP,
        /** IKE, on port 500 or after the non-ESP marker on port 4500. */
        IKE,
        /** One octet on port 4500, RFC 3948 2.3. */
        NAT_KEEPALIVE,
        /** A fragment of a datagram, but the first: whose it is only that one tells. */
        UDP_FRAGMENT,
        /** Anything else: all the world can read it. */
        CLEAR
    }

    public Kind kind() {
        if (line.contains(": UDP-encap: ESP(spi=")) {
            return Kind.ESP_IN_UDP;
        } else if (line.contains(": ESP(spi=") || line.endsWith(": ip-proto-50")) {
            return Kind.ESP;
        } else if (line.endsWith(": ip-proto-17")) {
            return Kind.UDP_FRAGMENT;
        } else if (line.contains("isakmp-nat-keep-alive")) {
            return Kind.NAT_KEEPALIVE;
        } else if (line.contains(": isakmp: ") || line.contains("NONESP-encap: ")) {
            return Kind.IKE;
        } else {
            return Kind.CLEAR;
        }
    }

    /** Of ESP, from the SPI to the check value. */
    public int octets() {
        Matcher matcher = LENGTH.matcher(line);
        if (!matcher.find()) {
            throw new IllegalStateException("no length in: " + line);
        }
        return Integer.parseInt(matcher.group(1));
    }

    @Override
    public String toString() {
        return line;
    }
}
