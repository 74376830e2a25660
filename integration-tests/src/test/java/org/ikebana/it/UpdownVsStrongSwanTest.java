package org.ikebana.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ikebana.it.peer.SwanctlConf.psk;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.ikebana.it.lab.Lab;
import org.ikebana.it.lab.NetnsTest;
import org.ikebana.it.net.TwoSites;
import org.ikebana.it.peer.IkebanaDaemon;
import org.ikebana.it.peer.StrongSwan;
import org.ikebana.it.peer.StrongSwanSettings;
import org.ikebana.it.peer.SwanctlConf;
import org.ikebana.it.process.Await;
import org.ikebana.it.process.Patience;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An updown script is told the same by Ikebana and by strongSwan of the same tunnel. */
@NetnsTest
class UpdownVsStrongSwanTest {
    /** Each daemon numbers them by itself. */
    private static final String OWN_NUMBERS = "(PLUTO_REQID|PLUTO_UNIQUEID)=.*";

    @TempDir
    private Path folder = Path.of("");

    @Test
    void scriptsAreToldTheSame(Lab lab) throws Exception {
        TwoSites sites = TwoSites.onOneWire(lab);
        Path script = Files.writeString(folder.resolve("hook"), """
                #!/bin/sh
                env | grep ^PLUTO_ | sort > "%s/part" && mv "%s/part" "%s/$1-$PLUTO_VERB"
                """.formatted(folder, folder, folder));
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        StrongSwan.start(psk(sites.east(), sites.west()), StrongSwanSettings.userspaceEsp());

        IkebanaDaemon ikebana = IkebanaDaemon.startTun(western(sites, script + " ikebana"));
        ikebana.swanctl("--initiate", "--child", "net").run();
        List<String> ourUp = told("ikebana-up-client");
        ikebana.swanctl("--rekey", "--child", "net").run();
        ikebana.awaitLog("child net\\{1} rekeyed");
        Files.delete(folder.resolve("ikebana-up-client"));
        ikebana.stop();
        List<String> ourDown = told("ikebana-down-client");
        assertThat(folder.resolve("ikebana-up-client"))
                .as("a rekey is no reason")
                .doesNotExist();

        StrongSwan strongSwan =
                StrongSwan.start(western(sites, script + " strongswan"), StrongSwanSettings.userspaceEsp());
        strongSwan.swanctl("--initiate", "--child", "net").run();
        List<String> theirUp = told("strongswan-up-client");
        strongSwan.swanctl("--terminate", "--ike", "site").run();

        assertThat(ourUp).hasSizeGreaterThan(15).isEqualTo(theirUp);
        assertThat(ourDown).isEqualTo(told("strongswan-down-client"));
    }

    private static SwanctlConf western(TwoSites sites, String script) {
        return psk(sites.west(), sites.east()).child("updown", script).child("mark_in", "9/0xff");
    }

    private List<String> told(String name) throws IOException {
        Path file = folder.resolve(name);
        Await.until("the script has run for " + name, Patience.seconds(20), () -> Files.exists(file));
        return Files.readAllLines(file).stream()
                .map(line -> line.replaceFirst(OWN_NUMBERS, "$1=N"))
                .toList();
    }
}
