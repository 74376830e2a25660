package org.ikebana.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ikebana.it.peer.SwanctlConf.psk;

import java.time.Duration;
import org.ikebana.it.lab.Lab;
import org.ikebana.it.lab.NetnsTest;
import org.ikebana.it.net.Ping;
import org.ikebana.it.net.SteadyPing;
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
import org.junit.jupiter.params.provider.ValueSource;

/** Ikebana with ESP over TUN in the west and strongSwan with its own ESP in the east authenticate anew: on any Linux. */
@NetnsTest
class ReauthenticationVsStrongSwanTest {
    private static final String UP = "child SA net\\{1} established";
    private static final String MAKE_BEFORE_BREAK = "make_before_break";
    private static final Duration A_WHILE = Duration.ofSeconds(11);

    /**
     * Each time: strongSwan sends by the new pair before its answer has come, and its threads may come to a packet of the old
     * pair when that is deleted already.
     */
    private static final int LOST_BY_STRONGSWAN = 2;

    @ParameterizedTest
    @ValueSource(strings = {"keep", "replace"})
    void weBegin(String unique, Lab lab) {
        TwoSites sites = TwoSites.onOneWire(lab);
        StrongSwan east = strongSwan(eastern(sites).connection("unique", unique), "no");
        IkebanaDaemon west = IkebanaDaemon.startTun(western(sites)
                .connection("reauth_time", "6s")
                .connection("over_time", "1m")
                .connection("rand_time", "0s")
                .child("start_action", "start"));
        west.awaitLog(UP);

        Ping ping = steady(sites);

        west.awaitLog("site\\[1]: reauthenticated, goes on as site\\[2]");
        assertFewAreLost(ping);
        assertOnePair(east);
    }

    /** We are the responder, and say by AUTH_LIFETIME how long we go on (RFC 4478). */
    @Test
    void weHaveItBegin(Lab lab) {
        TwoSites sites = TwoSites.onOneWire(lab);
        IkebanaDaemon west = IkebanaDaemon.startTun(western(sites)
                .connection("reauth_time", "20s")
                .connection("over_time", "1m")
                .connection("rand_time", "0s"));
        StrongSwan east = strongSwan(eastern(sites).connection("over_time", "14s"), "yes");
        east.initiate("net");
        west.awaitLog(UP);

        Ping ping = steady(sites);

        east.awaitLog(
                "received AUTH_LIFETIME of (20s, scheduling reauthentication in 6s|19s, scheduling reauthentication in 5s)");
        west.awaitLog("child SA net\\{2} established");
        assertFewAreLost(ping);
        assertOnePair(east);
        assertThat(west.log()).noneMatch(line -> line.contains("initiating from"));
    }

    /** It was the responder. */
    @Test
    void itBeginsThoughWeHaveBegunBefore(Lab lab) {
        TwoSites sites = TwoSites.onOneWire(lab);
        StrongSwan east = strongSwan(shortLived(sites), "yes");
        IkebanaDaemon west = IkebanaDaemon.startTun(western(sites).child("start_action", "start"));
        west.awaitLog(UP);

        Ping ping = steady(sites);

        west.awaitLog("child SA net\\{2} established");
        assertFewAreLost(ping);
        assertOnePair(east);
    }

    /** Make before break: we are the responder, and go over to the new pair when strongSwan has. */
    @ParameterizedTest
    @ValueSource(strings = {"no", "keep", "replace"})
    void itMakesBeforeItBreaks(String unique, Lab lab) {
        TwoSites sites = TwoSites.onOneWire(lab);
        IkebanaDaemon west = IkebanaDaemon.startTun(western(sites).connection("unique", unique));
        StrongSwan east = strongSwan(shortLived(sites), "yes");
        east.initiate("net");
        west.awaitLog(UP);

        Ping ping = steady(sites);

        assertFewAreLost(ping);
        west.awaitLog("child SA net\\{2} established");
        assertOnePair(east);
    }

    /** Break before make: its packets and ours are lost or held meanwhile, and none leaves in clear. */
    @ParameterizedTest
    @CsvSource({"none", "trap"})
    void itBreaksBeforeItMakes(String startAction, Lab lab) {
        TwoSites sites = TwoSites.onOneWire(lab);
        IkebanaDaemon west = IkebanaDaemon.startTun(western(sites).child("start_action", startAction));
        StrongSwan east = strongSwan(shortLived(sites), "no");
        east.initiate("net");
        west.awaitLog(UP);

        steady(sites);

        west.awaitLog("child SA net\\{2} established");
        Await.until(
                "one pair is at work",
                Patience.seconds(60),
                () -> pairs(east) == 1 && sites.west().ping(sites.east()).allAnswered());
    }

    private static Ping steady(TwoSites sites) {
        return SteadyPing.start(sites.west(), sites.east(), A_WHILE).finish();
    }

    private static void assertFewAreLost(Ping ping) {
        assertThat(ping.sent() - ping.answered()).isLessThanOrEqualTo(2 * LOST_BY_STRONGSWAN);
    }

    private static void assertOnePair(StrongSwan east) {
        Await.until("one pair is left", Patience.seconds(12), () -> pairs(east) == 1);
    }

    private static long pairs(StrongSwan east) {
        return east.listSas().lines().filter(line -> line.contains("INSTALLED")).count();
    }

    private static SwanctlConf western(TwoSites sites) {
        return psk(sites.west(), sites.east());
    }

    private static SwanctlConf eastern(TwoSites sites) {
        return psk(sites.east(), sites.west());
    }

    private static SwanctlConf shortLived(TwoSites sites) {
        return eastern(sites)
                .connection("reauth_time", "6s")
                .connection("over_time", "1m")
                .connection("rand_time", "0s");
    }

    private static StrongSwan strongSwan(SwanctlConf conf, String makeBeforeBreak) {
        return StrongSwan.start(conf, StrongSwanSettings.userspaceEsp().with(MAKE_BEFORE_BREAK, makeBeforeBreak));
    }
}
