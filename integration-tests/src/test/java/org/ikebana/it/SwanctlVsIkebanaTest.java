package org.ikebana.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ikebana.it.peer.SwanctlConf.psk;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.ikebana.ike.x509.TestAuthority;
import org.ikebana.ike.x509.TestAuthority.Issued;
import org.ikebana.it.lab.Lab;
import org.ikebana.it.lab.NetnsTest;
import org.ikebana.it.net.TwoSites;
import org.ikebana.it.peer.CertifiedConf;
import org.ikebana.it.peer.IkebanaDaemon;
import org.ikebana.it.peer.StrongSwan;
import org.ikebana.it.peer.StrongSwanSettings;
import org.ikebana.it.peer.SwanctlConf;
import org.ikebana.it.process.Command;
import org.ikebana.it.process.Patience;
import org.ikebana.it.process.RunningProcess;
import org.junit.jupiter.api.Test;

/**
 * Debian's own {@code swanctl} drives Ikebana, strongSwan at the other end of the tunnel, and then strongSwan in the place of
 * Ikebana: what it prints is the same but for numbers that are never the same.
 */
@NetnsTest
class SwanctlVsIkebanaTest {
    private static final Duration SHORT = Patience.seconds(20);

    /** What differs from one run to the next, or between two daemons that number things by themselves. */
    private static final Map<Pattern, String> NEVER_THE_SAME = new LinkedHashMap<>();

    static {
        NEVER_THE_SAME.put(Pattern.compile("\\b[0-9a-f]{16}(_[ir])"), "SPI$1");
        NEVER_THE_SAME.put(Pattern.compile("(-spi=)[0-9a-f]{16}"), "$1SPI");
        NEVER_THE_SAME.put(Pattern.compile("(spi-in=|spi-out=|    in  |    out )[0-9a-f]{8}"), "$1SPI");
        NEVER_THE_SAME.put(Pattern.compile("reqid(=| )[0-9]+"), "reqid$1N");
        NEVER_THE_SAME.put(
                Pattern.compile("(rekey-time=|life-time=|established=|install-time=|rekeying in |expires in )[0-9]+"),
                "$1T");
        NEVER_THE_SAME.put(Pattern.compile("(net: #|net-|name=net uniqueid=)[0-9]+"), "$1N");
        NEVER_THE_SAME.put(Pattern.compile("(established|installed) [0-9]+s ago"), "$1 Ts ago");
    }

    /** Those who have both answered it: what they print, as a daemon of either kind. */
    private interface Driver {
        String swanctl(String... arguments);
    }

    /** What is asked, and what is answered, in order. */
    private static final class Session {
        private final List<String> answers = new ArrayList<>();
        private final Driver driver;

        Session(Driver driver) {
            this.driver = driver;
        }

        void ask(String... arguments) {
            answers.add(String.join(" ", arguments) + "\n" + normalized(driver.swanctl(arguments)));
        }

        /** The last line alone: what is logged on the way is each daemon's own. */
        void askForResult(String... arguments) {
            List<String> lines = driver.swanctl(arguments)
                    .lines()
                    .filter(line -> !line.startsWith("[") && !line.startsWith("log {"))
                    .toList();
            answers.add(String.join(" ", arguments) + "\n" + String.join("\n", lines));
        }
    }

    @Test
    void printsTheSameOfTheSameTunnel(Lab lab) {
        TwoSites sites = TwoSites.onOneWire(lab);
        SwanctlConf western = withOptions(psk(sites.west(), sites.east()));
        StrongSwan east = strongSwan(withOptions(psk(sites.east(), sites.west())));
        IkebanaDaemon ikebana = IkebanaDaemon.startTun(western);
        Session ours =
                new Session(arguments -> ikebana.swanctl(arguments).tryRun().output());
        walk(ours);
        ikebana.stop();

        StrongSwan strongSwan = strongSwan(western);
        Session theirs =
                new Session(arguments -> strongSwan.swanctl(arguments).tryRun().output());
        walk(theirs);

        assertThat(ours.answers).containsExactlyElementsOf(theirs.answers);
        assertThat(east.listSas()).isEmpty();
    }

