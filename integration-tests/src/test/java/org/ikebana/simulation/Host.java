package org.ikebana.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.ikebana.ike.auth.CredentialStore;
import org.ikebana.ike.auth.SharedKey;
import org.ikebana.ike.auth.SharedKeys;
import org.ikebana.ike.connection.ConnectionConfig;
import org.ikebana.ike.connection.IkeSettings;
import org.ikebana.ike.crypto.CryptoRegistry;
import org.ikebana.ike.engine.Doorkeeper;
import org.ikebana.ike.engine.IkeEngine;
import org.ikebana.ike.environment.Environment;
import org.ikebana.ike.environment.Fetch;
import org.ikebana.ike.environment.Fetched;
import org.ikebana.ike.environment.Place;
import org.ikebana.ike.environment.Timer;
import org.ikebana.ike.event.IkeEvent;
import org.ikebana.ike.event.Subsystem;
import org.ikebana.ike.kernel.Datagram;
import org.ikebana.ike.kernel.KernelBackend;
import org.ikebana.ike.kernel.KernelUpdate;
import org.ikebana.ike.sa.IkeSa;
import org.ikebana.kernel.memory.MemoryKernel;
import org.ikebana.kernel.model.KernelOptions;
import org.ikebana.kernel.model.VirtualClock;
import org.jspecify.annotations.Nullable;

/** One machine: an engine, a modelled kernel, an address on the network. */
final class Host implements Environment {
    static final CryptoRegistry CRYPTO = CryptoRegistry.standard();

    private final VirtualClock time;
    private final Network network;
    private final SeededRandom random;
    private Set<InetAddress> addresses;
    private final MemoryKernel kernel;
    private final WatchedKernel watched;
    private final IkeEngine engine;
    private final List<IkeEvent> events = new ArrayList<>();
    private final Map<String, List<InetAddress>> names = new HashMap<>();
    private final Documents documents;
    private final Map<Place, Optional<Duration>> places = new HashMap<>();
    private Consumer<IkeEvent> listener = event -> {};
    private Instant frozenUntil = Instant.EPOCH;
    private final Set<Deferred> pending = new LinkedHashSet<>();
    private boolean isDead;
    private long leapt;

    Host(VirtualClock time, Network network, InetAddress address, long seed, IkeSettings settings) {
        this(time, network, address, new SeededRandom(seed), settings);
    }

    private Host(VirtualClock time, Network network, InetAddress address, SeededRandom random, IkeSettings settings) {
        this(
                time,
                network,
                address,
                random,
                new MemoryKernel(time, random, KernelOptions.DEFAULT, (config, receiver) -> {
                    throw new IOException("the network of a simulation has no sockets");
                }),
                settings,
                CRYPTO,
                change -> {});
    }

    /** @param watcher sees what the kernel has been told and has done */
    Host(
            VirtualClock time,
            Network network,
            InetAddress address,
            SeededRandom random,
            MemoryKernel kernel,
            IkeSettings settings,
            CryptoRegistry crypto,
            Consumer<KernelUpdate> watcher) {
        this.time = time;
        this.network = network;
        this.addresses = Set.of(address);
        this.random = random;
        this.kernel = kernel;
        this.watched = new WatchedKernel(kernel, watcher);
        this.documents = new Documents(time);
        this.engine = new IkeEngine(this, crypto, settings);
        kernel.listen(event -> when(Duration.ZERO, () -> engine.onKernelEvent(event)));
        network.attach(address, this);
    }

    void receive(Datagram datagram) {
        if (!isDead) {
            switch (engine.doorkeeper().look(datagram)) {
                case Doorkeeper.Verdict.Pass pass -> when(Duration.ZERO, () -> engine.onDatagram(datagram));
                case Doorkeeper.Verdict.Answer answer -> send(answer.datagram());
                case Doorkeeper.Verdict.Drop drop -> {}
            }
        }
    }

    /** kill -9: what it has installed stays in the kernel. */
    void kill() {
        isDead = true;
        List.copyOf(pending).forEach(Deferred::cancel);
        kernel.close();
    }

