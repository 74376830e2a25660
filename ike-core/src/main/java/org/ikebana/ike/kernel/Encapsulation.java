package org.ikebana.ike.kernel;

/** ESP in UDP (RFC 3948): the ports of the outer header, seen from the SA's own direction. */
public record Encapsulation(int sourcePort, int destinationPort) {}
