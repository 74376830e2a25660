package org.ikebana.daemon.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.ikebana.ike.kernel.KernelCapabilities;

/** Two network namespaces joined by a veth pair, a daemon in each, and a ping through the tunnel. */
final class NamespaceDemo {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String WEST_ADDRESS = "192.0.2.1";
    private static final String EAST_ADDRESS = "192.0.2.2";
    private static final String WEST_HOST = "10.71.0.1";
    private static final String EAST_HOST = "10.72.0.1";
    private static final int PORT = 500;

    private final Narrator narrator;
    private final KernelCapabilities kernel;

    NamespaceDemo(Narrator narrator, KernelCapabilities kernel) {
        this.narrator = narrator;
        this.kernel = kernel;
    }

    boolean run() throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("ikebana-demo");
        try (Namespace west = Namespace.create("ikebana-west");
                Namespace east = Namespace.create("ikebana-east")) {
            narrator.step("Two network namespaces, " + west.name() + " and " + east.name() + ", joined by a cable");
            connect(west, east);
            narrator.say("west %s with %s behind it, east %s with %s behind it"
                    .formatted(WEST_ADDRESS, DemoConfig.WEST_NET, EAST_ADDRESS, DemoConfig.EAST_NET));
            if (!kernel.esp()) {
                narrator.say("Packets cannot be encrypted here: " + kernel.espReason() + ".");
                narrator.say("The demo goes on with a modelled kernel: IKE is real, ESP and the ping are left out.");
            }
            return tunnel(west, east, directory);
        } finally {
            delete(directory);
        }
    }

    private boolean tunnel(Namespace west, Namespace east, Path directory) throws IOException, InterruptedException {
        String backend = kernel.esp() ? "xfrm" : "memory";
        narrator.step("A daemon in each; west brings up the tunnel");
        Path eastConfig =
                configure(directory.resolve("east"), DemoConfig.east(EAST_ADDRESS, WEST_ADDRESS, PORT, PORT), backend);
        Path westConfig =
                configure(directory.resolve("west"), DemoConfig.west(WEST_ADDRESS, EAST_ADDRESS, PORT, PORT), backend);
        try (DemoDaemon eastDaemon = DemoDaemon.start("east", east, eastConfig, narrator)) {
            return eastDaemon.awaitListening(PATIENCE) && withWest(west, east, westConfig, eastDaemon);
        }
    }

    private boolean withWest(Namespace west, Namespace east, Path config, DemoDaemon eastDaemon)
            throws IOException, InterruptedException {
        try (DemoDaemon westDaemon = DemoDaemon.start("west", west, config, narrator)) {
            boolean up = westDaemon.awaitTunnel(PATIENCE) && eastDaemon.awaitTunnel(PATIENCE);
            boolean pinged = up && (!kernel.esp() || ping(west));
            narrator.step("Both daemons are stopped: their SAs and policies go");
            boolean stopped = westDaemon.stop() & eastDaemon.stop();
            boolean clean = !kernel.esp() || isEmpty(west) && isEmpty(east);
            boolean worked = pinged && stopped && clean;
            narrator.step(
                    worked ? "Done: the tunnel was up, and nothing of it is left." : "It did not work; see above.");
            return worked;
        }
    }

    private boolean ping(Namespace west) throws IOException, InterruptedException {
        narrator.step("What stands in the kernel of west");
        narrator.say(hideKeys(west.require("ip", "xfrm", "state")));
        narrator.say(withoutSocketPolicies(west.require("ip", "xfrm", "policy")));
        narrator.step("A ping from " + WEST_HOST + " to " + EAST_HOST + ", through the tunnel");
        Tool ping = west.run("ping", "-c", "3", "-i", "0.2", "-W", "2", "-I", WEST_HOST, EAST_HOST);
        narrator.say(ping.output());
        boolean answered = ping.status() == 0;
        narrator.say(hideKeys(west.require("ip", "-s", "xfrm", "state"))
                .lines()
                .filter(line -> line.startsWith("src") || line.matches("\\s*\\d+\\(bytes\\), .*"))
                .reduce("", (a, b) -> a + b + "\n"));
        return answered;
    }

    private static void connect(Namespace west, Namespace east) throws IOException, InterruptedException {
        Tool.require(
                "ip",
                "link",
                "add",
                "wire",
                "netns",
                west.name(),
                "type",
                "veth",
                "peer",
                "name",
                "wire",
                "netns",
                east.name());
        west.address("wire", WEST_ADDRESS + "/24");
        west.address("lo", WEST_HOST + "/32");
        west.route(DemoConfig.EAST_NET, EAST_ADDRESS, WEST_HOST);
        east.address("wire", EAST_ADDRESS + "/24");
        east.address("lo", EAST_HOST + "/32");
        east.route(DemoConfig.WEST_NET, WEST_ADDRESS, EAST_HOST);
    }

    private static Path configure(Path directory, String swanctlConf, String backend) throws IOException {
        Files.createDirectory(directory);
        Path secrets = directory.resolve("swanctl.conf");
        Files.createFile(secrets, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(secrets, swanctlConf);
        Files.writeString(directory.resolve("ikebana.conf"), "kernel = " + backend + "\n");
        return directory;
    }

    private static boolean isEmpty(Namespace namespace) throws IOException, InterruptedException {
        return namespace.require("ip", "xfrm", "state").isBlank()
                && namespace.require("ip", "xfrm", "policy").isBlank();
    }

    /** The daemon's sockets are exempt from IPsec; that is not what one wants to see here. */
    private static String withoutSocketPolicies(String policies) {
        return Pattern.compile("(?m)^(?=src )")
                .splitAsStream(policies)
                .filter(policy -> policy.contains(" dir "))
                .collect(Collectors.joining());
    }

    private static String hideKeys(String states) {
        return states.replaceAll("0x[0-9a-f]{16,}", "(key hidden)");
    }

    private static void delete(Path directory) throws IOException {
        List<Path> all = new ArrayList<>();
        try (var files = Files.walk(directory)) {
            files.forEach(all::add);
        }
        for (Path path : all.reversed()) {
            Files.delete(path);
        }
    }
}
