package org.ikebana.kernel.tun.wire;

import java.net.InetSocketAddress;

/**
 * A run of packets on a {@link MemoryWire}.
 *
 * @param inUdp whether UDP is around each; if not, the ports are 0
 * @param trafficClass DSCP and ECN of the outer headers
 * @param octets of all packets, one behind the other: ESP, or anything that UDP carries
 * @param segment how long each is; the last may be shorter
 */
public record WirePacket(
        boolean inUdp,
        InetSocketAddress source,
        InetSocketAddress destination,
        int trafficClass,
        byte[] octets,
        int segment) {
    public WirePacket {
        if (octets.length == 0 || octets.length > 0xffff || segment < 1) {
            throw new IllegalArgumentException(
                    "a run has 1 to 65535 octets in packets of at least one, not %d in packets of %d"
                            .formatted(octets.length, segment));
        }
    }

    /** One packet. */
    public static WirePacket inUdp(InetSocketAddress source, InetSocketAddress destination, byte... octets) {
        return new WirePacket(true, source, destination, 0, octets, octets.length);
    }
}
