package org.ikebana.it.crowd;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.ikebana.it.lab.Lab;
import org.ikebana.it.net.Netns;
import org.ikebana.it.peer.IkebanaDaemon;
import org.ikebana.it.process.Patience;
import org.ikebana.it.process.RunningProcess;

/** A gateway, and those who come to it; on two machines, of which the second drops what is for anybody else. */
final class Trial {
    private static final int WARM_UP = 50;
    /** Beside the crowd's arrival, which is work for the processor; not counted. */
    private static final int SETTLING = 10;

    private static final Duration LIMIT = Patience.seconds(120);

    private final Plan plan;
    private final RunningProcess initiators;
    private final IkebanaDaemon gateway;

    Trial(Lab lab, Plan plan) throws IOException {
        this.plan = plan;
        Netns peers = Netns.create(lab, "peers");
        Netns own = Netns.create(lab, "gateway");
        peers.ip(peers.cable("wan", own, "wan"), "link set dev lo up");
        peers.ip("address add " + Address.CROWD + "/24 dev wan", "address add " + Address.SHARED + "/24 dev wan");
        own.ip(
                "link set dev lo up",
                "link set dev wan up",
                "address add " + Address.GATEWAY + "/24 dev wan",
                "route add default via " + Address.CROWD);
        Path folder = lab.newFolder("gateway");
        initiators = lab.own(RunningProcess.startListening(
                "the initiators", peers.commandLine(initiators(folder, plan.revocation())), Map.of()));
        initiators.await("^configured", LIMIT);
        gateway = IkebanaDaemon.start(own, files(folder));
    }

    /** All rounds. */
    Figures run() throws IOException {
        tunnels(WARM_UP);
        arrive(0, plan.size() / 4);
        int wrong = settle(plan.size() / 4);
        List<Double> without = new ArrayList<>();
        List<Double> with = new ArrayList<>();
        int leastWaiting = plan.size();
        GatewayFigures before = GatewayFigures.of(gateway.pid());
        GatewayFigures most = before;
        for (int round = 1; round <= plan.rounds(); round++) {
            without.addAll(tunnels(plan.tunnels()));
            arrive(round, plan.size());
            tunnels(SETTLING);
            with.addAll(tunnels(plan.tunnels()));
            leastWaiting = Math.min(leastWaiting, waiting());
            most = most.most(GatewayFigures.of(gateway.pid()));
            wrong += settle(plan.size());
        }
        return new Figures(plan, without, with, leastWaiting, wrong, before, most);
    }

    /** Milliseconds that each took. */
    List<Double> tunnels(int count) {
        String answer = ask("tunnels " + count, "^up ");
        return Arrays.stream(answer.split(" ")).skip(1).map(Double::valueOf).toList();
    }

    /** @param round another one each time */
    void arrive(int round, int size) {
        ask("arrive " + plan.servers().name() + " " + round + " " + size + " " + plan.rate(), "^arrived");
    }

    /** Of the crowd, those who have no answer. */
    int waiting() {
        return Integer.parseInt(ask("count", "^waiting ").split(" ")[1]);
    }

    /** @return how many were not answered as they should be */
    private int settle(int size) {
        String line = ask("settle", "^settled ");
        ask("leave", "^left");
        String[] answer = line.split(" ");
        int wrong = size - Integer.parseInt(answer[plan.revocation().equals("strict") ? 2 : 1]);
        if (wrong > 0) {
            System.out.println("  let in, refused, without an answer: " + line);
        }
        return wrong;
    }

    private String ask(String command, String answer) {
        int printed = initiators.printed();
        initiators.tell(command);
        return initiators.awaitAfter(printed, answer, LIMIT);
    }

    private static List<String> initiators(Path folder, String revocation) {
        return List.of(
                System.getProperty("java.home") + "/bin/java",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx1g",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Initiators.class.getName(),
                folder.toString(),
                revocation);
    }

    private static Map<String, String> files(Path folder) throws IOException {
        Map<String, String> files = new LinkedHashMap<>();
        try (Stream<Path> all = Files.walk(folder).filter(Files::isRegularFile)) {
            for (Path file : all.toList()) {
                files.put(folder.relativize(file).toString(), Files.readString(file));
            }
        }
        return files;
    }
}
