package org.ikebana.ike.kernel;

import java.net.InetAddress;

/** The addresses of the tests, from the ranges for documentation (RFC 5737, RFC 3849) and private use. */
public enum TestNet {
    IPV4("192.0.2.1", "192.0.2.2", "10.1.0.1", "10.2.0.1", 16, "10.1.0.0", "10.2.0.0"),
    IPV6("2001:db8::1", "2001:db8::2", "fd00:1::1", "fd00:2::1", 32, "fd00:1::", "fd00:2::");

    private final InetAddress local;
    private final InetAddress peer;
    private final InetAddress innerLocal;
    private final InetAddress innerPeer;
    private final int prefixLength;
    private final InetAddress localNet;
    private final InetAddress peerNet;

    TestNet(
            String local,
            String peer,
            String innerLocal,
            String innerPeer,
            int prefixLength,
            String localNet,
            String peerNet) {
        this.local = InetAddress.ofLiteral(local);
        this.peer = InetAddress.ofLiteral(peer);
        this.innerLocal = InetAddress.ofLiteral(innerLocal);
        this.innerPeer = InetAddress.ofLiteral(innerPeer);
        this.prefixLength = prefixLength;
        this.localNet = InetAddress.ofLiteral(localNet);
        this.peerNet = InetAddress.ofLiteral(peerNet);
    }

    /** Our end of the tunnel; the machine holds it. */
    public InetAddress local() {
        return local;
    }

    /** The other end of the tunnel. */
    public InetAddress peer() {
        return peer;
    }

    /** An address of {@link #localNet()} that the machine holds. */
    public InetAddress innerLocal() {
        return innerLocal;
    }

    /** An address of {@link #peerNet()}. */
    public InetAddress innerPeer() {
        return innerPeer;
    }

    /** What is protected behind us. */
    public IpPrefix localNet() {
        return new IpPrefix(localNet, prefixLength);
    }

    /** What is protected behind the peer. */
    public IpPrefix peerNet() {
        return new IpPrefix(peerNet, prefixLength);
    }

    public InetAddress wildcard() {
        return InetAddress.ofLiteral(this == IPV4 ? "0.0.0.0" : "::");
    }

    /** Asks for an inbound SPI of a tunnel from the peer. */
    public SpiRequest spiRequest(int reqid) {
        return new SpiRequest(peer, local, SaProtocol.ESP, SaMode.TUNNEL, reqid, Mark.NONE, 0);
    }
}
