package org.ikebana.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ikebana.it.peer.SwanctlConf.psk;

import java.util.Map;
import org.ikebana.it.lab.Lab;
import org.ikebana.it.lab.NetnsTest;
import org.ikebana.it.net.Netns;
import org.ikebana.it.net.TwoSites;
import org.ikebana.it.peer.IkebanaDaemon;
import org.ikebana.it.peer.StrongSwan;
import org.ikebana.it.peer.StrongSwanSettings;
import org.ikebana.it.peer.SwanctlConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The same peer comes once more from another place: {@code unique} of the two sides, and INITIAL_CONTACT (RFC 7296 2.4). */
@NetnsTest
class UniquenessVsStrongSwanTest {
    private static final String ELSEWHERE = "192.0.2.3";

    /** A strongSwan whose {@code unique} is {@code never} says no INITIAL_CONTACT. */
    @ParameterizedTest
    @CsvSource({"replace, never", "no, no", "keep, no"})
    void theNewOneTakesThePlaceOfTheOldOne(String ours, String theirs, Lab lab) {
        TwoSites sites = TwoSites.onOneWire(lab);
        IkebanaDaemon west = IkebanaDaemon.startTun(anywhere(sites, ours));
        StrongSwan first = first(sites, theirs);
        west.awaitLog("site\\[1]: child SA net");

        StrongSwan second = elsewhere(sites, theirs);
        second.initiate("net");

        west.awaitLog("site\\[1]: IKE SA closed: replaced by a newer one");
        assertThat(west.log()).noneMatch(line -> line.contains("site[2]: IKE SA closed"));
        assertThat(second.listSas()).contains("ESTABLISHED");
        first.kill();
    }

    @ParameterizedTest
    @CsvSource({"no, never", "never, never", "never, no"})
    void bothStay(String ours, String theirs, Lab lab) {
        TwoSites sites = TwoSites.onOneWire(lab);
        IkebanaDaemon west = IkebanaDaemon.startTun(anywhere(sites, ours));
        StrongSwan first = first(sites, theirs);
        west.awaitLog("site\\[1]: child SA net");

        StrongSwan second = elsewhere(sites, theirs);
        second.initiate("net");

        assertThat(first.listSas()).contains("ESTABLISHED");
        assertThat(second.listSas()).contains("ESTABLISHED");
        assertThat(west.log()).noneMatch(line -> line.contains("IKE SA closed"));
    }

    @Test
    void theOldOneIsKept(Lab lab) {
        TwoSites sites = TwoSites.onOneWire(lab);
        IkebanaDaemon west = IkebanaDaemon.startTun(anywhere(sites, "keep"));
        StrongSwan first = first(sites, "never");
        west.awaitLog("site\\[1]: child SA net");

        StrongSwan second = elsewhere(sites, "never");
        assertThat(second.swanctl("--initiate", "--child", "net", "--timeout", "10")
                        .tryRun()
                        .succeeded())
                .isFalse();

        second.awaitLog("received AUTHENTICATION_FAILED");
        west.awaitLog("there is an IKE SA with east.example already, and unique = keep keeps it");
        assertThat(first.listSas()).contains("ESTABLISHED");
        assertThat(second.listSas()).isEmpty();
    }

    /** Here we are the one that comes from elsewhere, and strongSwan keeps what it has. */
    @Test
    void itsOldOneIsKept(Lab lab) {
        TwoSites sites = TwoSites.onOneWire(lab);
        StrongSwan west = StrongSwan.start(anywhere(sites, "keep"), StrongSwanSettings.userspaceEsp());
        first(sites, "never");
        west.awaitLog("CHILD_SA net\\{1} established");

        SwanctlConf conf = east(sites, "never").child("start_action", "start").connection("local_addrs", ELSEWHERE);
        IkebanaDaemon second = IkebanaDaemon.start(
                other(sites), Map.of("swanctl.conf", conf.text(), "ikebana.conf", "kernel = tun\n"));

        second.awaitLog("the peer refused with AUTHENTICATION_FAILED");
        assertThat(west.listSas()).contains("ESTABLISHED").contains("192.0.2.2").doesNotContain(ELSEWHERE);
    }

    private static SwanctlConf anywhere(TwoSites sites, String unique) {
        return psk(sites.west(), sites.east())
                .connection("remote_addrs", "%any")
                .connection("unique", unique);
    }

    private static SwanctlConf east(TwoSites sites, String unique) {
        return psk(sites.east(), sites.west()).connection("unique", unique);
    }

    private static StrongSwan first(TwoSites sites, String unique) {
        StrongSwan first = StrongSwan.start(east(sites, unique), StrongSwanSettings.userspaceEsp());
        first.initiate("net");
        return first;
    }

    private static StrongSwan elsewhere(TwoSites sites, String unique) {
        return StrongSwan.start(
                other(sites),
                east(sites, unique).connection("local_addrs", ELSEWHERE).text(),
                StrongSwanSettings.userspaceEsp());
    }

    /** A machine on the wire with the eastern gateway's configuration and another address. */
    private static Netns other(TwoSites sites) {
        Netns other = Netns.create(sites.east().gateway().lab(), "other");
        sites.wire().plug(other, "wan");
        other.ip(
                "link set dev lo up",
                "link set dev wan up",
                "address add " + ELSEWHERE + "/24 dev wan",
                "address add 10.2.0.1/24 dev lo",
                "route add default via " + sites.west().wan());
        return other;
    }
}
