package org.ikebana.ike.ts;

/**
 * The part of a selector in brackets: {@code [tcp/80]}.
 *
 * @param protocol IP protocol number, 0 for any
 * @param startPort as in {@link TrafficSelector}
 * @param endPort as in {@link TrafficSelector}
 */
public record ProtocolPorts(int protocol, int startPort, int endPort) {
    public static final ProtocolPorts ANY = new ProtocolPorts(0, 0, 0xffff);

    public ProtocolPorts {
        if (protocol < 0 || protocol > 0xff) {
            throw new IllegalArgumentException("no IP protocol: " + protocol);
        }
        if (!PortRange.isRange(startPort, endPort)) {
            throw new IllegalArgumentException("no range of ports: " + startPort + " to " + endPort);
        }
    }

    /** Whether the ports of a selector hold type and code: ICMP and ICMPv6 (RFC 7296 3.13.1). */
    public static boolean hasTypeAndCode(int protocol) {
        return protocol == 1 || protocol == 58;
    }

    /** Whether packets have a source and a destination port: TCP, UDP, DCCP, SCTP, UDP-Lite. */
    public static boolean hasPorts(int protocol) {
        return switch (protocol) {
            case 6, 17, 33, 132, 136 -> true;
            default -> false;
        };
    }

    public PortRange ports() {
        return new PortRange(startPort, endPort);
    }

    /** {@code [tcp/80]}, {@code [icmp/8(1)]}; nothing where everything is meant. */
    @Override
    public String toString() {
        if (equals(ANY)) {
            return "";
        }
        String name = ProtocolNames.protocol(protocol);
        return "[" + name + (ports().isAny() ? "" : "/" + printPorts()) + "]";
    }

    private String printPorts() {
        if (ports().isOpaque()) {
            return "OPAQUE";
        }
        return startPort == endPort ? print(startPort) : print(startPort) + "-" + print(endPort);
    }

    private String print(int port) {
        if (!hasTypeAndCode(protocol)) {
            return Integer.toString(port);
        }
        int code = port & 0xff;
        return (port >> 8) + (code == 0 ? "" : "(" + code + ")");
    }
}
