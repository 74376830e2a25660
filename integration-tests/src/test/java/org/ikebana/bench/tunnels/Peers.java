package org.ikebana.bench.tunnels;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.ikebana.config.ConfigLoader;
import org.ikebana.config.Configuration;
import org.ikebana.ike.crypto.CryptoRegistry;
import org.ikebana.ike.engine.DesiredState;
import org.ikebana.ike.engine.IkeEngine;
import org.ikebana.ike.event.IkeEvent;
import org.ikebana.ike.service.EventLog;
import org.ikebana.ike.service.IkeService;
import org.ikebana.kernel.memory.MemoryKernel;
import org.ikebana.kernel.model.KernelOptions;
import org.ikebana.kernel.model.RealTimeClock;
import org.ikebana.kernel.udp.LinuxUdpTransport;

/**
 * All peers of the gateway: a program of its own in their namespace, one engine at all their addresses. It prints {@code up COUNT}
 * and {@code down COUNT} at each step of so many tunnels, and reads commands:
 *
 * <ul>
 *   <li>{@code initiate}: has all peers begin, a few at a time
 *   <li>{@code forget}: counts from 0 again
 *   <li>{@code touched}: which tunnels have come or gone since it last counted from 0, {@code touched COUNT}
 * </ul>
 */
public final class Peers {
    static final String READY = "ready";
    private static final int AT_A_TIME = 64;
    private static final String CHILD = "net";

    private final IkeService service;
    private final int tunnels;
    private final int step;
    private final Set<String> touched = new HashSet<>();
    private int up;
    private int down;
    private int next;
    private boolean failed;

    private Peers(IkeService service, int tunnels, int step) {
        this.service = service;
        this.tunnels = tunnels;
        this.step = step;
        this.next = tunnels;
    }

    /** @param arguments the folder of {@code swanctl.conf}, how many tunnels, and how many a step */
    public static void main(String[] arguments) throws Exception {
        Configuration configuration = ConfigLoader.load(Path.of(arguments[0]));
        MemoryKernel kernel = new MemoryKernel(
                new RealTimeClock(), new SecureRandom(), KernelOptions.DEFAULT, LinuxUdpTransport::open);
        List<Peers> self = new ArrayList<>();
        IkeService service = IkeService.start(
                kernel,
                CryptoRegistry.standard(),
                configuration.settings(),
                event -> self.forEach(peers -> peers.onEvent(event)));
        Peers peers = new Peers(service, Integer.parseInt(arguments[1]), Integer.parseInt(arguments[2]));
        service.ask(engine -> self.add(peers));
        service.load(configuration.connections(), configuration.credentials());
        System.out.println(READY);
        peers.obey();
        System.exit(0); // without a word to the gateway, which ends as well
    }

    private void obey() throws IOException, InterruptedException {
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            String command = line;
            service.ask(engine -> carryOut(command, engine));
        }
    }

    private boolean carryOut(String command, IkeEngine engine) {
        switch (command) {
            case "initiate" -> {
                next = 0;
                for (int i = 0; i < AT_A_TIME; i++) {
                    another(engine);
                }
            }
            case "forget" -> {
                touched.clear();
                up = 0;
                down = 0;
                System.out.println("forgotten");
            }
            case "touched" -> System.out.println("touched " + touched.size());
            default -> throw new IllegalArgumentException(command);
        }
        return true;
    }

    private void onEvent(IkeEvent event) {
        switch (event) {
            case IkeEvent.ChildSaEstablished established -> {
                touched.add(established.ikeSa().connection());
                if (++up % step == 0) {
                    System.out.println("up " + up);
                }
                service.tell(this::another);
            }
            case IkeEvent.IkeSaClosed closed -> {
                touched.add(closed.ikeSa().connection());
                if (++down % step == 0) {
                    System.out.println("down " + down);
                }
            }
            case IkeEvent.NegotiationFailed failure -> {
                if (!failed) {
                    failed = true;
                    System.out.println(EventLog.describe(failure));
                }
            }
            default -> {}
        }
    }

    private void another(IkeEngine engine) {
        if (next < tunnels) {
            engine.want(TunnelFiles.name(next++), CHILD, DesiredState.UP);
        }
    }
}
