package org.ikebana.kernel.memory;

import java.net.InetAddress;
import java.util.Optional;
import org.ikebana.ike.kernel.Encapsulation;
import org.ikebana.ike.kernel.SaMode;
import org.ikebana.ike.kernel.SaProtocol;
import org.ikebana.ike.kernel.Spi;
import org.ikebana.ike.wire.Octets;

/** A packet as data: what policies and SAs look at, without its contents. */
public sealed interface IpPacket {
    InetAddress source();

    InetAddress destination();

    /** Of the packet within the machine; 0 for none. */
    int mark();

    /** In octets, IP header included. */
    int length();

    /**
     * A packet that nothing protects.
     *
     * @param sourcePort for ICMP and ICMPv6 the type
     * @param destinationPort for ICMP and ICMPv6 the code
     * @param ifId of the XFRM interface that it takes, 0 for none
     */
    record Clear(
            InetAddress source,
            InetAddress destination,
            int protocol,
            int sourcePort,
            int destinationPort,
            int mark,
            int ifId,
            int length)
            implements IpPacket {
        private static final int UDP = 17;

        /** Of 100 octets, without mark and interface. */
        public static Clear udp(InetAddress source, int sourcePort, InetAddress destination, int destinationPort) {
            return new Clear(source, destination, UDP, sourcePort, destinationPort, 0, 0, 100);
        }

        public Clear marked(int newMark) {
            return new Clear(source, destination, protocol, sourcePort, destinationPort, newMark, ifId, length);
        }

        public Clear through(int newIfId) {
            return new Clear(source, destination, protocol, sourcePort, destinationPort, mark, newIfId, length);
        }

        /** What answers it: the ends change places. */
        public Clear reply() {
            return new Clear(
                    /* source= */ destination,
                    /* destination= */ source,
                    protocol,
                    /* sourcePort= */ destinationPort,
                    /* destinationPort= */ sourcePort,
                    0,
                    0,
                    length);
        }
    }

    /**
     * A packet that an SA has wrapped; hand it to another kernel's {@link MemoryKernel#packetIn}, as it is or with the
     * outer addresses and ports that a NAT would give it.
     *
     * @param encapsulation the UDP ports, where it travels in UDP
     * @param sequence the whole sequence number, not only the 32 bits that travel
     * @param seal depends on algorithms and keys: a receiver with others finds it wrong, as it would find the ICV
     */
    record Wrapped(
            InetAddress source,
            InetAddress destination,
            SaProtocol protocol,
            Spi spi,
            SaMode mode,
            Optional<Encapsulation> encapsulation,
            long sequence,
            Octets seal,
            IpPacket inner,
            int mark)
            implements IpPacket {
        @Override
        public int length() {
            return inner.length();
        }

        /** As it looks behind a NAT. */
        public Wrapped translated(InetAddress newSource, int newSourcePort) {
            return new Wrapped(
                    newSource,
                    destination,
                    protocol,
                    spi,
                    mode,
                    encapsulation.map(ports -> new Encapsulation(newSourcePort, ports.destinationPort())),
                    sequence,
                    seal,
                    inner,
                    mark);
        }
    }
}
