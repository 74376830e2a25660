package org.ikebana.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ikebana.it.peer.SwanctlConf.psk;

import java.util.Map;
import org.ikebana.it.lab.Lab;
import org.ikebana.it.lab.NetnsTest;
import org.ikebana.it.net.Footprint;
import org.ikebana.it.net.Ping;
import org.ikebana.it.net.TwoSites;
import org.ikebana.it.peer.IkebanaDaemon;
import org.ikebana.it.peer.StrongSwan;
import org.ikebana.it.peer.StrongSwanSettings;
import org.ikebana.it.peer.SwanctlConf;
import org.ikebana.it.process.Await;
import org.ikebana.it.process.Patience;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * strongSwan, in the east, cannot be reached for a while, or closes the tunnel: {@code dpd_action} and {@code close_action}
 * of swanctl.conf. Both ends ask for life each second and give up after three more.
 */
@NetnsTest
class VanishingPeerVsStrongSwanTest {
    private static final String UP = "child SA net\\{%d} established";

    @Test
    void dpdActionClearLetsItGo(Lab lab) {
        Ends ends = start(lab, "dpd_action", "clear");
        ends.vanishAndReturn();

        ends.assertWeLetGo();
    }

    @Test
    void dpdActionTrapWaitsForTraffic(Lab lab) {
        Ends ends = start(lab, "dpd_action", "trap");
        ends.vanishAndReturn();

        ends.assertTrafficBringsItBack();
    }

    /** With {@code start_action = start} and no {@code dpd_action} it is wanted all the same. */
    @ParameterizedTest
    @CsvSource({"dpd_action, restart", "start_action, start"})
    void itComesBackByItself(String key, String value, Lab lab) {
        Ends ends = start(lab, key, value);
        ends.vanishAndReturn();

        ends.west.awaitLog(UP.formatted(2));
        ends.assertTunnel();
    }

    @Test
    void closeActionNoneLetsItGo(Lab lab) {
        Ends ends = start(lab, "close_action", "none");
        ends.east.terminate("site");

        ends.assertWeLetGo();
    }

    @Test
    void closeActionTrapWaitsForTraffic(Lab lab) {
        Ends ends = start(lab, "close_action", "trap");
        ends.east.terminate("site");

        ends.assertTrafficBringsItBack();
    }

    @Test
    void closeActionStartBringsItBack(Lab lab) {
        Ends ends = start(lab, "close_action", "start");
        ends.east.terminate("site");

        ends.west.awaitLog(UP.formatted(2));
        ends.assertTunnel();
    }

    /** Its trap is left out: kernel-libipsec, strongSwan's ESP in user space, knows none. */
    @Test
    void strongSwanRestartsItWhenWeVanish(Lab lab) {
        TwoSites sites = TwoSites.onOneWire(lab);
        Ends ends = start(
                sites,
                western(sites).child("dpd_action", "clear"),
                eastern(sites).connection("keyingtries", "0").child("dpd_action", "restart"));

        ends.vanishAndReturn();

        ends.west.awaitLog(UP.formatted(2));
        ends.assertTunnel();
    }

    @Test
    void strongSwanStartsItAgainWhenWeClose(Lab lab) {
        TwoSites sites = TwoSites.onOneWire(lab);
        Ends ends = start(
                sites,
                western(sites),
                eastern(sites).connection("keyingtries", "0").child("close_action", "start"));

        ends.west.stop();
        IkebanaDaemon again = ikebana(western(sites));

        again.awaitLog(UP.formatted(1));
        ends.assertTunnel();
    }

    /** strongSwan begins it, unless we are to. */
    private static Ends start(Lab lab, String key, String value) {
        TwoSites sites = TwoSites.onOneWire(lab);
        return start(sites, western(sites).child(key, value), eastern(sites));
    }

    private static Ends start(TwoSites sites, SwanctlConf western, SwanctlConf eastern) {
        StrongSwan east = StrongSwan.start(
                eastern,
                StrongSwanSettings.userspaceEsp()
                        .with("retransmit_timeout", "1.0")
                        .with("retransmit_tries", "3"));
        IkebanaDaemon west = ikebana(western);
        Footprint idle = Footprint.of(sites.west().gateway());
        if (!western.child().containsKey("start_action")) {
            east.initiate("net");
        }
        west.awaitLog(UP.formatted(1));
        Ends ends = new Ends(sites, west, east, idle);
        ends.assertTunnel();
        return ends;
    }

    private static IkebanaDaemon ikebana(SwanctlConf conf) {
        return IkebanaDaemon.start(
                conf.local().gateway(),
                Map.of(
                        "swanctl.conf",
                        conf.text(),
                        "ikebana.conf",
                        "kernel = tun\nretransmit_timeout = 1\nretransmit_tries = 3\n"));
    }

    private static SwanctlConf western(TwoSites sites) {
        return psk(sites.west(), sites.east()).connection("dpd_delay", "1s");
    }

    private static SwanctlConf eastern(TwoSites sites) {
        return psk(sites.east(), sites.west()).connection("dpd_delay", "1s");
    }

    /**
     * A tunnel that is up.
     *
     * @param idle what was in the west before
     */
    private record Ends(TwoSites sites, IkebanaDaemon west, StrongSwan east, Footprint idle) {
        /** For as long as it takes both to give up. */
        void vanishAndReturn() {
            sites.wire().unplug(sites.east().gateway());
            west.awaitLog("IKE SA closed: the peer does not answer");
            east.awaitLog("giving up after 3 retransmits");
            sites.wire().replug(sites.east().gateway());
        }

        /** strongSwan may begin it anew. */
        void assertWeLetGo() {
            Await.until(
                    "nothing of the tunnel is left",
                    Patience.seconds(60),
                    () -> Footprint.of(sites.west().gateway()).beyond(idle).isEmpty());
            east.initiate("net");
            west.awaitLog(UP.formatted(2));
            assertTunnel();
            assertWeHaveBegunNothing();
        }

        void assertTrafficBringsItBack() {
            west.awaitLog("site/net: trap installed");
            assertWeHaveBegunNothing();
            assertThat(Ping.patiently(sites.west().host(), sites.east().hostAddress()))
                    .as("the first packet is answered")
                    .isTrue();
            west.awaitLog("asks for the tunnel");
            assertTunnel();
        }

        /** Once the other end has its SAs as well. */
        void assertTunnel() {
            Await.until(
                    "packets are answered",
                    Patience.seconds(60),
                    () -> Ping.once(sites.west().host(), sites.east().hostAddress()));
            assertThat(sites.west().ping(sites.east()).allAnswered()).isTrue();
        }

        private void assertWeHaveBegunNothing() {
            assertThat(west.log()).noneMatch(line -> line.contains("initiating from"));
        }
    }
}
