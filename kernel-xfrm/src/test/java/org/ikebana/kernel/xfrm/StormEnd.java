package org.ikebana.kernel.xfrm;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.ikebana.ike.auth.Identity;
import org.ikebana.ike.auth.SharedKey;
import org.ikebana.ike.auth.SharedKeys;
import org.ikebana.ike.connection.AddressSpec;
import org.ikebana.ike.connection.AuthConfig;
import org.ikebana.ike.connection.ChildConfig;
import org.ikebana.ike.connection.ConnectionConfig;
import org.ikebana.ike.connection.IkeSettings;
import org.ikebana.ike.connection.SelectorSpec;
import org.ikebana.ike.connection.StartAction;
import org.ikebana.ike.crypto.CryptoRegistry;
import org.ikebana.ike.crypto.Secret;
import org.ikebana.ike.engine.IkeEngine;
import org.ikebana.ike.event.IkeEvent;
import org.ikebana.ike.kernel.KernelBackend;
import org.ikebana.ike.kernel.KernelException;
import org.ikebana.ike.kernel.KernelSnapshot.InstalledSa;
import org.ikebana.ike.kernel.SaKey;
import org.ikebana.ike.service.IkeService;
import org.ikebana.ike.ts.SelectorSyntax;

/** One end of the tunnels that a storm comes over: the engine on the kernel of the namespace in which it is made. */
final class StormEnd implements AutoCloseable {
    /** How long nothing may happen. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final Duration SHORT = Duration.ofMillis(100);

    private final KernelBackend kernel;
    private final IkeService service;
    private final BlockingQueue<IkeEvent> heard = new LinkedBlockingQueue<>();

    StormEnd(KernelBackend kernel, List<ConnectionConfig> connections) throws Exception {
        this.kernel = kernel;
        this.service = IkeService.start(kernel, CryptoRegistry.standard(), IkeSettings.DEFAULT, heard::add);
        service.load(
                connections,
                new SharedKeys(List.of(new SharedKey(
                        "ike",
                        List.of(),
                        Secret.copyOf("a storm".getBytes(java.nio.charset.StandardCharsets.US_ASCII))))));
    }

    /** Connection {@code site}, each of whose children has a host of {@code 10.2.0.0/16} for itself. */
    static ConnectionConfig tunnels(int children, InetAddress here, InetAddress there, boolean begins)
            throws Exception {
        List<ChildConfig> all = new ArrayList<>();
        for (int i = 0; i < children; i++) {
            String behind = "10.2.0." + i + "/32";
            all.add(ChildConfig.named("net" + i)
                    .localSelectors(selector(begins ? "10.1.0.0/16" : behind))
                    .remoteSelectors(selector(begins ? behind : "10.1.0.0/16"))
                    .startAction(begins ? StartAction.START : StartAction.NONE)
                    .build());
        }
        return connection("site", here, there, all);
    }

    /** A connection with one child that is brought up by traffic to that prefix. */
    static ConnectionConfig onDemand(String name, InetAddress here, InetAddress there, String prefix) throws Exception {
        return connection(
                name,
                here,
                there,
                List.of(ChildConfig.named("net")
                        .localSelectors(selector("10.1.0.0/16"))
                        .remoteSelectors(selector(prefix))
                        .startAction(StartAction.TRAP)
                        .build()));
    }

    /** Waits until it is so: looks with each event, and between them, as an old SA leaves the kernel without one. */
    void await(String what, BooleanSupplier isSo) throws InterruptedException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!isSo.getAsBoolean()) {
            assertThat(System.nanoTime()).as("%s: %s", what, both()).isLessThan(end);
            IkeEvent next = heard.poll(SHORT.toMillis(), TimeUnit.MILLISECONDS);
            if (next != null) {
                end = System.nanoTime() + PATIENCE.toNanos();
            }
        }
    }

    /** Does it again and again until such an event is heard of. */
    void awaitEvent(Class<? extends IkeEvent> kind, String connection, Step cause) throws Exception {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            cause.run();
            IkeEvent next = heard.poll(SHORT.toMillis(), TimeUnit.MILLISECONDS);
            for (; next != null; next = heard.poll()) {
                if (kind.isInstance(next) && next.toString().contains("connection=" + connection)) {
                    return;
                }
            }
        }
        throw new AssertionError("nothing was heard of " + connection + " within " + PATIENCE);
    }

    /** What may fail. */
    interface Step {
        void run() throws Exception;
    }

    /** The engine's and the kernel's SAs at one moment. */
    Both both() {
        try {
            return service.ask(engine -> new Both(known(engine), installed()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** @param known by the engine */
    record Both(Set<SaKey> known, Set<SaKey> installed) {
        boolean agree(int count) {
            return known.equals(installed) && known.size() == count;
        }
    }

    KernelBackend kernel() {
        return kernel;
    }

    @Override
    public void close() throws InterruptedException {
        service.shutdown(Duration.ofSeconds(5));
        service.close();
        kernel.close();
    }

    private static Set<SaKey> known(IkeEngine engine) {
        return engine.ikeSas().stream()
                .flatMap(ikeSa -> ikeSa.childSas().stream())
                .flatMap(child -> Stream.of(child.inbound(), child.outbound()))
                .collect(Collectors.toCollection(HashSet::new));
    }

    private Set<SaKey> installed() {
        try {
            return kernel.snapshot().sas().stream()
                    .filter(sa -> !sa.larval())
                    .map(InstalledSa::key)
                    .collect(Collectors.toCollection(HashSet::new));
        } catch (KernelException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ConnectionConfig connection(
            String name, InetAddress here, InetAddress there, List<ChildConfig> children) throws Exception {
        return ConnectionConfig.named(name)
                .localAddresses(List.of(new AddressSpec.Exact(here)))
                .remoteAddresses(List.of(new AddressSpec.Exact(there)))
                .local(new AuthConfig(AuthConfig.Method.PSK, Identity.parse(here.getHostAddress())))
                .remote(new AuthConfig(AuthConfig.Method.PSK, Identity.parse(there.getHostAddress())))
                .children(children)
                .build();
    }

    private static List<SelectorSpec> selector(String prefix) throws Exception {
        return List.of(new SelectorSpec.Fixed(SelectorSyntax.parse(prefix)));
    }
}