    private static void walk(Session session) {
        session.ask("--list-conns");
        session.ask("--list-conns", "--raw");
        session.ask("--list-sas");
        session.ask("--list-sas", "--raw");
        session.ask("--list-pols");
        session.ask("--install", "--child", "net");
        session.ask("--list-pols");
        session.ask("--list-pols", "--trap", "--raw");
        session.ask("--uninstall", "--child", "net");
        session.ask("--list-pols");
        session.askForResult("--initiate", "--child", "net");
        session.ask("--list-sas");
        session.ask("--list-sas", "--raw");
        session.ask("--list-sas", "--ike", "nobody");
        session.askForResult("--initiate", "--child", "net", "--raw");
        session.ask("--counters");
        session.ask("--counters", "--all");
        session.ask("--counters", "--name", "nobody");
        session.ask("--initiate", "--child", "nobody", "--raw");
        session.ask("--initiate", "--ike", "nobody", "--raw");
        session.ask("--initiate");
        session.ask("--rekey", "--child", "nobody", "--raw");
        session.ask("--terminate", "--child", "nobody", "--raw");
        session.ask("--install", "--child", "nobody");
        session.ask("--uninstall", "--child", "nobody");
        session.ask("--rekey", "--child", "net", "--raw");
        session.askForResult("--terminate", "--ike", "site");
        session.ask("--list-sas");
        session.ask("--terminate", "--ike", "site");
        session.ask("--list-pools", "--raw");
        session.ask("--list-authorities", "--raw");
        session.ask("--counters", "--reset", "--raw");
        session.ask("--counters", "--all", "--reset", "--raw");
    }

    @Test
    void printsTheSameOfTheSameCertificates(Lab lab) {
        TwoSites sites = TwoSites.onOneWire(lab);
        TestAuthority root = TestAuthority.root("C=CH, O=Ikebana, CN=Root");
        Issued own = root.issue(
                "C=CH, O=Ikebana, CN=west",
                "P-256",
                builder -> builder.addExtension(
                        Extension.subjectAlternativeName,
                        false,
                        new GeneralNames(new GeneralName(GeneralName.dNSName, "west.example"))));
        CertifiedConf conf = new CertifiedConf(psk(sites.west(), sites.east()), own, List.of(root), "pubkey");
        Map<String, String> files = new LinkedHashMap<>(conf.files());
        files.put("ikebana.conf", "kernel = tun\n");
        IkebanaDaemon ikebana = IkebanaDaemon.start(sites.west().gateway(), files);
        StrongSwan strongSwan = strongSwan(psk(sites.east(), sites.west()));
        conf.files().forEach((name, text) -> Lab.write(strongSwan.credentials().resolve(name), text));
        strongSwan.load(conf.text());
        for (List<String> command : List.of(
                List.of("--list-certs"),
                List.of("--list-certs", "--type", "x509", "--flag", "ca"),
                List.of("--list-certs", "--subject", "C=CH, O=Ikebana, CN=west"),
                List.of("--list-conns"),
                List.of("--list-conns", "--raw"))) {
            String[] arguments = command.toArray(String[]::new);
            assertThat(ikebana.swanctl(arguments).run())
                    .as("%s", command)
                    .isNotBlank()
                    .isEqualTo(strongSwan.swanctl(arguments).run());
        }
    }

