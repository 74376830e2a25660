package org.ikebana.daemon.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.ikebana.config.ConfigException;
import org.ikebana.config.ConfigLoader;
import org.ikebana.config.Configuration;
import org.ikebana.ike.connection.IkeSettings;
import org.ikebana.ike.crypto.CryptoRegistry;
import org.ikebana.ike.event.IkeEvent;
import org.ikebana.ike.kernel.KernelBackend;
import org.ikebana.ike.kernel.KernelException;
import org.ikebana.ike.service.EventLog;
import org.ikebana.ike.service.IkeService;
import org.ikebana.kernel.memory.MemoryKernelProvider;

/** Both ends in one process, over real UDP sockets on 127.0.0.1. */
final class LoopbackDemo {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final Narrator narrator;
    private final CryptoRegistry crypto = CryptoRegistry.standard();

    LoopbackDemo(Narrator narrator) {
        this.narrator = narrator;
    }

    boolean run() throws IOException, InterruptedException, KernelException {
        CountDownLatch tunnels = new CountDownLatch(2);
        MemoryKernelProvider kernels = new MemoryKernelProvider();
        Map<String, String> loopback = Map.of("bind", "127.0.0.1");
        try (KernelBackend eastKernel = kernels.open(loopback);
                KernelBackend westKernel = kernels.open(loopback);
                IkeService east = start("east", eastKernel, tunnels);
                IkeService west = start("west", westKernel, tunnels)) {
            narrator.step("Two daemons listen on 127.0.0.1");
            narrator.say("east on UDP port " + east.port() + ", west on " + west.port());
            narrator.step("west brings up the tunnel to east");
            load(east, DemoConfig.east("127.0.0.1", "127.0.0.1", east.port(), west.port()));
            load(west, DemoConfig.west("127.0.0.1", "127.0.0.1", west.port(), east.port()));
            boolean up = tunnels.await(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            narrator.step("What stands in the modelled kernel of west");
            showInstalled(westKernel);
            narrator.step("Both are stopped");
            west.shutdown(PATIENCE);
            east.shutdown(PATIENCE);
            boolean clean = isEmpty(westKernel) && isEmpty(eastKernel);
            narrator.step(up && clean ? "Done: the tunnel was up, and nothing of it is left." : "It did not work.");
            return up && clean;
        }
    }

    private IkeService start(String who, KernelBackend kernel, CountDownLatch tunnels) throws IOException {
        return IkeService.start(kernel, crypto, IkeSettings.DEFAULT.withPorts(0, 0), event -> {
            narrator.say(who, EventLog.describe(event));
            if (event instanceof IkeEvent.ChildSaEstablished) {
                tunnels.countDown();
            }
        });
    }

    private static void load(IkeService service, String swanctlConf) throws IOException {
        Path file = Files.createTempFile("ikebana-demo", ".conf");
        try {
            Files.writeString(file, swanctlConf);
            Configuration configuration = ConfigLoader.load(file);
            service.load(configuration.connections(), configuration.credentials());
        } catch (ConfigException e) {
            throw new IllegalStateException("the demo's own configuration", e);
        } finally {
            Files.delete(file);
        }
    }

    private void showInstalled(KernelBackend kernel) throws KernelException {
        kernel.snapshot().sas().forEach(sa -> narrator.say(sa.key() + ", " + sa.mode() + " mode, reqid " + sa.reqid()));
        kernel.snapshot()
                .policies()
                .forEach(policy -> narrator.say("policy " + policy.key().direction() + " "
                        + policy.key().selector().source() + " to "
                        + policy.key().selector().destination()));
    }

    private static boolean isEmpty(KernelBackend kernel) throws KernelException {
        return kernel.snapshot().sas().isEmpty() && kernel.snapshot().policies().isEmpty();
    }
}
