package org.ikebana.it;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.ikebana.it.lab.Lab;
import org.ikebana.it.lab.NetnsTest;
import org.ikebana.it.net.Packet.Kind;
import org.ikebana.it.net.Site;
import org.ikebana.it.net.TwoSites;
import org.ikebana.it.peer.Checkout;
import org.ikebana.it.peer.IkebanaDaemon;
import org.ikebana.it.peer.ReadmeSection;
import org.ikebana.it.peer.StrongSwan;
import org.ikebana.it.peer.StrongSwanSettings;
import org.ikebana.it.process.Command;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tunnels whose keys and certificates {@code ikebana pki} has made, over TUN: on any Linux. */
@NetnsTest
class PkiVsStrongSwanTest {
    private static final String UP = "child SA lan\\{1} established";
    private static final String SOFTHSM = "/usr/lib/softhsm/libsofthsm2.so";
    private static final String CERTIFICATES = "Two sites with certificates";

    /** The README's five commands and its configuration, with the addresses of the laboratory. */
    @Test
    void twoSitesAsTheReadmeSetsThemUp(Lab lab) {
        TwoSites sites = TwoSites.onOneWire(lab);
        Path folder = lab.newFolder("readme");
        List<String> commands =
                ReadmeSection.blocks(CERTIFICATES).getFirst().lines().toList();
        assertThat(commands).hasSize(5);
        commands.forEach(command -> shell(folder, command));

        IkebanaDaemon east = start(folder.resolve("b"), sites.east(), sites.west());
        start(folder.resolve("a"), sites.west(), sites.east()).awaitLog(UP);
        east.awaitLog(UP);
        new Traffic(sites).assertPingsAreOnlySeenAs(Kind.ESP);
    }

    @ParameterizedTest
    @ValueSource(strings = {"rsa --size 2048 --rsa-padding pss", "ecdsa --size 256", "ed25519", "ed448"})
    void strongSwanAndOpensslTakeWhatItMakes(String key, Lab lab) {
        TwoSites sites = TwoSites.onOneWire(lab);
        Path folder = lab.newFolder("pki");
        for (String command :
                ReadmeSection.blocks(CERTIFICATES).getFirst().lines().toList()) {
            shell(folder, command.replace("--newkey", "--keytype " + key + " --newkey"));
        }
        shell(folder, "ikebana pki signcrl --cakey ca.key --cacert ca.pem --serial 0a --out ca.crl");
        assertThat(shell(folder, "openssl verify -x509_strict -crl_check -CRLfile ca.crl -CAfile ca.pem b/x509/b.pem"))
                .contains("b/x509/b.pem: OK");

        StrongSwan peer = StrongSwan.start(sites.east().gateway(), "", StrongSwanSettings.userspaceEsp());
        texts(folder.resolve("b"))
                .forEach((name, text) -> Lab.write(peer.credentials().resolve(name), text));
        peer.load(conf(sites.east(), sites.west()).replace("trap|start", "none"));
        start(folder.resolve("a"), sites.west(), sites.east()).awaitLog(UP);
        new Traffic(sites).assertPingsAreOnlySeenAs(Kind.ESP_IN_UDP);
    }

    /** Made on the token, or brought there; the CA gets the public one. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "$tool --token-label west --login --pin 4711 --keypairgen --id 0a45 --key-type rsa:2048;"
                        + " $tool --token-label west --read-object --type pubkey --id 0a45 --output-file a.pub",
                "ikebana pki gen --type ecdsa --out t.key; ikebana pki pub --in t.key --out a.pub;"
                        + " softhsm2-util --import t.key --token west --label west --id 0a45 --pin 4711; rm t.key"
            })
    void theKeyMayBeOnAToken(String makeKey, Lab lab) {
        TwoSites sites = TwoSites.onOneWire(lab);
        Path folder = lab.newFolder("pki");
        Map<String, String> environment =
                Map.of("SOFTHSM2_CONF", folder.resolve("softhsm2.conf").toString());
        String tool = "export SOFTHSM2_CONF=softhsm2.conf; tool='pkcs11-tool --module " + SOFTHSM + "'; ";
        shell(folder, "mkdir tokens; echo directories.tokendir = $PWD/tokens > softhsm2.conf");
        shell(folder, tool + "$tool --init-token --slot-index 0 --label west --so-pin 0815");
        shell(folder, tool + "$tool --token-label west --login --login-type so --so-pin 0815 --init-pin --pin 4711");
        shell(folder, tool + makeKey);
        for (String command :
                ReadmeSection.blocks(CERTIFICATES).getFirst().lines().toList()) {
            shell(folder, command.replace("--newkey a/private/a.key", "--in a.pub"));
        }
        StrongSwan peer = StrongSwan.start(sites.east().gateway(), "", StrongSwanSettings.userspaceEsp());
        texts(folder.resolve("b"))
                .forEach((name, text) -> Lab.write(peer.credentials().resolve(name), text));
        peer.load(conf(sites.east(), sites.west()).replace("trap|start", "none"));

        Map<String, String> files = new LinkedHashMap<>(texts(folder.resolve("a")));
        files.put(
                "swanctl.conf",
                conf(sites.west(), sites.east()) + "secrets {\n token-a {\n handle = 0a45\n pin = 4711\n }\n}\n");
        files.put("ikebana.conf", "kernel = tun\npkcs11 {\n modules {\n soft {\n path = " + SOFTHSM + "\n }\n }\n}\n");
        IkebanaDaemon.startWith(sites.west().gateway(), files, environment).awaitLog(UP);
        new Traffic(sites).assertPingsAreOnlySeenAs(Kind.ESP_IN_UDP);
    }

    /** A certificate that ends soon gets a successor. */
    @Test
    void newFilesAreTakenUpByAReload(Lab lab) {
        TwoSites sites = TwoSites.onOneWire(lab);
        Path folder = lab.newFolder("pki");
        for (String command :
                ReadmeSection.blocks(CERTIFICATES).getFirst().lines().toList()) {
            shell(folder, command.replace("--newkey a/", "--lifetime 7 --newkey a/"));
        }
        StrongSwan peer = StrongSwan.start(sites.east().gateway(), "", StrongSwanSettings.userspaceEsp());
        texts(folder.resolve("b"))
                .forEach((name, text) -> Lab.write(peer.credentials().resolve(name), text));
        peer.load(conf(sites.east(), sites.west()).replace("trap|start", "none"));
        IkebanaDaemon west = start(folder.resolve("a"), sites.west(), sites.east());
        west.awaitLog("the certificate of ours, \"O=Example,CN=a\" expires in 6 days");
        west.awaitLog(UP);

        Path own = west.folder().resolve("x509/a.pem");
        shell(
                folder,
                "ikebana pki issue --cakey ca.key --cacert ca.pem --in a/private/a.key --dn 'O=Example, CN=a'"
                        + " --san a.example.org --force --out " + own);
        west.reload();
        new Traffic(sites).assertPingsAreOnlySeenAs(Kind.ESP_IN_UDP);
        assertThat(west.log()).noneMatch(line -> line.contains("IKE SA closed"));
        assertThat(west.log().stream().filter(line -> line.contains("expires in")))
                .hasSize(1);
    }

