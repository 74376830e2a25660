package org.ikebana.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ikebana.it.peer.SwanctlConf.psk;

import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
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
import org.junit.jupiter.api.Test;

/** A daemon that has no configuration of its own gets all from Debian's {@code swanctl --load-all}, as charon does. */
@NetnsTest
class SwanctlLoadTest {
    private static final Pattern SPIS = Pattern.compile("(?m)^    (in|out)  ?([0-9a-f]{8})");

    @Test
    void aTunnelWithAKey(Lab lab) {
        TwoSites sites = TwoSites.onOneWire(lab);
        StrongSwan east = StrongSwan.start(psk(sites.east(), sites.west()), StrongSwanSettings.userspaceEsp());
        SwanctlConf west = psk(sites.west(), sites.east());

        everythingComesAndGoes(sites, east, Map.of("swanctl.conf", west.text()), "loaded ike secret");
    }

    @Test
    void aTunnelWithCertificates(Lab lab) {
        TwoSites sites = TwoSites.onOneWire(lab);
        TestAuthority root = TestAuthority.root("C=CH, O=Ikebana, CN=Root");
        CertifiedConf eastern = certified(psk(sites.east(), sites.west()), root, "east.example");
        StrongSwan east = StrongSwan.start(psk(sites.east(), sites.west()), StrongSwanSettings.userspaceEsp());
        eastern.files().forEach((name, text) -> Lab.write(east.credentials().resolve(name), text));
        east.load(eastern.text());

        everythingComesAndGoes(
                sites,
                east,
                certified(psk(sites.west(), sites.east()), root, "west.example").files(),
                "loaded ECDSA key");
    }

    private static void everythingComesAndGoes(
            TwoSites sites, StrongSwan east, Map<String, String> files, String loaded) {
        IkebanaDaemon west = IkebanaDaemon.start(
                sites.west().gateway(), Map.of("swanctl.conf", "\n", "ikebana.conf", "kernel = tun\n"));
        assertThat(west.swanctl("--list-conns").run()).isBlank();
        files.forEach((name, text) -> Lab.write(west.folder().resolve(name), text));

        assertThat(west.swanctl("--load-all").run())
                .contains(loaded, "loaded connection 'site'", "successfully loaded 1 connections");
        west.swanctl("--initiate", "--child", "net").run();
        assertThat(sites.west().ping(sites.east()).allAnswered()).isTrue();
        List<String> before = spis(west);
        assertThat(before).hasSize(2);

        west.swanctl("--load-all").run();
        assertThat(spis(west)).as("what has not changed stays").isEqualTo(before);

        Lab.write(west.folder().resolve("swanctl.conf"), "\n");
        assertThat(west.swanctl("--load-all", "--clear").run()).contains("1 unloaded");
        assertThat(west.swanctl("--list-conns").run()).isBlank();
        east.awaitLog("deleting IKE_SA|received DELETE for IKE_SA");
        assertThat(spis(west)).isEmpty();
    }

    private static CertifiedConf certified(SwanctlConf conf, TestAuthority root, String name) {
        Issued own = root.issue(
                "C=CH, O=Ikebana, CN=" + name,
                "P-256",
                builder -> builder.addExtension(
                        Extension.subjectAlternativeName,
                        false,
                        new GeneralNames(new GeneralName(GeneralName.dNSName, name))));
        return new CertifiedConf(conf, own, List.of(root), "pubkey");
    }

    private static List<String> spis(IkebanaDaemon daemon) {
        Matcher matcher = SPIS.matcher(daemon.swanctl("--list-sas").run());
        return matcher.results().map(result -> result.group(2)).toList();
    }
}
