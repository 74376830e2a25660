package org.ikebana.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ikebana.it.peer.SwanctlConf.psk;

import java.util.List;
import org.ikebana.it.lab.Lab;
import org.ikebana.it.lab.NetnsTest;
import org.ikebana.it.net.Packet.Kind;
import org.ikebana.it.net.TwoSites;
import org.ikebana.it.peer.IkebanaDaemon;
import org.ikebana.it.peer.StrongSwan;
import org.ikebana.it.peer.StrongSwanSettings;
import org.ikebana.it.peer.SwanctlConf;
import org.junit.jupiter.api.Test;

/** IKE SAs that begin without a child SA (RFC 6023), with strongSwan on the other end and ESP over TUN. */
@NetnsTest
class ChildlessVsStrongSwanTest {
    private static final String UP = "child SA net\\{1} established.* in UDP";
    private static final String WITH_KE = "CREATE_CHILD_SA (request|response) \\d+ \\[ .*\\bKE\\b";

    @Test
    void ikebanaInitiates(Lab lab) {
        TwoSites sites = TwoSites.onOneWire(lab);
        StrongSwan east = strongSwan(sites, "allow");
        ikebana(sites, "force", true).awaitLog(UP);

        east.awaitLog(WITH_KE);
        assertThat(authMessages(east)).hasSize(2).noneMatch(line -> line.contains(" SA "));
        assertTraffic(sites);
    }

    @Test
    void strongSwanInitiates(Lab lab) {
        TwoSites sites = TwoSites.onOneWire(lab);
        IkebanaDaemon west = ikebana(sites, "allow", false);
        StrongSwan east = strongSwan(sites, "force");
        east.initiate("net");

        west.awaitLog(UP);
        east.awaitLog(WITH_KE);
        assertThat(authMessages(east)).hasSize(2).noneMatch(line -> line.contains(" SA "));
        assertTraffic(sites);
    }

    @Test
    void strongSwanInitiatesWithoutAnyChild(Lab lab) {
        TwoSites sites = TwoSites.onOneWire(lab);
        IkebanaDaemon west = ikebana(sites, "allow", false);
        StrongSwan east = strongSwan(sites, "allow");
        east.swanctl("--initiate", "--ike", "site", "--timeout", "20").run();
        west.awaitLog("IKE SA established");
        east.initiate("net");

        west.awaitLog(UP);
        assertTraffic(sites);
    }

    @Test
    void ikebanaForcesAndStrongSwanForbids(Lab lab) {
        TwoSites sites = TwoSites.onOneWire(lab);
        strongSwan(sites, "never");

        ikebana(sites, "force", true).awaitLog("failed: the peer takes no IKE SA without a child");
    }

    @Test
    void strongSwanForcesAndIkebanaForbids(Lab lab) {
        TwoSites sites = TwoSites.onOneWire(lab);
        ikebana(sites, "never", false);
        StrongSwan east = strongSwan(sites, "force");

        assertThat(initiateInVain(east)).contains("failed");
        east.awaitLog("childless");
    }

    @Test
    void strongSwanTakesNothingElse(Lab lab) {
        TwoSites sites = TwoSites.onOneWire(lab);
        strongSwan(sites, "force");

        ikebana(sites, "allow", true).awaitLog("failed: the peer refused with INVALID_SYNTAX: .*childless");
    }

    @Test
    void ikebanaTakesNothingElse(Lab lab) {
        TwoSites sites = TwoSites.onOneWire(lab);
        IkebanaDaemon west = ikebana(sites, "force", false);
        StrongSwan east = strongSwan(sites, "allow");

        assertThat(initiateInVain(east)).contains("failed");
        west.awaitLog("failed: the peer asks for a child SA in IKE_AUTH, and childless = force");
    }

    private static String initiateInVain(StrongSwan east) {
        return east.swanctl("--initiate", "--child", "net", "--timeout", "20")
                .tryRun()
                .output();
    }

    /** What was asked and answered, however often. */
    private static List<String> authMessages(StrongSwan east) {
        return east.log().stream()
                .filter(line -> line.contains("IKE_AUTH re"))
                .map(line -> line.substring(line.indexOf("IKE_AUTH")))
                .distinct()
                .toList();
    }

    private static void assertTraffic(TwoSites sites) {
        new Traffic(sites).assertPingsAreOnlySeenAs(Kind.ESP_IN_UDP);
    }

    private static StrongSwan strongSwan(TwoSites sites, String childless) {
        return StrongSwan.start(
                psk(sites.east(), sites.west()).connection("childless", childless), StrongSwanSettings.userspaceEsp());
    }

    private static IkebanaDaemon ikebana(TwoSites sites, String childless, boolean starts) {
        SwanctlConf conf = psk(sites.west(), sites.east()).connection("childless", childless);
        return IkebanaDaemon.startTun(starts ? conf.child("start_action", "start") : conf);
    }
}
