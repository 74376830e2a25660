package org.ikebana.ike.kernel;

import org.ikebana.ike.ts.ProtocolPorts;

/**
 * The packets of a policy or of an ACQUIRE. For ICMP and ICMPv6 the source port holds the type and the destination
 * port the code, as the kernel has it.
 *
 * @param protocol IP protocol number, 0 for any
 */
public record PolicySelector(
        IpPrefix source, IpPrefix destination, int protocol, PortMatch sourcePort, PortMatch destinationPort) {

    /** The same packets on their way back; a type and a code belong to no side, and stay what they are. */
    public PolicySelector reversed() {
        return ProtocolPorts.hasTypeAndCode(protocol)
                ? new PolicySelector(destination, source, protocol, sourcePort, destinationPort)
                : new PolicySelector(destination, source, protocol, destinationPort, sourcePort);
    }

    /** {@code 10.1.0.0/16 to 10.2.0.0/16}, or {@code 10.1.0.0/16 to 10.2.0.0/16 protocol 17 ports any to 53}. */
    @Override
    public String toString() {
        boolean anyPorts = sourcePort.mask() == 0 && destinationPort.mask() == 0;
        return source + " to " + destination
                + (protocol == 0 ? "" : " protocol " + protocol)
                + (anyPorts ? "" : " ports " + sourcePort + " to " + destinationPort);
    }
}
