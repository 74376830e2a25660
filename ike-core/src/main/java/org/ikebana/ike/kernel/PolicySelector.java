package org.ikebana.ike.kernel;

/**
 * The packets of a policy or of an ACQUIRE. For ICMP and ICMPv6 the source port holds the type and the destination
 * port the code, as the kernel has it.
 *
 * @param protocol IP protocol number, 0 for any
 */
public record PolicySelector(
        IpPrefix source, IpPrefix destination, int protocol, PortMatch sourcePort, PortMatch destinationPort) {

    /** The same packets on their way back. */
    public PolicySelector reversed() {
        return new PolicySelector(destination, source, protocol, destinationPort, sourcePort);
    }
}