    /** Nothing moves for so long; what comes meanwhile waits. */
    void freeze(Duration duration) {
        frozenUntil = time.now().plus(duration);
    }

    /** Its monotonic clock leaps, as after a suspension that the kernel's timers did not count. */
    void leap(Duration duration) {
        leapt += duration.toNanos();
    }

    IkeEngine engine() {
        return engine;
    }

    MemoryKernel memory() {
        return kernel;
    }

    void load(List<SharedKey> keys, ConnectionConfig... connections) {
        load(new SharedKeys(keys), connections);
    }

    void load(CredentialStore credentials, ConnectionConfig... connections) {
        engine.load(List.of(connections), credentials);
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
        addresses = new LinkedHashSet<>(List.of(now));
        addresses.forEach(address -> network.attach(address, this));
        kernel.changeAddresses();
    }

    /** What it finds when it looks a name up from now on. */
    void name(String host, InetAddress... its) {
        names.put(host, List.of(its));
    }

    /** What it finds when it fetches something. */
    Documents documents() {
        return documents;
    }

    /** How long whatever is done there takes from now on; empty where too much waits already. */
    void takes(Place place, Optional<Duration> delay) {
        places.put(place, delay);
    }

    int keepalives() {
        return keepalives;
    }

    List<IkeEvent> events() {
        return events;
    }

    @Override
    public long nanoTime() {
        return Duration.between(Instant.EPOCH, time.now()).toNanos() + leapt;
    }

    @Override
    public Instant now() {
        return time.now();
    }

    @Override
    public Timer after(Duration delay, Runnable action) {
        return when(delay, action);
    }

    @Override
    public SecureRandom random() {
        return random;
    }

    @Override
    public void send(Datagram datagram) {
        if (isDead) {
            return;
        }
        if (addresses.contains(datagram.local().getAddress())) {
            network.carry(datagram);
        } else {
            emit(new IkeEvent.Warning(Subsystem.NET, "sending to " + datagram.remote(), "no such address of ours"));
        }
    }

    @Override
    public void sendNatKeepalive(InetSocketAddress local, InetSocketAddress remote) {
        keepalives++;
        if (addresses.contains(local.getAddress())) {
            network.keepAlive(local);
        }
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
        return List.copyOf(addresses);
    }

    @Override
    public void resolve(String host, Consumer<List<InetAddress>> result) {
        time.schedule(Duration.ofMillis(1), () -> result.accept(names.getOrDefault(host, List.of())));
    }

    @Override
    public <T> void fetch(Fetch what, Function<Fetched, T> reader, Consumer<T> result) {
        documents.fetch(what, fetched -> {
            T read = reader.apply(fetched);
            when(Duration.ZERO, () -> result.accept(read));
        });
    }

    @Override
    public <T> Optional<Timer> outside(Place place, Supplier<T> job, Consumer<T> result) {
        return places.getOrDefault(place, Optional.of(Duration.ofMillis(1)))
                .map(delay -> when(delay, () -> result.accept(job.get())));
    }

    @Override
    public KernelBackend kernel() {
        return watched;
    }

    @Override
    public void emit(IkeEvent event) {
        events.add(event);
        listener.accept(event);
    }

    void onEvent(Consumer<IkeEvent> newListener) {
        listener = newListener;
    }

    private Timer when(Duration delay, Runnable action) {
        Deferred deferred = new Deferred(action);
        deferred.schedule(delay);
        return deferred;
    }

    /** Runs once the host moves again, if it is frozen; never, once it is dead. */
    private final class Deferred implements Timer {
        private final Runnable action;
        private @Nullable Timer timer;

        private Deferred(Runnable action) {
            this.action = action;
        }

        private void schedule(Duration delay) {
            pending.add(this);
            timer = time.schedule(delay, this::run);
        }

        private void run() {
            pending.remove(this);
            Instant now = time.now();
            if (now.isBefore(frozenUntil)) {
                schedule(Duration.between(now, frozenUntil));
            } else {
                action.run();
            }
        }

        @Override
        public void cancel() {
            pending.remove(this);
            if (timer != null) {
                timer.cancel();
            }
        }
    }
}
