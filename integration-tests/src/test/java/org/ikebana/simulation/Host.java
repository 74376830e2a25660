package org.ikebana.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.ikebana.ike.auth.SharedKey;
import org.ikebana.ike.auth.SharedKeys;
import org.ikebana.ike.connection.ConnectionConfig;
import org.ikebana.ike.connection.IkeSettings;
import org.ikebana.ike.crypto.CryptoRegistry;
import org.ikebana.ike.engine.IkeEngine;
import org.ikebana.ike.environment.Environment;
import org.ikebana.ike.environment.Timer;
import org.ikebana.ike.event.IkeEvent;
import org.ikebana.ike.kernel.Datagram;
import org.ikebana.ike.kernel.KernelBackend;
import org.ikebana.ike.sa.IkeSa;
import org.ikebana.kernel.memory.MemoryKernel;
import org.ikebana.kernel.model.KernelOptions;
import org.ikebana.kernel.model.VirtualClock;

/** One machine: an engine, a modelled kernel, an address on the network. */
final class Host implements Environment {
    private static final CryptoRegistry CRYPTO = CryptoRegistry.standard();

    private final VirtualClock time;
    private final Network network;
    private List<InetAddress> addresses;
    private final SeededRandom random;
    private final MemoryKernel kernel;
    private final IkeEngine engine;
    private final List<IkeEvent> events = new ArrayList<>();

    Host(VirtualClock time, Network network, InetAddress address, long seed, IkeSettings settings) {
        this.time = time;
        this.network = network;
        this.addresses = List.of(address);
        this.random = new SeededRandom(seed);
        this.kernel = new MemoryKernel(time, random, KernelOptions.DEFAULT, (config, receiver) -> {
            throw new IOException("the network of a simulation has no sockets");
        });
        this.engine = new IkeEngine(this, CRYPTO, settings);
        kernel.listen(event -> time.schedule(Duration.ZERO, () -> engine.onKernelEvent(event)));
        network.attach(address, this);
    }

    IkeEngine engine() {
        return engine;
    }

    MemoryKernel memory() {
        return kernel;
    }

    void load(List<SharedKey> keys, ConnectionConfig... connections) {
        engine.load(List.of(connections), new SharedKeys(keys));
    }

    <T extends IkeEvent> List<T> events(Class<T> type) {
        return events.stream().filter(type::isInstance).map(type::cast).toList();
    }

    /** The next nonce begins with this octet: what decides collisions (RFC 7296 2.8.1). */
    void nextNonce(int firstOctet) {
        random.nextNonce(firstOctet);
    }

    /** The IKE SA that is at work. */
    IkeSa ikeSa() {
        List<IkeSa> established =
                engine.ikeSas().stream().filter(IkeSa::isEstablished).toList();
        assertThat(established).as("established IKE SAs").hasSize(1);
        return established.getFirst();
    }

    void rekeyChild() {
        ikeSa().rekeyChild(ikeSa().childSas().getFirst());
    }

    /** Has these addresses from now on, the first of them for what it sends by itself, and is told so. */
    void moveTo(InetAddress... now) {
        addresses.forEach(address -> network.detach(address, this));
        addresses = List.of(now);
        addresses.forEach(address -> network.attach(address, this));
        kernel.changeAddresses();
    }

    int keepalives() {
        return keepalives;
    }

    List<IkeEvent> events() {
        return events;
    }

    @Override
    public long nanoTime() {
        return Duration.between(Instant.EPOCH, time.now()).toNanos();
    }

    @Override
    public Timer after(Duration delay, Runnable action) {
        return time.schedule(delay, action)::cancel;
    }

    @Override
    public SecureRandom random() {
        return random;
    }

    @Override
    public void send(Datagram datagram) {
        if (addresses.contains(datagram.local().getAddress())) {
            network.carry(datagram);
        } else {
            emit(new IkeEvent.Warning("sending to " + datagram.remote(), "no such address of ours"));
        }
    }

    @Override
    public void sendNatKeepalive(InetSocketAddress local, InetSocketAddress remote) {
        keepalives++;
    }

    private int keepalives;

    @Override
    public InetAddress localAddressFor(InetAddress remote) throws IOException {
        return addresses.stream()
                .findFirst()
                .orElseThrow(() -> new IOException("no route to " + remote.getHostAddress()));
    }

    @Override
    public List<InetAddress> localAddresses() {
        return addresses;
    }

    @Override
    public void resolve(String host, Consumer<List<InetAddress>> result) {
        time.schedule(Duration.ofMillis(1), () -> result.accept(List.of()));
    }

    @Override
    public KernelBackend kernel() {
        return kernel;
    }

    @Override
    public void emit(IkeEvent event) {
        events.add(event);
    }
}
