package org.ikebana.it.peer;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.ikebana.it.lab.Lab;
import org.ikebana.it.net.Netns;
import org.ikebana.it.process.Command;
import org.ikebana.it.process.Patience;
import org.ikebana.it.process.RunningProcess;

/**
 * strongSwan's {@code charon-systemd} in a namespace, with everything it touches in a folder of its own, so that any
 * number can run on one machine. The lab stops it.
 */
public final class StrongSwan implements IkeDaemon {
    private static final String STARTED = "spawning \\d+ worker threads";

    private final Path folder;
    private final RunningProcess charon;

    private StrongSwan(Path folder, RunningProcess charon) {
        this.folder = folder;
        this.charon = charon;
    }

    /** Starts one at the local gateway of that tunnel, with the kernel's ESP. */
    public static StrongSwan start(SwanctlConf conf) {
        return start(conf, StrongSwanSettings.kernelEsp());
    }

    public static StrongSwan start(SwanctlConf conf, StrongSwanSettings settings) {
        return start(conf.local().gateway(), conf.text(), settings);
    }

    /** Starts one, and loads the text as its {@code swanctl.conf}. */
    public static StrongSwan start(Netns netns, String swanctlConf, StrongSwanSettings settings) {
        Lab lab = netns.lab();
        Path folder = lab.newFolder("strongswan");
        Path seen = settings.installation().seen(folder);
        Lab.write(folder.resolve("strongswan.conf"), settings.render(viciSocket(seen)));
        RunningProcess charon = lab.own(RunningProcess.start(
                "strongSwan at " + netns,
                netns.commandLine(settings.installation().charon(folder)),
                environment(seen)));
        charon.await(STARTED, Patience.seconds(120));
        StrongSwan peer = new StrongSwan(folder, charon);
        peer.load(swanctlConf);
        return peer;
    }

    /** Replaces the configuration: all connections, secrets and pools. */
    public void load(String swanctlConf) {
        Lab.write(folder.resolve("swanctl.conf"), swanctlConf);
        String report = swanctl("--load-all", "--noprompt").run();
        if (report.lines()
                .anyMatch(line -> line.startsWith("loading ")
                        && line.contains(" failed"))) { // a broken certificate alone does not change the exit status
            throw new AssertionError(report);
        }
    }

    /** The folder for {@code x509}, {@code x509ca} and {@code private}; {@link #load} reads them. */
    public Path credentials() {
        return folder;
    }

    /**
     * Brings that child up, and the IKE SA if there is none.
     *
     * @throws AssertionError if it does not come up
     */
    public void initiate(String child) {
        swanctl("--initiate", "--child", child, "--timeout", seconds(20)).run();
    }

    /** Deletes that connection's IKE SA, and waits for the peer's answer. */
    public void terminate(String connection) {
        swanctl("--terminate", "--ike", connection, "--timeout", seconds(20)).run();
    }

    public void rekeyIke(String connection) {
        swanctl("--rekey", "--ike", connection).run();
    }

    public void rekeyChild(String child) {
        swanctl("--rekey", "--child", child).run();
    }

    /** What {@code swanctl --list-sas} prints; empty without any SA. */
    public String listSas() {
        return swanctl("--list-sas").run();
    }

    /** Any other {@code swanctl} command of this daemon. */
    public Command swanctl(String... arguments) {
        List<String> line = new ArrayList<>(List.of("swanctl"));
        line.addAll(List.of(arguments));
        line.addAll(List.of("--uri", viciSocket(folder)));
        return Command.of(line).with(environment(folder));
    }

    @Override
    public String awaitLog(String regex) {
        return awaitLog(regex, Patience.seconds(30));
    }

    /** The same within another time. */
    public String awaitLog(String regex, Duration limit) {
        return charon.await(regex, limit);
    }

    /** Waits until it has logged so many such lines since it was started. */
    public String awaitLog(int times, String regex) {
        return charon.await(times, regex, Patience.seconds(30));
    }

    @Override
    public int logged() {
        return charon.printed();
    }

    @Override
    public String awaitLogAfter(int from, String regex) {
        return charon.awaitAfter(from, regex, Patience.seconds(30));
    }

    @Override
    public List<String> log() {
        return charon.lines();
    }

    @Override
    public long pid() {
        return charon.pid();
    }

    @Override
    public void stop() {
        charon.close();
    }

    @Override
    public void kill() {
        charon.kill();
    }

    private static String viciSocket(Path folder) {
        return "unix://" + folder.resolve("charon.vici");
    }

    private static Map<String, String> environment(Path folder) {
        return Map.of(
                "STRONGSWAN_CONF", folder.resolve("strongswan.conf").toString(), "SWANCTL_DIR", folder.toString());
    }

    private static String seconds(int seconds) {
        return Long.toString(Patience.seconds(seconds).toSeconds());
    }
}
