package org.ikebana.ike.control;

import org.ikebana.ike.kernel.Datagram;

/** Sees IKE datagrams pass, on the threads that carry them: hands them on and returns at once. */
public interface DatagramTap {
    /**
     * @param datagram whose octets are not changed any more
     * @param isMarked its port is one that ESP shares, so that a marker precedes it on the wire (RFC 3948 2.2)
     */
    void passed(Datagram datagram, Direction direction, boolean isMarked);

    /** As long as it is not closed. */
    interface Tapped extends AutoCloseable {
        @Override
        void close();
    }

    enum Direction {
        IN,
        OUT
    }
}
