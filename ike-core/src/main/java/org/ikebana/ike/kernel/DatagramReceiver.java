package org.ikebana.ike.kernel;

/** Takes datagrams on the transport's own thread: it hands them on and returns at once. */
@FunctionalInterface
public interface DatagramReceiver {
    void onDatagram(Datagram datagram);
}
