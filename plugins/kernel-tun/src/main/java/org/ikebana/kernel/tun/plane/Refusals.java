package org.ikebana.kernel.tun.plane;

import java.nio.ByteBuffer;
import org.ikebana.kernel.tun.packet.IcmpError;
import org.ikebana.kernel.tun.packet.IpHeader;

/**
 * Tells the sender of a packet why it goes no further (RFC 4301 6.1, 8.2), in the name of the packet's destination: that
 * address the sender has a route to. Not too often (RFC 4443 2.4 f). Of one worker.
 */
final class Refusals {
    private static final int MAX_A_SECOND = 100;
    private static final long SECOND = 1_000_000_000;

    private final Errands.Side host;
    private final ByteBuffer packet = ByteBuffer.allocateDirect(IcmpError.MAX_LENGTH);
    private long secondBegan = System.nanoTime();
    private int told;

    /** @param host the worker that writes to the host */
    Refusals(Errands.Side host) {
        this.host = host;
    }

    /** @param mtu the longest packet that fits, in octets */
    void tooBig(IpHeader header, int mtu) {
        if (mayTell()) {
            tell(IcmpError.packetTooBig(header, mtu, header.destinationHigh(), header.destinationLow(), packet, 0));
        }
    }

    void prohibited(IpHeader header) {
        if (mayTell()) {
            tell(IcmpError.prohibited(header, header.destinationHigh(), header.destinationLow(), packet, 0));
        }
    }

    private boolean mayTell() {
        long now = System.nanoTime();
        if (now - secondBegan >= SECOND) {
            secondBegan = now;
            told = 0;
        }
        return ++told <= MAX_A_SECOND;
    }

    private void tell(int length) {
        if (length > 0) {
            byte[] error = new byte[length];
            packet.get(0, error);
            host.post(error);
        }
    }
}
