package org.ikebana.ike.kernel;

import java.net.InetAddress;

/**
 * What a packet of a policy must be wrapped in. The SPI is left open: the kernel takes the SA with this reqid.
 *
 * @param source outer source; the wildcard address in transport mode
 * @param destination outer destination
 */
public record PolicyTemplate(
        InetAddress source, InetAddress destination, SaProtocol protocol, SaMode mode, int reqid) {}
