package org.ikebana.kernel.tun.plane;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.ikebana.ike.kernel.Direction;
import org.ikebana.ike.kernel.SaMode;
import org.ikebana.kernel.tun.packet.Ecn;
import org.ikebana.kernel.tun.packet.IpHeader;
import org.ikebana.kernel.tun.wire.EspReceiver;

/**
 * A packet that an SA has proved genuine: policies agree or it is dropped, then the host gets it, several of a flow as one
 * super-packet. Of one worker.
 */
final class Delivery {
    private static final int IPV4_IN_IP = 4;
    private static final int IPV6_IN_IP = 41;
    private static final int NO_NEXT_HEADER = 59;

    private final TunPlane plane;
    private final HostAddresses own;
    private final HostQueue host;
    private final InboundHeaders transport = new InboundHeaders();
    private final IpHeader header = new IpHeader();

    Delivery(TunPlane plane, HostAddresses own, HostQueue host) {
        this.plane = plane;
        this.own = own;
        this.host = host;
    }

    /**
     * @param i the receiver's run that it came in
     * @param at where its payload stands in the receiver's memory
     * @param now in milliseconds since 1970
     */
    void deliver(InboundSa sa, EspReceiver receiver, int i, int at, int length, int nextHeader, long now)
            throws IOException {
        if (sa.mode() == SaMode.TRANSPORT) {
            int whole = transport.build(receiver, i, at, length, nextHeader);
            if (whole > 0) {
                deliver(sa, receiver.trafficClass(i), transport.memory(), 0, whole, now);
                return;
            }
        } else if (nextHeader == IPV4_IN_IP || nextHeader == IPV6_IN_IP) {
            boolean four = length > 0 && receiver.memory().get(at) >>> 4 == 4;
            if (four == (nextHeader == IPV4_IN_IP)) {
                deliver(sa, receiver.trafficClass(i), receiver.memory(), at, length, now);
                return;
            }
        }
        drop(nextHeader == NO_NEXT_HEADER ? Drop.IN_DUMMY : Drop.IN_INNER_ERROR);
    }

    /** Of our own making. */
    void handOver(byte[] packet) throws IOException {
        host.write(ByteBuffer.allocateDirect(packet.length).put(0, packet), 0, packet.length);
        host.flush();
    }

    void flush() throws IOException {
        host.flush();
    }

    private void deliver(InboundSa sa, int outerClass, ByteBuffer memory, int at, int length, long now)
            throws IOException {
        if (!header.parse(memory, at, length)) {
            drop(Drop.IN_INNER_ERROR);
            return;
        }
        sa.model().counters().count(1, header.totalLength(), now);
        if (!isPermitted(sa)) {
            return;
        }
        if (sa.mode() == SaMode.TUNNEL) {
            int inner = Ecn.inner(sa.flags(), header.trafficClass(), outerClass);
            if (inner == Ecn.DROP) {
                drop(Drop.IN_ECN);
                return;
            }
            if (inner != header.trafficClass()) {
                IpHeader.setTrafficClass(memory, at, inner);
            }
        }
        // Behind the packet there may be padding that hides its length (RFC 4303 2.7).
        host.write(memory, at, header.totalLength());
    }

    private boolean isPermitted(InboundSa sa) {
        Direction direction =
                own.contains(header.destinationHigh(), header.destinationLow()) ? Direction.IN : Direction.FORWARD;
        PlanePolicy policy = plane.lookUp(direction, header);
        boolean transportMode = sa.mode() == SaMode.TRANSPORT;
        if (transportMode && !sa.letsThrough(header)) {
            drop(Drop.IN_TEMPLATE_MISMATCH);
            return false;
        }
        if (policy == null) {
            if (!transportMode) {
                drop(Drop.IN_NO_POLICIES);
            }
            return transportMode;
        }
        if (policy.blocks()) {
            drop(Drop.IN_POLICY_BLOCK);
            return false;
        }
        boolean satisfied = policy.isSatisfiedBy(sa) || transportMode && policy.passes();
        if (!satisfied) {
            drop(Drop.IN_TEMPLATE_MISMATCH);
        }
        return satisfied;
    }

    private void drop(Drop cause) {
        plane.counters().dropped(cause);
    }
}
