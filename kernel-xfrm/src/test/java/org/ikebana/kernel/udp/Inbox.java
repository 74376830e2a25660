package org.ikebana.kernel.udp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.ikebana.ike.kernel.Datagram;
import org.ikebana.ike.kernel.DatagramReceiver;

/** Keeps what a transport hands on until a test takes it. */
final class Inbox implements DatagramReceiver {
    private static final long PATIENCE_SECONDS = 10;

    private final BlockingQueue<Datagram> datagrams = new LinkedBlockingQueue<>();

    @Override
    public void onDatagram(Datagram datagram) {
        datagrams.add(datagram);
    }

    /** The next one; fails if none comes. */
    Datagram take() throws InterruptedException {
        Datagram datagram = datagrams.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
        assertThat(datagram).as("a datagram within %d s", PATIENCE_SECONDS).isNotNull();
        return datagram;
    }

    /**
     * Has messages come one after the other until something has happened: even on the loopback interface a datagram may
     * overtake another. The test's own time limit bounds it.
     */
    void takeUntil(BooleanSupplier happened, Sending message) throws Exception {
        while (!happened.getAsBoolean()) {
            message.send();
            take();
        }
    }

    /** Has one message sent here. */
    @FunctionalInterface
    interface Sending {
        void send() throws Exception;
    }
}
