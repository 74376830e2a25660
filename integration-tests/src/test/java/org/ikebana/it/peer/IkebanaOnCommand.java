package org.ikebana.it.peer;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ikebana.it.lab.Lab;
import org.ikebana.it.process.Patience;
import org.ikebana.it.process.RunningProcess;

/** Ikebana in a namespace, which rekeys when it is told to. The lab stops it. */
public final class IkebanaOnCommand implements IkeDaemon {
    private static final Pattern SAS = Pattern.compile("SAs: (\\d+) IKE, (\\d+) child");

    private final RunningProcess process;

    private IkebanaOnCommand(RunningProcess process) {
        this.process = process;
    }

    /**
     * What it has.
     *
     * @param ike IKE SAs of whatever stage
     * @param child child SAs at work
     */
    public record Sas(int ike, int child) {}

    /** Starts one at the local gateway of that tunnel, with the kernel's ESP. */
    public static IkebanaOnCommand start(SwanctlConf conf) {
        return start(conf, "xfrm");
    }

    /** The same with ESP in the daemon itself. */
    public static IkebanaOnCommand startTun(SwanctlConf conf) {
        return start(conf, "tun");
    }

    private static IkebanaOnCommand start(SwanctlConf conf, String kernel) {
        Lab lab = conf.local().gateway().lab();
        Path folder = lab.newFolder("ikebana");
        Lab.write(folder.resolve("swanctl.conf"), conf.text());
        Lab.write(folder.resolve("ikebana.conf"), "kernel = " + kernel + "\n");
        List<String> java = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Xmx256m",
                "-Dlogback.configurationFile=commanded-main.xml", // not that of the tests
                "-cp",
                System.getProperty("java.class.path"),
                CommandedMain.class.getName(),
                folder.toString());
        RunningProcess process = lab.own(RunningProcess.startListening(
                "Ikebana at " + conf.local().name(), conf.local().gateway().commandLine(java), Map.of()));
        process.await(CommandedMain.READY, Patience.seconds(240));
        return new IkebanaOnCommand(process);
    }

    public void rekeyChild(String child) {
        process.tell(CommandedMain.REKEY_CHILD + " " + child);
    }

    public void rekeyIke(String connection) {
        process.tell(CommandedMain.REKEY_IKE + " " + connection);
    }

    /** Asks it what it has, and waits for the answer. */
    public Sas sas() {
        int before = process.printed();
        process.tell(CommandedMain.COUNT);
        Matcher counted = SAS.matcher(awaitLogAfter(before, SAS.pattern()));
        if (!counted.find()) {
            throw new IllegalStateException("the line that was waited for has no figures");
        }
        return new Sas(Integer.parseInt(counted.group(1)), Integer.parseInt(counted.group(2)));
    }

    @Override
    public String awaitLog(String regex) {
        return process.await(regex, Patience.seconds(30));
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
