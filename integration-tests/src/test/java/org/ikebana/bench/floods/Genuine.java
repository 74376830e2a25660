package org.ikebana.bench.floods;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.ikebana.config.ConfigLoader;
import org.ikebana.config.Configuration;
import org.ikebana.ike.crypto.CryptoRegistry;
import org.ikebana.ike.engine.DesiredState;
import org.ikebana.ike.event.IkeEvent;
import org.ikebana.ike.service.IkeService;
import org.ikebana.kernel.memory.MemoryKernel;
import org.ikebana.kernel.model.KernelOptions;
import org.ikebana.kernel.model.RealTimeClock;
import org.ikebana.kernel.udp.LinuxUdpTransport;

/**
 * Genuine peers that bring a tunnel up, one after another. A program of its own in their namespace: reads {@code FROM COUNT
 * RATE}, and prints {@code up COUNT longest MILLISECONDS median MILLISECONDS} when all are up or have had their time.
 */
public final class Genuine {
    static final String READY = "ready";
    private static final int PATIENCE_SECONDS = 30;

    private final IkeService service;
    private final Map<String, Long> began = new HashMap<>();
    private final List<Double> taken = new ArrayList<>();
    private CountDownLatch left = new CountDownLatch(0);

    private Genuine(IkeService service) {
        this.service = service;
    }

    /** @param arguments the folder of {@code swanctl.conf} */
    public static void main(String[] arguments) throws Exception {
        Configuration configuration = ConfigLoader.load(Path.of(arguments[0]));
        MemoryKernel kernel = new MemoryKernel(
                new RealTimeClock(), new SecureRandom(), KernelOptions.DEFAULT, LinuxUdpTransport::open);
        List<Genuine> self = new ArrayList<>();
        IkeService service = IkeService.start(
                kernel,
                CryptoRegistry.standard(),
                configuration.settings(),
                event -> self.forEach(genuine -> genuine.onEvent(event)));
        Genuine genuine = new Genuine(service);
        service.ask(engine -> self.add(genuine));
        service.load(configuration.connections(), configuration.credentials());
        System.out.println(READY);
        BufferedReader commands = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            String[] words = line.split(" ");
            genuine.begin(Integer.parseInt(words[0]), Integer.parseInt(words[1]), Integer.parseInt(words[2]));
        }
        System.exit(0);
    }

    private void begin(int from, int count, int rate) throws InterruptedException {
        CountDownLatch awaited = new CountDownLatch(count);
        service.ask(engine -> {
            began.clear();
            taken.clear();
            left = awaited;
            return true;
        });
        long start = System.nanoTime();
        for (int i = 0; i < count; i++) {
            long due = start + i * 1_000_000_000L / rate;
            for (long wait = due - System.nanoTime(); wait > 0; wait = due - System.nanoTime()) {
                LockSupport.parkNanos(wait);
            }
            String name = FloodFiles.name(from + i);
            service.tell(engine -> {
                began.put(name, System.nanoTime());
                engine.want(name, "net", DesiredState.UP);
            });
        }
        boolean all = awaited.await(PATIENCE_SECONDS, TimeUnit.SECONDS);
        List<Double> millis = service.ask(engine -> taken.stream().sorted().toList());
        System.out.printf(
                "up %d longest %.1f median %.1f %s%n",
                millis.size(),
                millis.isEmpty() ? 0.0 : millis.getLast(),
                millis.isEmpty() ? 0.0 : millis.get(millis.size() / 2),
                all ? "complete" : "incomplete");
    }

    private void onEvent(IkeEvent event) {
        if (event instanceof IkeEvent.ChildSaEstablished established) {
            Long start = began.remove(established.ikeSa().connection());
            if (start != null) {
                taken.add((System.nanoTime() - start) / 1e6);
                left.countDown();
            }
        }
    }
}
