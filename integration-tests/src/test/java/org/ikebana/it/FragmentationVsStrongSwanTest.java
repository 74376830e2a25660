package org.ikebana.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ikebana.it.peer.SwanctlConf.psk;

import java.util.Map;
import org.ikebana.it.lab.Lab;
import org.ikebana.it.lab.NetnsTest;
import org.ikebana.it.net.TwoSites;
import org.ikebana.it.peer.IkebanaDaemon;
import org.ikebana.it.peer.StrongSwan;
import org.ikebana.it.peer.StrongSwanSettings;
import org.ikebana.it.peer.SwanctlConf;
import org.junit.jupiter.api.Test;

/** IKE messages in small fragments (RFC 7383), with strongSwan on the other end. ESP is not what this is about. */
@NetnsTest
class FragmentationVsStrongSwanTest {
    private static final String SPLIT = "splitting IKE message .* into [2-9] fragments";
    private static final String JOINED = "reassembled fragmented IKE message";
    private static final String UP = "child SA net\\{1} established";

    @Test
    void ikebanaInitiates(Lab lab) {
        TwoSites sites = TwoSites.onOneWire(lab);
        StrongSwan east = strongSwan(sites);
        ikebana(sites, "yes", true).awaitLog(UP);

        east.awaitLog(JOINED);
        east.awaitLog(SPLIT);
    }

    @Test
    void strongSwanInitiates(Lab lab) {
        TwoSites sites = TwoSites.onOneWire(lab);
        IkebanaDaemon west = ikebana(sites, "yes", false);
        StrongSwan east = strongSwan(sites);
        east.initiate("net");

        west.awaitLog(UP);
        east.awaitLog(SPLIT);
        east.awaitLog(JOINED);
    }

    @Test
    void strongSwanRekeysInFragments(Lab lab) {
        TwoSites sites = TwoSites.onOneWire(lab);
        StrongSwan east = strongSwan(sites);
        IkebanaDaemon west = ikebana(sites, "yes", true);
        west.awaitLog(UP);
        east.rekeyIke("site");

        west.awaitLog("site\\[1]: rekeyed");
        east.awaitLog(2, JOINED);
    }

    @Test
    void whereWeOnlyAccept(Lab lab) {
        TwoSites sites = TwoSites.onOneWire(lab);
        StrongSwan east = strongSwan(sites);
        ikebana(sites, "accept", true).awaitLog(UP);

        east.awaitLog(SPLIT);
        assertThat(east.log()).noneMatch(line -> line.contains(JOINED));
    }

    private static StrongSwan strongSwan(TwoSites sites) {
        return StrongSwan.start(
                sites.east().gateway(),
                text(psk(sites.east(), sites.west())),
                StrongSwanSettings.userspaceEsp().with("fragment_size", "256"));
    }

    private static IkebanaDaemon ikebana(TwoSites sites, String fragmentation, boolean starts) {
        SwanctlConf conf = psk(sites.west(), sites.east()).connection("fragmentation", fragmentation);
        return IkebanaDaemon.start(
                sites.west().gateway(),
                Map.of(
                        "swanctl.conf",
                        text(starts ? conf.child("start_action", "start") : conf),
                        "ikebana.conf",
                        "kernel = memory\nfragment_size = 256\n"));
    }

    /** With a group of long public values, for rekeying, and with long names, for IKE_AUTH. */
    private static String text(SwanctlConf conf) {
        return conf.connection("proposals", "aes256-sha256-modp2048")
                .child("esp_proposals", "aes256gcm16")
                .text()
                .replace(".example", "." + "long-name.".repeat(15) + "example");
    }
}
