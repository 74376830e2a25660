package org.ikebana.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ikebana.it.peer.SwanctlConf.psk;

import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.ikebana.it.lab.Lab;
import org.ikebana.it.lab.NetnsTest;
import org.ikebana.it.net.Ping;
import org.ikebana.it.net.TwoSites;
import org.ikebana.it.peer.IkebanaDaemon;
import org.ikebana.it.peer.StrongSwan;
import org.ikebana.it.peer.StrongSwanSettings;
import org.ikebana.it.peer.SwanctlConf;
import org.ikebana.it.process.Await;
import org.ikebana.it.process.Patience;
import org.junit.jupiter.api.Test;

/** Children come and go with the configuration of one end, and strongSwan at the other sees nothing else change. */
@NetnsTest
class ReloadVsStrongSwanTest {
    private static final Pattern SPI = Pattern.compile("(?m)^ +(in|out) +([0-9a-f]{8})");
    private static final Pattern IKE_SPIS = Pattern.compile("[0-9a-f]{16}_[ir]");

    @Test
    void whatIsUntouchedKeepsItsSpis(Lab lab) {
        TwoSites sites = TwoSites.onOneWire(lab);
        sites.east().gateway().ip("address add 10.2.0.129/24 dev lan"); // strongSwan wants one in each subnet
        StrongSwan east = StrongSwan.start(
                psk(sites.east(), sites.west())
                        .child("local_ts", "10.2.0.0/25")
                        .child("remote_ts", "10.1.0.0/25")
                        .another("other", "10.2.0.0/25", "10.1.0.128/25"),
                StrongSwanSettings.userspaceEsp());
        SwanctlConf one = psk(sites.west(), sites.east())
                .child("local_ts", "10.1.0.0/25")
                .child("remote_ts", "10.2.0.0/25")
                .child("start_action", "start");
        SwanctlConf two = one.another("other", "10.1.0.128/25", "10.2.0.0/25");
        IkebanaDaemon west = IkebanaDaemon.startTun(one);
        west.awaitLog("net\\{1} established");
        List<String> ike = all(IKE_SPIS, east);
        List<String> net = all(SPI, east);
        assertThat(ike).hasSize(2);
        assertThat(net).hasSize(2);

        reload(west, two);
        west.awaitLog("other\\{2} established");
        List<String> other = without(all(SPI, east), net);
        assertThat(other).as("those of the child that was added").hasSize(2);
        assertThat(all(SPI, east)).hasSize(4);

        put(west, two.child("replay_window", "64"));
        List<String> plan = west.ikebana("plan").run().lines().toList();
        assertThat(plan)
                .as("what the reload is going to do, with the SPIs that it is going to do it to")
                .satisfiesExactly(
                        site -> assertThat(site).startsWith("~ connection site: goes on"),
                        ikeSa -> assertThat(ikeSa).matches("    .*\\[1], established .* ago, stays"),
                        child -> assertThat(child).startsWith("  ! child net: replaced"),
                        pair -> assertThat(pair).matches("      net\\{1}, [0-9a-f]{8}_i [0-9a-f]{8}_o, is deleted"),
                        before -> assertThat(before).isEqualTo("      - replay_window = 32"),
                        now -> assertThat(now).startsWith("      + replay_window = 64    # "),
                        another -> assertThat(another).startsWith("  = child other"),
                        stays -> assertThat(stays).matches("      other\\{2}, .*, stays"));
        west.reload();
        west.awaitLog("net\\{3} established");
        Await.until(
                "only the new ones are there",
                Patience.seconds(60),
                () -> all(SPI, east).size() == 4);
        List<String> anew = without(all(SPI, east), other);
        assertThat(anew).as("those of the child that was replaced").hasSize(2).doesNotContainAnyElementsOf(net);

        reload(west, one.child("replay_window", "64"));
        Await.until(
                "those of the child that was removed are gone",
                Patience.seconds(60),
                () -> all(SPI, east).equals(anew));
        assertThat(all(IKE_SPIS, east)).as("the IKE SA").isEqualTo(ike);
        assertThat(Ping.patiently(sites.west().host(), sites.east().hostAddress()))
                .isTrue();
    }

    private static List<String> without(List<String> spis, List<String> those) {
        return spis.stream().filter(spi -> !those.contains(spi)).toList();
    }

    private static void reload(IkebanaDaemon daemon, SwanctlConf conf) {
        put(daemon, conf);
        daemon.reload();
    }

    private static void put(IkebanaDaemon daemon, SwanctlConf conf) {
        Lab.write(daemon.folder().resolve("swanctl.conf"), conf.text());
    }

    private static List<String> all(Pattern pattern, StrongSwan peer) {
        return pattern.matcher(peer.listSas())
                .results()
                .map(MatchResult::group)
                .map(text -> text.strip().replaceAll(" +", " "))
                .sorted()
                .toList();
    }
}
