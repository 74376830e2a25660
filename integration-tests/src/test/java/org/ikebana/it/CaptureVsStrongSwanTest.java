package org.ikebana.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.ikebana.it.peer.SwanctlConf.psk;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.ikebana.it.lab.Lab;
import org.ikebana.it.lab.NetnsTest;
import org.ikebana.it.net.TwoSites;
import org.ikebana.it.peer.IkebanaDaemon;
import org.ikebana.it.peer.StrongSwan;
import org.ikebana.it.peer.StrongSwanSettings;
import org.ikebana.it.peer.SwanctlConf;
import org.ikebana.it.process.Command;
import org.ikebana.it.process.RunningProcess;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code ikebana capture} records of a tunnel with strongSwan, Wireshark reads in clear, and nobody else may. */
@NetnsTest
class CaptureVsStrongSwanTest {
    private static final String IKE_AUTH = "35";
    private static final String CREATE_CHILD_SA = "36";
    private static final String ID_I = "35";
    private static final String AUTH = "39";
    private static final String NONCE = "40";
    private static final String TS_I = "44";
    private static final String SK = "46";

    @TempDir
    private Path folder = Path.of("");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "aes256gcm16-prfsha256-x25519",
                "aes128-sha256-x25519",
                "aes256gcm16-prfsha256-x25519-ke1_mlkem768"
            })
    void wiresharkReadsItInClear(String proposal, Lab lab) throws Exception {
        assumeThat(Command.of("which", "tshark").tryRun().succeeded())
                .as("SKIPPED: tshark is missing; apt-get install tshark")
                .isTrue();
        TwoSites sites = TwoSites.onOneWire(lab);
        startEast(psk(sites.east(), sites.west()).connection("proposals", proposal), proposal);
        IkebanaDaemon west =
                IkebanaDaemon.startTun(psk(sites.west(), sites.east()).connection("proposals", proposal));
        Path file = folder.resolve("site.pcapng");

        RunningProcess capture = west.begin("capture", "site", "--for", "5m", "--out", file.toString());
        west.awaitLog("root captures connection site with its keys, for 300 s");
        west.ikebana("up", "site/net").run();
        west.ikebana("probe", "site/net").run();
        capture.close();
        west.awaitLog("the capture of connection site has ended");

        Path keys = folder.resolve("site.pcapng.keys");
        assertThat(messages(file, keys))
                .as("with the keys")
                .anyMatch(message -> message.is(IKE_AUTH, ID_I, AUTH, TS_I))
                .anyMatch(message -> message.is(CREATE_CHILD_SA, NONCE, TS_I))
                .filteredOn(message -> message.payloads.contains(SK))
                .hasSizeGreaterThanOrEqualTo(8)
                .noneMatch(message -> message.exchange.equals(IKE_AUTH) && !message.payloads.contains(AUTH));
        assertThat(messages(file, folder))
                .as("without them")
                .filteredOn(message -> message.payloads.contains(SK))
                .isNotEmpty()
                .noneMatch(message -> message.payloads.contains(AUTH) || message.payloads.contains(TS_I));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(keys)))
                .isEqualTo("rwx------");
        assertThat(west.ikebana("capture", "site", "--for", "1s", "--out", file.toString())
                        .tryRun()
                        .output())
                .contains("site.pcapng is there already");
        assertThat(west.ikebana("capture", "site", "--for", "1s", "--out", file + "2")
                        .run())
                .contains("0 datagrams in", "keys of 1 IKE SAs", "WIRESHARK_CONFIG_DIR=");
    }

    /** Debian's strongSwan has no ML-KEM, with which keys change on the way. */
    private static void startEast(SwanctlConf conf, String proposal) {
        if (proposal.contains("mlkem")) {
            IkebanaDaemon.startTun(conf);
        } else {
            StrongSwan.start(conf, StrongSwanSettings.userspaceEsp());
        }
    }

    private record Dissected(String exchange, List<String> payloads) {
        boolean is(String wanted, String... parts) {
            return exchange.equals(wanted) && payloads.containsAll(List.of(parts));
        }
    }

    /** As tshark sees them. */
    private static List<Dissected> messages(Path file, Path configuration) {
        return Command.of(
                        "tshark",
                        "-r",
                        file.toString(),
                        "-o",
                        "udp.check_checksum:TRUE",
                        "-Y",
                        "isakmp and udp.checksum.status == 1",
                        "-T",
                        "fields",
                        "-e",
                        "isakmp.exchangetype",
                        "-e",
                        "isakmp.typepayload")
                .with(Map.of("WIRESHARK_CONFIG_DIR", configuration.toString()))
                .run()
                .lines()
                .map(line -> line.split("\t", 2))
                .filter(fields -> fields.length == 2)
                .map(fields -> new Dissected(fields[0], List.of(fields[1].split(","))))
                .toList();
    }
}
