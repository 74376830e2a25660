package org.ikebana.kernel.tun.wire;

import java.net.InetAddress;
import java.util.Optional;
import org.ikebana.ike.kernel.Encapsulation;

/**
 * Where an outbound SA's packets go, and what is known of the way.
 */
public final class EspPath {
    /** More than any IP packet: nothing is known yet. */
    public static final int UNKNOWN_MTU = 65_536;

    private final InetAddress source;
    private final InetAddress destination;
    private final Optional<Encapsulation> encapsulation;
    private final boolean dontFragment;
    private volatile int mtu = UNKNOWN_MTU;

    /**
     * @param encapsulation empty for raw ESP (IP protocol 50)
     * @param dontFragment outer packets are not fragmented on their way; the path MTU is learned instead
     */
    public EspPath(
            InetAddress source, InetAddress destination, Optional<Encapsulation> encapsulation, boolean dontFragment) {
        this.source = source;
        this.destination = destination;
        this.encapsulation = encapsulation;
        this.dontFragment = dontFragment;
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
}
