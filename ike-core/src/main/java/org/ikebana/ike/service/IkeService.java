package org.ikebana.ike.service;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.ikebana.ike.auth.CredentialStore;
import org.ikebana.ike.connection.ConnectionConfig;
import org.ikebana.ike.connection.IkeSettings;
import org.ikebana.ike.control.DatagramTap;
import org.ikebana.ike.control.Subscriber;
import org.ikebana.ike.control.Subscription;
import org.ikebana.ike.control.Workload;
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
import org.ikebana.ike.kernel.DatagramReceiver;
import org.ikebana.ike.kernel.IkeTransport;
import org.ikebana.ike.kernel.KernelBackend;
import org.ikebana.ike.kernel.TransportConfig;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The engine in the real world: its event loop, sockets, clock and kernel. Safe for use by any thread; every command
 * is carried out on the loop.
 */
public final class IkeService implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(IkeService.class);

    /** No kernel takes longer to remove what ten thousand tunnels have there. */
    private static final Duration TELLING = Duration.ofSeconds(30);

    private final KernelBackend kernel;
    private final Consumer<IkeEvent> events;
    private final EventLoop loop = new EventLoop("ike");
    private final SecureRandom random = new SecureRandom();
    private final IkeTransport transport;
    private final IkeEngine engine;
    private final NoticeHub notices;
    private final LongAdder overload = new LongAdder();
    private final Fetcher fetcher = new Fetcher(loop::execute);
    private final OutsideJobs jobs = new OutsideJobs(loop::execute);
    private final List<DatagramTap> taps = new CopyOnWriteArrayList<>();
    /** Null until the engine is there; the sockets are open before. */
    private volatile @Nullable Doorkeeper doorkeeper;

    private boolean closed;

    private IkeService(KernelBackend kernel, CryptoRegistry crypto, IkeSettings settings, Consumer<IkeEvent> events)
            throws IOException {
        this.kernel = kernel;
        this.events = events;
        this.transport = kernel.openTransport(new TransportConfig(settings.port(), settings.natPort()), new Entrance());
        this.engine = new IkeEngine(new Outside(), crypto, settings.withPorts(transport.port(), transport.natPort()));
        this.doorkeeper = engine.doorkeeper();
        this.notices = new NoticeHub(engine::statusReader);
        engine.observe(notices);
    }

    /**
     * Opens the sockets and starts. The kernel stays the caller's to close, after the service.
     *
     * @param events called on the event loop: hands on and returns at once
     * @throws IOException when a port cannot be had, with the reason
     */
    public static IkeService start(
            KernelBackend kernel, CryptoRegistry crypto, IkeSettings settings, Consumer<IkeEvent> events)
            throws IOException {
        IkeService service = new IkeService(kernel, crypto, settings, events);
        service.loop.start();
        kernel.listen(new KernelMailbox(service.loop, service.engine::onKernelEvent));
        return service;
    }

    public int port() {
        return transport.port();
    }

    public int natPort() {
        return transport.natPort();
    }

    /** Datagrams that were dropped because more were waiting than the event loop takes. */
    public long overloadDrops() {
        return overload.sum();
    }

    /** Hears of what happens from now on, on a thread of its own. */
    public Subscription subscribe(Subscriber subscriber) {
        return notices.subscribe(subscriber);
    }

    /** How busy it is now. */
    public Workload workload() throws InterruptedException {
        int timers = ask(e -> loop.timers());
        return new Workload(loop.waiting(), timers);
    }

    /** Shows it all datagrams from now on. */
    DatagramTap.Tapped tap(DatagramTap tap) {
        taps.add(tap);
        return () -> taps.remove(tap);
    }

    KernelBackend kernel() {
        return kernel;
    }

    /** Puts one connection into effect, and leaves all others alone. */
    public void load(ConnectionConfig connection) {
        tell(e -> e.load(connection));
    }

    /** Puts a configuration into effect; connections that are as they were keep their SAs. */
    public void load(List<ConnectionConfig> connections, CredentialStore credentials) {
        tell(e -> e.load(connections, credentials));
    }

    /** Has the engine do something on its own loop, and does not wait. */
    public void tell(Consumer<IkeEngine> command) {
        loop.execute(() -> command.accept(engine));
    }

    /** Asks the engine something on its own loop and waits for the answer. */
    public <T> T ask(Function<IkeEngine, T> question) throws InterruptedException {
        CompletableFuture<T> answer = new CompletableFuture<>();
        loop.execute(() -> {
            try {
                answer.complete(question.apply(engine));
            } catch (RuntimeException e) {
                answer.completeExceptionally(e);
            }
        });
        try {
            return answer.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException(e.getCause());
        }
    }

    /**
     * Deletes every SA and policy of ours, tells the peers, and waits for their answers.
     *
     * @param patience once all have been told, which takes its time with ten thousand
     * @return false when some peer had not answered within {@code patience}; its SAs are gone here all the same
     */
    public boolean shutdown(Duration patience) throws InterruptedException {
        CountDownLatch told = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);
        loop.execute(() -> {
            engine.shutdown(done::countDown);
            told.countDown();
        });
        return told.await(TELLING.toMillis(), TimeUnit.MILLISECONDS)
                && done.await(patience.toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Frees threads and sockets; SAs that {@link #shutdown} has not removed stay in the kernel. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            transport.close();
            loop.close();
            fetcher.close();
            jobs.close();
        }
    }

    private void show(Datagram datagram, DatagramTap.Direction direction) {
        for (DatagramTap tap : taps) {
            tap.passed(datagram, direction, datagram.local().getPort() == natPort());
        }
    }

    /** Where datagrams come in, on the thread that receives them. */
    private final class Entrance implements DatagramReceiver {
        @Override
        public void onDatagram(Datagram datagram) {
            if (isLetIn(datagram) && !loop.offer(() -> engine.onDatagram(datagram))) {
                overload.increment();
            }
        }

        @Override
        public void onDatagramAtLeisure(Datagram datagram) {
            if (isLetIn(datagram) && !loop.offerOrRun(() -> engine.onDatagram(datagram))) {
                overload.increment();
            }
        }

        @Override
        public void drained() {
            Doorkeeper atTheDoor = doorkeeper;
            if (atTheDoor != null) {
                atTheDoor.drained();
            }
        }
    }

    private boolean isLetIn(Datagram datagram) {
        DatagramLog.received(datagram);
        show(datagram, DatagramTap.Direction.IN);
        Doorkeeper atTheDoor = doorkeeper;
        return switch (atTheDoor == null ? new Doorkeeper.Verdict.Pass() : atTheDoor.look(datagram)) {
            case Doorkeeper.Verdict.Pass pass -> true;
            case Doorkeeper.Verdict.Answer answer -> {
                answer(answer.datagram());
                yield false;
            }
            case Doorkeeper.Verdict.Drop drop -> false;
        };
    }

    /** Not on the event loop. Who invents addresses has us answer to where no route leads. */
    private void answer(Datagram datagram) {
        try {
            DatagramLog.sent(datagram);
            show(datagram, DatagramTap.Direction.OUT);
            transport.send(datagram);
        } catch (IOException e) {
            LOG.debug("no cookie sent to {}: {}", datagram.remote(), e.getMessage());
        }
    }

    /** The engine's outside. */
    private final class Outside implements Environment {
        @Override
        public long nanoTime() {
            return System.nanoTime();
        }

        @Override
        public Instant now() {
            return Instant.now();
        }

        @Override
        public Timer after(Duration delay, Runnable action) {
            return loop.after(delay, action);
        }

        @Override
        public int waiting() {
            return loop.waiting();
        }

        @Override
        public SecureRandom random() {
            return random;
        }

        @Override
        public void send(Datagram datagram) {
            try {
                DatagramLog.sent(datagram);
                show(datagram, DatagramTap.Direction.OUT);
                transport.send(datagram);
            } catch (IOException e) {
                emit(new IkeEvent.Warning(
                        Subsystem.NET, "sending to " + datagram.remote(), String.valueOf(e.getMessage())));
            }
        }

        @Override
        public void sendNatKeepalive(InetSocketAddress local, InetSocketAddress remote) {
            try {
                transport.sendNatKeepalive(local, remote);
            } catch (IOException e) {
                LOG.debug("NAT keepalive to {} not sent: {}", remote, e.getMessage());
            }
        }

        @Override
        public InetAddress localAddressFor(InetAddress remote) throws IOException {
            return transport.localAddressFor(remote);
        }

        @Override
        public List<InetAddress> localAddresses() {
            try {
                return NetworkInterface.networkInterfaces()
                        .filter(Outside::isUp)
                        .flatMap(NetworkInterface::inetAddresses)
                        .filter(address -> !address.isLoopbackAddress() && !address.isLinkLocalAddress())
                        .toList();
            } catch (SocketException e) {
                LOG.warn("the addresses of this host cannot be listed", e);
                return List.of();
            }
        }

        private static boolean isUp(NetworkInterface candidate) {
            try {
                return candidate.isUp();
            } catch (SocketException e) {
                LOG.debug("{} is gone", candidate.getName(), e);
                return false;
            }
        }

        @Override
        public void resolve(String host, Consumer<List<InetAddress>> result) {
            Thread.ofVirtual().name("resolve " + host).start(() -> {
                List<InetAddress> addresses = lookUp(host);
                loop.execute(() -> result.accept(addresses));
            });
        }

        @Override
        public <T> void fetch(Fetch what, Function<Fetched, T> reader, Consumer<T> result) {
            fetcher.fetch(what, reader, result);
        }

        @Override
        public <T> Optional<Timer> outside(Place place, Supplier<T> job, Consumer<T> result) {
            return jobs.begin(place, job, result);
        }

        @Override
        public KernelBackend kernel() {
            return kernel;
        }

        @Override
        public void emit(IkeEvent event) {
            events.accept(event);
            notices.happened(event);
        }

        private static List<InetAddress> lookUp(String host) {
            try {
                return List.of(InetAddress.getAllByName(host));
            } catch (UnknownHostException e) {
                LOG.debug("{} has no address", host, e);
                return List.of();
            }
        }
    }
}
