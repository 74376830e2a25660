package org.ikebana.ike.kernel;

import java.net.InetAddress;

/**
 * A packet on its way out.
 *
 * @param protocol 17, or 1 and 58 for an echo request
 * @param sourcePort for ICMP the type
 * @param destinationPort for ICMP the code
 * @param mark of the socket (SO_MARK), 0 for none
 */
public record TestPacket(
        InetAddress source, InetAddress destination, int protocol, int sourcePort, int destinationPort, int mark) {
    public static TestPacket udp(InetAddress source, InetAddress destination, int destinationPort) {
        return new TestPacket(source, destination, 17, 4000, destinationPort, 0);
    }

    /** From {@link TestNet#innerLocal()} to {@link TestNet#innerPeer()}. */
    public static TestPacket udp(TestNet net, int destinationPort) {
        return udp(net.innerLocal(), net.innerPeer(), destinationPort);
    }

    public static TestPacket echoRequest(TestNet net) {
        boolean four = net == TestNet.IPV4;
        return new TestPacket(net.innerLocal(), net.innerPeer(), four ? 1 : 58, four ? 8 : 128, 0, 0);
    }

    public TestPacket marked(int newMark) {
        return new TestPacket(source, destination, protocol, sourcePort, destinationPort, newMark);
    }

    /** As an {@link KernelEvent.Acquire} reports it. */
    public PolicySelector asSelector() {
        return new PolicySelector(
                IpPrefix.host(source),
                IpPrefix.host(destination),
                protocol,
                PortMatch.exactly(sourcePort),
                PortMatch.exactly(destinationPort));
    }
}
