package org.ikebana.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ikebana.it.peer.SwanctlConf.psk;

import java.time.Duration;
import org.ikebana.it.lab.Lab;
import org.ikebana.it.net.Netns;
import org.ikebana.it.net.Ping;
import org.ikebana.it.net.Site;
import org.ikebana.it.net.SteadyPing;
import org.ikebana.it.net.TwoSites;
import org.ikebana.it.peer.IkebanaDaemon;
import org.ikebana.it.peer.StrongSwan;
import org.ikebana.it.peer.SwanctlConf;
import org.junit.jupiter.api.Test;

/** Addresses change under a tunnel between Ikebana and strongSwan (RFC 4555, RFC 7296 2.23) while a ping goes through it. */
interface MobilityContract {
    String UP = "child SA net\\{1} established";
    Duration A_WHILE = Duration.ofSeconds(8);
    String ELSEWHERE_WEST = "192.0.2.11";
    String ELSEWHERE_EAST = "192.0.2.12";

    IkebanaDaemon ikebana(SwanctlConf conf);

    StrongSwan strongSwan(SwanctlConf conf);

    @Test
    default void ikebanaBeganItAndMoves(Lab lab) {
        TwoSites sites = TwoSites.onOneWire(lab);
        strongSwan(psk(sites.east(), sites.west()));
        IkebanaDaemon west = ikebana(psk(sites.west(), sites.east()).child("start_action", "start"));
        west.awaitLog(UP);
        SteadyPing ping = SteadyPing.start(sites.west(), sites.east(), A_WHILE);

        move(sites.west(), ELSEWHERE_WEST, sites.east().wan());

        west.awaitLog("moved from 192\\.0\\.2\\.1:4500 .* to 192\\.0\\.2\\.11:4500");
        assertFewLost("Ikebana moves", ping, 2);
        assertThat(sites.west().ping(sites.east()).allAnswered()).isTrue();
    }

    @Test
    default void strongSwanBeganItAndMoves(Lab lab) {
        TwoSites sites = TwoSites.onOneWire(lab);
        IkebanaDaemon west = ikebana(psk(sites.west(), sites.east()));
        strongSwan(psk(sites.east(), sites.west())).initiate("net");
        west.awaitLog(UP);
        SteadyPing ping = SteadyPing.start(sites.west(), sites.east(), A_WHILE);

        move(sites.east(), ELSEWHERE_EAST, sites.west().wan());

        west.awaitLog("moved from .* - 192\\.0\\.2\\.2:4500 to .* - 192\\.0\\.2\\.12:4500.*the peer asked for it");
        assertFewLost("strongSwan moves", ping, 3);
        assertThat(sites.west().ping(sites.east()).allAnswered()).isTrue();
    }

    @Test
    default void ikebanaDidNotBeginItAndMoves(Lab lab) {
        TwoSites sites = TwoSites.onOneWire(lab);
        IkebanaDaemon west = ikebana(psk(sites.west(), sites.east()));
        strongSwan(psk(sites.east(), sites.west())).initiate("net");
        west.awaitLog(UP);
        SteadyPing ping = SteadyPing.start(sites.west(), sites.east(), A_WHILE);

        move(sites.west(), ELSEWHERE_WEST, sites.east().wan());

        west.awaitLog("moved from 192\\.0\\.2\\.1:4500 .* to 192\\.0\\.2\\.11:4500");
        assertFewLost("Ikebana moves, strongSwan decides", ping, 3);
        assertThat(sites.west().ping(sites.east()).allAnswered()).isTrue();
    }