    @Test
    void rekeysReauthenticatesAndTells(Lab lab) {
        TwoSites sites = TwoSites.onOneWire(lab);
        strongSwan(psk(sites.east(), sites.west()));
        IkebanaDaemon ikebana = IkebanaDaemon.start(
                sites.west().gateway(),
                Map.of(
                        "swanctl.conf",
                        psk(sites.west(), sites.east()).text(),
                        "ikebana.conf",
                        "kernel = tun\nlog_level = debug\n"));
        RunningProcess log = listen(lab, ikebana, "--log", "log");
        RunningProcess monitor = listen(lab, ikebana, "--monitor-sa", "child-updown");
        ikebana.swanctl("--initiate", "--child", "net").run();
        log.await("site\\[1\\]: IKE SA established", SHORT);
        monitor.await("net: #1, reqid \\d+, INSTALLED", SHORT);

        ikebana.swanctl("--rekey", "--child", "net").run();
        log.await("child net\\{1\\} rekeyed, goes on as net\\{2\\}", SHORT);
        ikebana.swanctl("--rekey", "--ike", "site").run();
        log.await("site\\[1\\]: rekeyed, goes on as site\\[2\\]", SHORT);
        ikebana.swanctl("--rekey", "--ike", "site", "--reauth").run();
        log.await("site\\[2\\]: reauthenticated, goes on as site\\[3\\]", SHORT);
        monitor.await("site: #3, ESTABLISHED", SHORT);
        assertThat(sites.west().ping(sites.east(), 56).allAnswered()).isTrue();

        assertThat(ikebana.swanctl("--counters").run())
                .containsPattern("ike-rekey-init +: 1")
                .containsPattern("child-rekey +: 1");
        assertThat(ikebana.swanctl("--list-sas").run()).containsPattern("in +[0-9a-f]{8}, +[1-9]\\d* bytes");
        assertThat(ikebana.swanctl("--stats").run()).contains("IKE_SAs: 1 total, 0 half-open");
        assertThat(ikebana.swanctl("--terminate", "--child", "net").run()).contains("terminate completed successfully");
        monitor.await("net: #3, reqid \\d+, DELETED", SHORT);
    }

    /** What a peer that is not there has not answered, the command does not wait for. */
    @Test
    void waitsAsLongAsItIsToldTo(Lab lab) {
        TwoSites sites = TwoSites.onOneWire(lab);
        IkebanaDaemon ikebana = IkebanaDaemon.startTun(psk(sites.west(), sites.east()));
        Command.Outcome initiated = ikebana.swanctl("--initiate", "--child", "net", "--timeout", "1")
                .tryRun();
        assertThat(initiated.succeeded()).isFalse();
        assertThat(initiated.output()).contains("CHILD_SA 'net' not established after 1000ms");
        assertThat(ikebana.swanctl("--list-sas").run()).contains("site: #1, CONNECTING");
        assertThat(ikebana.swanctl("--terminate", "--ike", "site", "--force").run())
                .contains("terminate completed successfully");
        assertThat(ikebana.swanctl("--list-sas").run()).isEmpty();
    }

    /** {@code swanctl} does not flush what it prints into a pipe. */
    private static RunningProcess listen(Lab lab, IkebanaDaemon ikebana, String command, String event) {
        int before = ikebana.logged();
        List<String> line = ikebana.swanctl(command).arguments();
        RunningProcess process = lab.own(RunningProcess.start(
                "swanctl " + command, List.of("script", "-qfec", String.join(" ", line), "/dev/null"), Map.of()));
        ikebana.awaitLogAfter(before, "registers for " + event);
        return process;
    }

    /** Without MOBIKE, or strongSwan may say meanwhile that it has a new address: messages are counted. */
    private static SwanctlConf withOptions(SwanctlConf conf) {
        return conf.connection("mobike", "no")
                .connection("proposals", "aes256-sha256-ecp256")
                .connection("dpd_delay", "30s")
                .child("esp_proposals", "aes128-sha256-ecp256")
                .child("rekey_bytes", "1000000")
                .child("priority", "7");
    }

    private static StrongSwan strongSwan(SwanctlConf conf) {
        return StrongSwan.start(conf, StrongSwanSettings.userspaceEsp());
    }

    private static String normalized(String output) {
        String text = output;
        for (Map.Entry<Pattern, String> each : NEVER_THE_SAME.entrySet()) {
            text = each.getKey().matcher(text).replaceAll(each.getValue());
        }
        return text;
    }
}
