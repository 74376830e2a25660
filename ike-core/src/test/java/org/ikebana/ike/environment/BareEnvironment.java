package org.ikebana.ike.environment;

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

/** Time and chance alone; a test overrides what else is to be asked of the outside. */
public class BareEnvironment implements Environment {
    private final SecureRandom random = new SecureRandom();
    private long now;

    public void pass(Duration duration) {
        now += duration.toNanos();
    }

    @Override
    public long nanoTime() {
        return now;
    }

    @Override
    public Instant now() {
        return Instant.EPOCH.plusNanos(now);
    }

    @Override
    public SecureRandom random() {
        return random;
    }

    @Override
    public List<InetAddress> localAddresses() {
        throw notAskedFor();
    }

    @Override
    public Timer after(Duration delay, Runnable action) {
        throw notAskedFor();
    }

    @Override
    public void send(Datagram datagram) {
        throw notAskedFor();
    }

    @Override
    public void sendNatKeepalive(InetSocketAddress local, InetSocketAddress remote) {
        throw notAskedFor();
    }

    @Override
    public InetAddress localAddressFor(InetAddress remote) {
        throw notAskedFor();
    }

    @Override
    public void resolve(String host, Consumer<List<InetAddress>> result) {
        throw notAskedFor();
    }

    @Override
    public <T> void fetch(Fetch what, Function<Fetched, T> reader, Consumer<T> result) {
        throw notAskedFor();
    }

    @Override
    public <T> Optional<Timer> outside(Place place, Supplier<T> job, Consumer<T> result) {
        throw notAskedFor();
    }

    @Override
    public KernelBackend kernel() {
        throw notAskedFor();
    }

    @Override
    public void emit(IkeEvent event) {
        throw notAskedFor();
    }

    private static AssertionError notAskedFor() {
        return new AssertionError("not asked for");
    }
}
