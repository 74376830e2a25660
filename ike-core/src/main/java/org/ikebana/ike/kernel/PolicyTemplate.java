package org.ikebana.ike.kernel;

import java.net.InetAddress;

/**
 * What a packet of a policy must be wrapped in. The SPI is left open: the kernel takes the SA with this reqid.
 *
 * @param source outer source; the wildcard address in transport mode
 * @param destination outer destination
 * @param optional inbound: a packet that has not been through such an SA passes all the same; outbound: where there is no
 *     SA the packet goes without, which is allowed in transport mode only. For IPComp, which leaves out what does not get
 *     shorter (RFC 3173 2.2)
 */
public record PolicyTemplate(
        InetAddress source, InetAddress destination, SaProtocol protocol, SaMode mode, int reqid, boolean optional) {
    /** One that is required. */
    public PolicyTemplate(InetAddress source, InetAddress destination, SaProtocol protocol, SaMode mode, int reqid) {
        this(source, destination, protocol, mode, reqid, false);
    }
}
