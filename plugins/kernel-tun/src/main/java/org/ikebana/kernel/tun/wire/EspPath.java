package org.ikebana.kernel.tun.wire;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.ikebana.ike.kernel.Encapsulation;
import org.ikebana.kernel.linux.IpFamily;
import org.ikebana.kernel.linux.SendHeader;

/**
 * Where an outbound SA's packets go, and what is known of the way.
 */
public final class EspPath {
    /** Of a path for raw ESP. */
    static final int NO_PORT = 0;

    /** More than any IP packet: nothing is known yet. */
    public static final int UNKNOWN_MTU = 65_536;

    private final InetAddress source;
    private final InetAddress destination;
    private final Optional<Encapsulation> encapsulation;
    private final boolean dontFragment;
    private final IpFamily family;
    private final SendHeader header;
    private volatile int mtu = UNKNOWN_MTU;

    /**
     * @param encapsulation empty for raw ESP (IP protocol 50)
     * @param dontFragment outer packets are not fragmented on their way; the path MTU is learned instead
     * @throws IllegalArgumentException if one address is IPv4, the other IPv6
     */
    public EspPath(
            InetAddress source, InetAddress destination, Optional<Encapsulation> encapsulation, boolean dontFragment) {
        this.source = source;
        this.destination = destination;
        this.encapsulation = encapsulation;
        this.dontFragment = dontFragment;
        this.family = IpFamily.of(destination);
        int port = encapsulation.map(Encapsulation::destinationPort).orElse(NO_PORT);
        this.header = new SendHeader(source, new InetSocketAddress(destination, port));
    }

    public InetAddress source() {
        return source;
    }

    public InetAddress destination() {
        return destination;
    }

    public Optional<Encapsulation> encapsulation() {
        return encapsulation;
    }

    public boolean dontFragment() {
        return dontFragment;
    }

    /** The largest outer IP packet that gets there, in octets. */
    public int mtu() {
        return mtu;
    }

    /** Whoever sends learns it. */
    public void learnMtu(int octets) {
        mtu = octets;
    }

    IpFamily family() {
        return family;
    }

    /** {@link #NO_PORT} for raw ESP. */
    int sourcePort() {
        return encapsulation.isPresent() ? encapsulation.get().sourcePort() : NO_PORT;
    }

    /** What the kernel is told with each packet. */
    SendHeader header() {
        return header;
    }
}
