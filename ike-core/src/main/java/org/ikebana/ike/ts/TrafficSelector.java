package org.ikebana.ike.ts;

import java.net.InetAddress;

/**
 * A traffic selector (RFC 7296 3.13.1): an address range of one family, a protocol and a port range.
 *
 * @param protocol IP protocol number, 0 for any
 * @param start first address, of the same family as {@code end} and not above it
 * @param end last address
 * @param startPort 0 to 65535; for ICMP and ICMPv6 type * 256 + code
 * @param endPort 0 to 65535; {@code startPort = 65535, endPort = 0} is OPAQUE (RFC 7296 3.13.1)
 */
public record TrafficSelector(int protocol, InetAddress start, InetAddress end, int startPort, int endPort) {}
