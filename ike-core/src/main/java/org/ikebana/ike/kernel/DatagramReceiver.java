package org.ikebana.ike.kernel;

/** Takes datagrams on the transport's own thread. */
@FunctionalInterface
public interface DatagramReceiver {
    /** Hands it on and returns at once. */
    void onDatagram(Datagram datagram);

    /**
     * The same where few are waiting: the receiver may work on it here before the thread goes on, as waking another thread can cost
     * more than the work.
     */
    default void onDatagramAtLeisure(Datagram datagram) {
        onDatagram(datagram);
    }

    /** Whatever was there has been read; a transport that never says so may be behind for long. */
    default void drained() {}
}
