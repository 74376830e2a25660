package org.ikebana.daemon.demo;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Two network namespaces joined by a veth pair, a daemon in each, and packets through the tunnel between them. */
final class NamespaceDemo {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final String WEST_ADDRESS = "192.0.2.1";
    private static final String EAST_ADDRESS = "192.0.2.2";
    private static final String WEST_HOST = "10.71.0.1";
    private static final String EAST_HOST = "10.72.0.1";
    private static final int PORT = 500;

    private final Narrator narrator;

    NamespaceDemo(Narrator narrator) {
        this.narrator = narrator;
    }

    boolean run() throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("ikebana-demo");
        try (Namespace west = Namespace.create("ikebana-west");
                Namespace east = Namespace.create("ikebana-east")) {
            narrator.step("Two network namespaces, " + west.name() + " and " + east.name() + ", joined by a cable");
            connect(west, east);
            narrator.say("west %s with %s behind it, east %s with %s behind it"
                    .formatted(WEST_ADDRESS, DemoConfig.WEST_NET, EAST_ADDRESS, DemoConfig.EAST_NET));
            return tunnel(west, east, directory);
        } finally {
            delete(directory);
        }
    }

    private boolean tunnel(Namespace west, Namespace east, Path directory) throws IOException, InterruptedException {
        List<Leftovers> before = List.of(Leftovers.of(west), Leftovers.of(east));
        narrator.step("A daemon in each; west brings up the tunnel");
        Path eastConfig = configure(directory.resolve("east"), DemoConfig.east(EAST_ADDRESS, WEST_ADDRESS, PORT, PORT));
        Path westConfig = configure(directory.resolve("west"), DemoConfig.west(WEST_ADDRESS, EAST_ADDRESS, PORT, PORT));
        boolean worked = false;
        try (DemoDaemon eastDaemon = DemoDaemon.start("east", east, eastConfig, narrator)) {
            worked = eastDaemon.awaitListening(PATIENCE) && withWest(west, east, westConfig, eastDaemon);
        }
        boolean clean = before.equals(List.of(Leftovers.of(west), Leftovers.of(east)));
        narrator.step(
                worked && clean
                        ? "Done: the tunnel was up, and nothing of it is left."
                        : "It did not work; see above" + (clean ? "." : ", and not all of it is gone."));
        return worked && clean;
    }

    private boolean withWest(Namespace west, Namespace east, Path config, DemoDaemon eastDaemon)
            throws IOException, InterruptedException {
        try (DemoDaemon westDaemon = DemoDaemon.start("west", west, config, narrator)) {
            boolean carried = westDaemon.awaitTunnel(PATIENCE)
                    && eastDaemon.awaitTunnel(PATIENCE)
                    && new TunnelProof(narrator, west, WEST_HOST, east, EAST_HOST).run();
            narrator.step("Both daemons are stopped: what they installed goes");
            return westDaemon.stop() & eastDaemon.stop() && carried;
        }
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
        east.address("wire", EAST_ADDRESS + "/24");
        east.address("lo", EAST_HOST + "/32");
        west.route(DemoConfig.EAST_NET, EAST_ADDRESS, WEST_HOST);
        east.route(DemoConfig.WEST_NET, WEST_ADDRESS, EAST_HOST);
    }

    /** The daemon finds out by itself what can carry ESP here. */
    private static Path configure(Path directory, String swanctlConf) throws IOException {
        Files.createDirectory(directory);
        Path secrets = directory.resolve("swanctl.conf");
        Files.createFile(secrets, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(secrets, swanctlConf);
        Files.writeString(
                directory.resolve("ikebana.conf"),
                "state_dir = " + directory.resolve("state") + "\ncontrol {\n  vici {\n    enabled = no\n  }\n}\n");
        return directory;
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
