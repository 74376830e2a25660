package org.ikebana.bench.handshake;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.ikebana.config.ConfigLoader;
import org.ikebana.config.Configuration;
import org.ikebana.ike.connection.ChildConfig;
import org.ikebana.ike.connection.ConnectionConfig;
import org.ikebana.ike.connection.SelectorSpec;
import org.ikebana.ike.crypto.CryptoRegistry;
import org.ikebana.ike.engine.DesiredState;
import org.ikebana.ike.engine.IkeEngine;
import org.ikebana.ike.event.IkeEvent;
import org.ikebana.ike.kernel.KernelBackend;
import org.ikebana.ike.sa.CloseCause;
import org.ikebana.ike.sa.IkeSa;
import org.ikebana.ike.service.EventLog;
import org.ikebana.ike.service.IkeService;
import org.ikebana.ike.ts.SelectorSyntax;
import org.ikebana.kernel.memory.MemoryKernelProvider;

/**
 * Sets up IKE SAs with one child each, a few at a time. A program of its own, to be run in the initiator's namespace: reads
 * how many more from standard input, a number a line, and prints {@code established COUNT in SECONDS s} for each; with
 * {@code clear} it deletes all of them, and prints {@code cleared}.
 */
public final class Initiator {
    static final String READY = "ready";
    static final String CLEAR = "clear";
    static final String CLEARED = "cleared";

    private static final String CHILD = "net";
    private static final int AT_A_TIME = 16;
    private static final int LIMIT_SECONDS = 240;

    private final IkeService service;
    private final List<ConnectionConfig> patterns;
    private final Queue<IkeSa> leaving = new ArrayDeque<>();
    private int next;
    private int end;
    private int failures;
    private CountDownLatch left = new CountDownLatch(0);
    private CountDownLatch deleted = new CountDownLatch(0);

    private Initiator(IkeService service, Configuration configuration) {
        this.service = service;
        this.patterns = configuration.connections();
    }

    /** @param arguments the folder of {@code swanctl.conf}; local address; how many in all */
    public static void main(String[] arguments) throws Exception {
        Configuration configuration = ConfigLoader.load(Path.of(arguments[0]));
        KernelBackend kernel = new MemoryKernelProvider().open(Map.of("bind", arguments[1]));
        List<Initiator> self = new ArrayList<>();
        IkeService service = IkeService.start(
                kernel,
                CryptoRegistry.standard(),
                configuration.settings(),
                event -> self.forEach(initiator -> initiator.onEvent(event)));
        Initiator initiator = new Initiator(service, configuration);
        self.add(initiator);
        service.load(initiator.connections(Integer.parseInt(arguments[2])), configuration.credentials());
        System.out.println(READY);
        initiator.obey();
        System.exit(0); // without a word: the SAs stay at the responder
    }

    /** Each with a host of its own behind it, as so many sites have. */
    private List<ConnectionConfig> connections(int count) throws Exception {
        List<ConnectionConfig> connections = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ConnectionConfig pattern = patterns.get(i % patterns.size());
            ChildConfig child = pattern.children().getFirst();
            String host = "10.%d.%d.%d/32".formatted(1 + i / 50_000, i / 250 % 200, 1 + i % 250);
            SelectorSpec local = new SelectorSpec.Fixed(SelectorSyntax.parse(host));
            connections.add(pattern.changed()
                    .name(Integer.toString(i))
                    .children(List.of(
                            child.changed().localSelectors(List.of(local)).build()))
                    .build());
        }
        return connections;
    }

    private void obey() throws IOException, InterruptedException {
        try (BufferedReader commands =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII))) {
            String line = commands.readLine();
            while (line != null) {
                if (line.equals(CLEAR)) {
                    clear();
                } else {
                    establish(Integer.parseInt(line));
                }
                line = commands.readLine();
            }
        }
    }

    private void establish(int count) throws InterruptedException {
        CountDownLatch awaited = new CountDownLatch(count);
        long start = System.nanoTime();
        service.ask(engine -> {
            left = awaited;
            end = next + count;
            for (int i = 0; i < Math.min(AT_A_TIME, count); i++) {
                another(engine);
            }
            return true;
        });
        boolean all = awaited.await(LIMIT_SECONDS, TimeUnit.SECONDS);
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf("established %d in %.3f s, %d failures%n", count - awaited.getCount(), seconds, failures);
        System.out.println(all ? "complete" : "incomplete");
    }

    /** A few at a time, as they were set up: what all ask at once overflows the sockets, and is asked again much later. */
    private void clear() throws InterruptedException {
        CountDownLatch awaited = service.ask(engine -> {
            leaving.addAll(engine.ikeSas());
            deleted = new CountDownLatch(leaving.size());
            for (int i = 0; i < AT_A_TIME; i++) {
                deleteAnother(engine);
            }
            return deleted;
        });
        System.out.println(awaited.await(LIMIT_SECONDS, TimeUnit.SECONDS) ? CLEARED : "not all are deleted");
    }

    private void deleteAnother(IkeEngine engine) {
        IkeSa sa = leaving.poll();
        if (sa != null) {
            engine.wantFromNow(sa.name().connection(), CHILD, DesiredState.OFF);
            sa.terminate(CloseCause.LOCAL);
        }
    }

    /** On the event loop. */
    private void onEvent(IkeEvent event) {
        switch (event) {
            case IkeEvent.ChildSaEstablished established -> {
                left.countDown();
                if (next < end) {
                    service.tell(this::another);
                }
            }
            case IkeEvent.IkeSaClosed closed -> {
                deleted.countDown();
                service.tell(this::deleteAnother);
            }
            case IkeEvent.NegotiationFailed failed -> {
                if (failures++ == 0) {
                    System.out.println(EventLog.describe(failed));
                }
            }
            default -> {}
        }
    }

    private void another(IkeEngine engine) {
        if (next < end) {
            engine.want(Integer.toString(next++), CHILD, DesiredState.UP);
        }
    }
}
