package org.ikebana.ike.environment;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.ikebana.ike.event.IkeEvent;
import org.ikebana.ike.kernel.Datagram;
import org.ikebana.ike.kernel.KernelBackend;

/**
 * Everything that the engine knows of the outside. Real in {@code service}, simulated in tests: what runs above this
 * interface reads no clock, opens no socket, starts no thread and draws no random number by other ways. All callbacks
 * come on the engine's own event loop.
 */
public interface Environment {
    /** Monotonic, in nanoseconds, of any origin. */
    long nanoTime();

    /** Wall clock, by which certificates are valid or not. */
    Instant now();

    Timer after(Duration delay, Runnable action);

    SecureRandom random();

    /** Sends, or drops as any network may; what stands in the way is reported as an event. */
    void send(Datagram datagram);

    void sendNatKeepalive(InetSocketAddress local, InetSocketAddress remote);

    /**
     * The local address from which {@code remote} is reached now.
     *
     * @throws IOException when there is no route
     */
    InetAddress localAddressFor(InetAddress remote) throws IOException;

    /** The addresses that this host has now and may be reached at: neither loopback nor link-local ones. */
    List<InetAddress> localAddresses();

    /** Looks a host name up outside the event loop; an empty list when it has no address. */
    void resolve(String host, Consumer<List<InetAddress>> result);

    /**
     * Gets a document outside the event loop; there is exactly one result, within {@link Fetch#PATIENCE}.
     *
     * @param reader makes of what came what the loop is to know; runs outside the loop, and touches nothing that may change
     */
    <T> void fetch(Fetch what, Function<Fetched, T> reader, Consumer<T> result);

    /**
     * Does outside the event loop what may take its time, such as a signature on a token. There is no limit to how long.
     *
     * @param job touches nothing that may change
     * @param result is told once, unless it is cancelled before the job begins
     * @return cancels it; empty where too much waits for that place already, and nothing will come of it
     */
    <T> Optional<Timer> outside(Place place, Supplier<T> job, Consumer<T> result);

    /** Datagrams that have come and wait to be looked at. */
    default int waiting() {
        return 0;
    }

    KernelBackend kernel();

    void emit(IkeEvent event);
}