    /** As strongSwan's own tool sees them. */
    @Test
    void strongSwansPkiReadsWhatItMakes(Lab lab) {
        Path folder = lab.newFolder("pki");
        shell(folder, "ikebana pki --self --ca --newkey ca.key --dn 'C=CH, O=Ikebana, CN=CA' --pathlen 1 --out ca.pem");
        shell(folder, "ikebana pki req --newkey a.key --dn 'CN=a' --san a.example.org --outform der --out a.req");
        shell(folder, "pki --gen --type ecdsa --outform pem > b.key"); // theirs
        shell(folder, "pki --req --type priv --in b.key --dn CN=b --san b.example.org --outform pem > b.req");
        for (String name : List.of("a", "b")) {
            shell(
                    folder,
                    "ikebana pki issue --cakey ca.key --cacert ca.pem --in " + name + ".req --crl http://crl.test/"
                            + " --flag serverAuth --out " + name + ".pem");
        }
        shell(
                folder,
                "ikebana pki signcrl --cakey ca.key --cacert ca.pem --reason key-compromise --cert a.pem --out crl");

        assertThat(shell(folder, "pki --print --in ca.pem"))
                .contains("\"C=CH, O=Ikebana, CN=CA\"", "CA CRLSign self-signed", "pathlen:   1");
        assertThat(shell(folder, "pki --print --in b.pem")).contains("serverAuth", "http://crl.test/", "b.example.org");
        assertThat(shell(folder, "pki --verify --in b.pem --cacert ca.pem --crl crl"))
                .contains("certificate trusted");
        assertThat(Command.of("sh", "-c", "cd " + folder + " && pki --verify --in a.pem --cacert ca.pem --crl crl")
                        .tryRun()
                        .output())
                .contains("revoked", "key compromise");
        assertThat(identifiers(shell(folder, "pki --keyid --type priv --in a.key")))
                .isEqualTo(identifiers(shell(folder, "ikebana pki keyid --in a.key")));
    }

    /** The lines of octets alone. */
    private static List<String> identifiers(String text) {
        return text.lines()
                .map(String::strip)
                .filter(line -> line.matches("([0-9a-f]{2}:){19}[0-9a-f]{2}"))
                .toList();
    }

    private static IkebanaDaemon start(Path folder, Site local, Site remote) {
        Map<String, String> files = new LinkedHashMap<>(texts(folder));
        files.put("swanctl.conf", conf(local, remote));
        files.put("ikebana.conf", "kernel = tun\n");
        return IkebanaDaemon.start(local.gateway(), files);
    }

    /** The README's, as it stands there for site A, or with the ends exchanged. */
    private static String conf(Site local, Site remote) {
        String text = ReadmeSection.blocks(CERTIFICATES).get(1);
        boolean isWest = local.name().equals("west");
        String ends = isWest
                ? text
                : text.replace("= a.example", "= x.example")
                        .replace("= b.example", "= a.example")
                        .replace("= x.example", "= b.example")
                        .replace("10.1.", "10.x.")
                        .replace("10.2.", "10.1.")
                        .replace("10.x.", "10.2.");
        assertThat(ends).contains("192.0.2.1", "198.51.100.7");
        return ends.replace("= 192.0.2.1", "= " + local.wan()).replace("= 198.51.100.7", "= " + remote.wan());
    }

    /** All files below a folder, by their paths in it. */
    private static Map<String, String> texts(Path folder) {
        Map<String, String> texts = new LinkedHashMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                texts.put(folder.relativize(file).toString(), Files.readString(file));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return texts;
    }

    /** Runs a line as a user types it in that folder; {@code ikebana} is on the path. */
    private static String shell(Path folder, String line) {
        Map<String, String> environment = new LinkedHashMap<>(Checkout.environment("-XX:TieredStopAtLevel=1"));
        environment.put("PATH", Checkout.launcher().getParent() + ":" + System.getenv("PATH"));
        return Command.of("sh", "-e", "-c", "cd " + folder + "\n" + line)
                .with(environment)
                .run();
    }
}
