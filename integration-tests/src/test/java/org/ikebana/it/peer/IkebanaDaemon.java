package org.ikebana.it.peer;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ikebana.it.lab.Lab;
import org.ikebana.it.net.Netns;
import org.ikebana.it.process.Command;
import org.ikebana.it.process.Patience;
import org.ikebana.it.process.RunningProcess;

/** {@code ikebana daemon} in a namespace, started as a user would. The lab stops it. */
public final class IkebanaDaemon implements IkeDaemon {
    /** What the daemon logs when its sockets are open and its connections are loaded. */
    private static final String READY = "(?i)\\bready\\b";
    /** Short-lived and next to others: what starts fast and takes little counts. */
    private static final String JAVA_OPTIONS = "-XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx256m";

    private final RunningProcess process;
    private final Netns netns;
    private final Path folder;

    private IkebanaDaemon(RunningProcess process, Netns netns, Path folder) {
        this.process = process;
        this.netns = netns;
        this.folder = folder;
    }

    /** Starts one at the local gateway of that tunnel. */
    public static IkebanaDaemon start(SwanctlConf conf) {
        return start(conf.local().gateway(), Map.of("swanctl.conf", conf.text()));
    }

    /** The same with ESP in the daemon itself, over a TUN device: any kernel will do. */
    public static IkebanaDaemon startTun(SwanctlConf conf) {
        return start(conf.local().gateway(), Map.of("swanctl.conf", conf.text(), "ikebana.conf", "kernel = tun\n"));
    }

    /**
     * Starts one with a folder of these files as its configuration, and waits until it is ready.
     *
     * @param files their texts by their names
     */
    public static IkebanaDaemon start(Netns netns, Map<String, String> files) {
        return start(netns, files, JAVA_OPTIONS);
    }

    /** The same with other options for its Java. */
    public static IkebanaDaemon start(Netns netns, Map<String, String> files, String javaOptions) {
        return start(netns, files, Checkout.environment(javaOptions));
    }

    /** The same with more in its environment. */
    public static IkebanaDaemon startWith(Netns netns, Map<String, String> files, Map<String, String> variables) {
        Map<String, String> environment = new HashMap<>(Checkout.environment(JAVA_OPTIONS));
        environment.putAll(variables);
        return start(netns, files, environment);
    }

    private static IkebanaDaemon start(Netns netns, Map<String, String> files, Map<String, String> environment) {
        IkebanaDaemon daemon = launch(netns, files, environment);
        daemon.process.await(READY, Patience.seconds(240));
        return daemon;
    }

    /** Starts one and does not wait until it is ready. */
    public static IkebanaDaemon launch(Netns netns, Map<String, String> files) {
        return launch(netns, files, Checkout.environment(JAVA_OPTIONS));
    }

    private static IkebanaDaemon launch(Netns netns, Map<String, String> files, Map<String, String> environment) {
        Lab lab = netns.lab();
        Path folder = lab.newFolder("ikebana");
        files.forEach((name, text) -> Lab.write(folder.resolve(name), text));
        String settings = files.getOrDefault("ikebana.conf", "");
        Path state = folder.resolveSibling("state-" + netns); // what a gateway keeps over its daemon's restarts
        Lab.write(folder.resolve("ikebana.conf"), settings + "state_dir = " + state + "\n" + control(folder));
        List<String> command =
                netns.commandLine(List.of(Checkout.launcher().toString(), "daemon", "--config", folder.toString()));
        RunningProcess process = lab.own(RunningProcess.start("Ikebana at " + netns, command, environment));
        return new IkebanaDaemon(process, netns, folder);
    }

    /** One of its own for each: all namespaces have the same {@code /run}. */
    private static String control(Path folder) {
        return "control {\n  vici {\n    socket = " + viciSocket(folder) + "\n  }\n}\n";
    }

    private static Path viciSocket(Path folder) {
        return folder.resolve("ikebana.vici");
    }

    /** Debian's own {@code swanctl}, which speaks with this daemon. */
    public Command swanctl(String... arguments) {
        List<String> line = new ArrayList<>(List.of("swanctl"));
        line.addAll(List.of(arguments));
        line.addAll(List.of("--uri", "unix://" + viciSocket(folder)));
        return Command.of(line).with(Map.of("SWANCTL_DIR", folder.toString()));
    }

    /** One of our own commands to this daemon, such as {@code status}, given where it runs. */
    public Command ikebana(String... arguments) {
        return netns.exec(ikebanaLine(arguments).toArray(String[]::new)).with(Checkout.environment(JAVA_OPTIONS));
    }

    /** The same, while it goes on. */
    public RunningProcess begin(String... arguments) {
        return netns.lab()
                .own(RunningProcess.start(
                        "ikebana " + arguments[0],
                        netns.commandLine(ikebanaLine(arguments)),
                        Checkout.environment(JAVA_OPTIONS)));
    }

    private List<String> ikebanaLine(String... arguments) {
        List<String> line = new ArrayList<>(List.of(Checkout.launcher().toString()));
        line.addAll(List.of(arguments));
        line.addAll(List.of("--socket", viciSocket(folder).toString()));
        return line;
    }

    /** Where its configuration lies. */
    public Path folder() {
        return folder;
    }

    /** Has it read the configuration again, and waits until it has. */
    public void reload() {
        int before = logged();
        Command.of("kill", "-HUP", Long.toString(pid())).run();
        awaitLogAfter(before, "connections loaded from");
    }

    @Override
    public String awaitLog(String regex) {
        return awaitLog(regex, Patience.seconds(30));
    }

    /** The same within another time. */
    public String awaitLog(String regex, Duration limit) {
        return process.await(regex, limit);
    }

    @Override
    public int logged() {
        return process.printed();
    }

    @Override
    public String awaitLogAfter(int from, String regex) {
        return process.awaitAfter(from, regex, Patience.seconds(30));
    }

    @Override
    public List<String> log() {
        return process.lines();
    }

    @Override
    public long pid() {
        return process.pid();
    }

    @Override
    public void stop() {
        process.close();
    }

    @Override
    public void kill() {
        process.kill();
    }
}
