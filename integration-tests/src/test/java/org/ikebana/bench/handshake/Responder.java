package org.ikebana.bench.handshake;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.ikebana.it.lab.Lab;
import org.ikebana.it.net.Netns;
import org.ikebana.it.peer.Checkout;
import org.ikebana.it.peer.IkeDaemon;
import org.ikebana.it.peer.IkebanaDaemon;
import org.ikebana.it.peer.StrongSwan;
import org.ikebana.it.peer.StrongSwanSettings;
import org.ikebana.it.process.Await;
import org.ikebana.it.process.Command;

/** The daemons that are compared. Neither puts SAs into the kernel, logs each SA, or defends itself against load. */
enum Responder {
    IKEBANA("Ikebana") {
        @Override
        IkeDaemon start(Netns netns, Scenario scenario) {
            Map<String, String> files = new HashMap<>(scenario.responder());
            files.put("ikebana.conf", """
                            kernel = memory
                            log_level = error
                            dos_protection = no
                            """);
            return IkebanaDaemon.startWith(
                    netns,
                    files,
                    Map.of(
                            "IKEBANA_JAVA_OPTIONS",
                            Checkout.packagedJavaOptions(),
                            "IKEBANA_CLASS_PATH",
                            BENCH.toString()));
        }

        /**
         * Live objects after a full collection: what the heap has beyond them is free. What compiling has taken, up to 30 MB
         * while it is at work, goes back to the system, too, as it does every ten seconds by itself.
         */
        @Override
        OptionalLong liveBytes(IkeDaemon daemon) {
            String pid = Long.toString(daemon.pid());
            String histogram = Command.of("jcmd", pid, "GC.class_histogram").run();
            int[] quiet = {0};
            Await.until("nothing left to compile", COMPILING, A_MOMENT, () -> {
                quiet[0] = areCompilersIdle(pid) ? quiet[0] + 1 : 0;
                return quiet[0] == QUIET_MOMENTS;
            });
            Command.of("jcmd", pid, "System.trim_native_heap").run();
            String[] total =
                    histogram.strip().lines().toList().getLast().strip().split("\\s+");
            return OptionalLong.of(Long.parseLong(total[2]));
        }

        private static boolean areCompilersIdle(String pid) {
            return Command.of("jcmd", pid, "Compiler.queue")
                    .run()
                    .lines()
                    .skip(1) // the process
                    .map(String::strip)
                    .allMatch(line -> line.isEmpty() || line.equals("Empty") || line.endsWith(":"));
        }
    },
    STRONGSWAN("strongSwan") {
        @Override
        IkeDaemon start(Netns netns, Scenario scenario) {
            StrongSwanSettings settings = StrongSwanSettings.fakeKernel()
                    .of(scenario.strongSwan())
                    .with("plugins.load-tester.preshared_key", Scenario.SECRET) // it has one for all, that comes first
                    .with("dos_protection", "no")
                    .with("ikesa_table_size", "4096")
                    .with("ikesa_table_segments", "16")
                    .with("install_routes", "no")
                    .with("filelog.stderr.default", "-1")
                    .with("filelog.stderr.job", "1");
            Map<String, String> files = scenario.responder();
            StrongSwan daemon = StrongSwan.start(netns, "", settings);
            files.forEach((name, text) -> Lab.write(daemon.credentials().resolve(name), text));
            daemon.load(files.getOrDefault("swanctl.conf", ""));
            return daemon;
        }

        @Override
        OptionalLong liveBytes(IkeDaemon daemon) {
            return OptionalLong.empty();
        }
    };

    /** Where {@link ForgetfulKernelProvider} is. */
    private static final Path BENCH = Checkout.file("integration-tests/target/test-classes");

    private static final Duration COMPILING = Duration.ofMinutes(3);
    private static final Duration A_MOMENT = Duration.ofMillis(250);

    /** Between two methods the compiler may be idle for one. */
    private static final int QUIET_MOMENTS = 8;

    private final String title;

    Responder(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    abstract IkeDaemon start(Netns netns, Scenario scenario);

    /** What lives in a managed heap; empty where memory is the process's own. */
    abstract OptionalLong liveBytes(IkeDaemon daemon);

    static List<Responder> both() {
        return List.of(values());
    }

    /** Two namespaces on one cable. */
    static Netns[] cable(Lab lab) {
        Netns initiator = Netns.create(lab, "initiator");
        Netns responder = Netns.create(lab, "responder");
        initiator.ip(initiator.cable("wan", responder, "wan"), "link set dev lo up");
        initiator.ip("address add " + Scenario.INITIATOR_ADDRESS + "/24 dev wan");
        responder.ip(
                "link set dev lo up",
                "link set dev wan up",
                "address add " + Scenario.RESPONDER_ADDRESS + "/24 dev wan",
                "route add default via " + Scenario.INITIATOR_ADDRESS);
        return new Netns[] {initiator, responder};
    }
}