    /** The one that began decides: it hears of the new address while the old one is there, and goes over when that is gone. */
    @Test
    default void strongSwanDidNotBeginItAndMoves(Lab lab) {
        TwoSites sites = TwoSites.onOneWire(lab);
        strongSwan(psk(sites.east(), sites.west()).connection("local_addrs", "%any"));
        IkebanaDaemon west = ikebana(
                psk(sites.west(), sites.east()).connection("dpd_delay", "2s").child("start_action", "start"));
        west.awaitLog(UP);
        SteadyPing ping = SteadyPing.start(sites.west(), sites.east(), Duration.ofMinutes(1));

        sites.east()
                .gateway()
                .exec("sysctl", "-q", "-w", "net.ipv4.conf.wan.promote_secondaries=1")
                .run();
        sites.east().gateway().ip("address add " + ELSEWHERE_EAST + "/24 dev wan");
        ping.awaitAnswers(10);
        sites.east()
                .gateway()
                .ip(
                        "address del " + sites.east().wan() + "/24 dev wan",
                        "route replace default via " + sites.west().wan());

        west.awaitLog("moved from .* - 192\\.0\\.2\\.2:4500 to .* - 192\\.0\\.2\\.12:4500");
        ping.awaitAnswers(20); // strongSwan's ESP in user space moves no SA, and answers once it has rekeyed it
        assertThat(sites.west().ping(sites.east()).allAnswered()).isTrue();
    }

    /** strongSwan, outside, learns it by ESP or from Ikebana's liveness checks. */
    @Test
    default void ikebanasNatForgetsItsMapping(Lab lab) {
        TwoSites sites = TwoSites.westBehindNat(lab);
        strongSwan(psk(sites.east(), sites.west()));
        IkebanaDaemon west = ikebana(
                psk(sites.west(), sites.east()).connection("dpd_delay", "2s").child("start_action", "start"));
        west.awaitLog(UP + ".* in UDP");
        SteadyPing ping = SteadyPing.start(sites.west(), sites.east(), A_WHILE);

        rebind(sites);

        ping.awaitAnswers(20);
        assertFewLost("Ikebana's NAT rebinds", ping, 6);
        assertThat(sites.east().ping(sites.west()).allAnswered()).isTrue();
    }

    /** Ikebana, outside, learns it by the first packet of ESP. */
    @Test
    default void strongSwansNatForgetsItsMapping(Lab lab) {
        TwoSites sites = TwoSites.westBehindNat(lab);
        IkebanaDaemon east = ikebana(psk(sites.east(), sites.west()));
        strongSwan(psk(sites.west(), sites.east())).initiate("net");
        east.awaitLog(UP + ".* in UDP");
        SteadyPing ping = SteadyPing.start(sites.west(), sites.east(), A_WHILE);

        rebind(sites);

        east.awaitLog("moved from .*the peer's NAT gave it another address or port");
        assertFewLost("strongSwan's NAT rebinds", ping, 2);
        assertThat(sites.east().ping(sites.west()).allAnswered()).isTrue();
    }

    /** The old address goes first, as when a machine is plugged in elsewhere. */
    private static void move(Site site, String to, String nextHop) {
        site.gateway()
                .ip(
                        "address del " + site.wan() + "/24 dev wan",
                        "address add " + to + "/24 dev wan",
                        "route replace default via " + nextHop);
    }

    /** Other ports from now on; what was mapped is forgotten when the interface goes down. */
    private static void rebind(TwoSites sites) {
        Netns nat = sites.outermost();
        nat.exec("iptables -t nat -F POSTROUTING".split(" ")).run();
        nat.exec("iptables -t nat -A POSTROUTING -o wan -p udp -j MASQUERADE --to-ports 20000-20999".split(" "))
                .run();
        nat.ip(
                "link set dev wan down",
                "link set dev wan up",
                "route replace default via " + sites.east().wan());
    }

    private static void assertFewLost(String what, SteadyPing steady, int seconds) {
        Ping ping = steady.finish();
        int lost = ping.sent() - ping.answered();
        System.out.printf(
                "%s: %d of %d echo requests lost, %d ms%n", what, lost, ping.sent(), lost * SteadyPing.PACE.toMillis());
        assertThat(lost).isLessThan((int) Duration.ofSeconds(seconds).dividedBy(SteadyPing.PACE));
    }
}
