package org.ikebana.it.kill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ikebana.it.peer.SwanctlConf.psk;

import java.util.List;
import java.util.stream.Stream;
import org.ikebana.it.lab.Lab;
import org.ikebana.it.lab.RealKernelTest;
import org.ikebana.it.net.Footprint;
import org.ikebana.it.net.IpXfrm;
import org.ikebana.it.net.Ping;
import org.ikebana.it.net.Site;
import org.ikebana.it.net.TwoSites;
import org.ikebana.it.peer.StrongSwanSettings;
import org.ikebana.it.peer.SwanctlConf;
import org.ikebana.it.process.Await;
import org.ikebana.it.process.Patience;
import org.junit.jupiter.api.Test;

/** With the kernel's ESP: what a killed daemon has installed goes on without it, and its successor finds it. */
@RealKernelTest
class KillInKernelTest {
    /** A reservation that was never used lapses in the kernel (net.core.xfrm_acq_expires). */
    private static final int LAPSE_SECONDS = 30;

    @Test
    void eitherEndIsKilled(Lab lab) {
        TwoSites sites = TwoSites.onOneWire(lab);
        Footprint foreign = ForeignIpsec.install(sites.west());
        End west = new IkebanaEnd(wanted(sites.west(), sites.east()), false);
        End east = new StrongSwanEnd(wanted(sites.east(), sites.west()), StrongSwanSettings.kernelEsp());

        new KillCampaign(sites, List.of(east, west), List.of(east, west)).run(List.of(sites.west(), sites.east()));

        assertOnePairAndItsPolicies(sites.west());
        assertThat(Ping.patiently(sites.west().gateway(), sites.east().wan()))
                .as("what no policy is about passes")
                .isTrue();
        west.stop();
        Footprint left = Footprint.of(sites.west().gateway());
        assertThat(left.beyond(foreign)).as("left behind").isEmpty();
        assertThat(foreign.beyond(left)).as("others' that are gone").isEmpty();
    }

    /** Ikebana has to find out by itself (RFC 7296 2.4). */
    @Test
    void strongSwanIsKilledAndBeginsNothing(Lab lab) {
        TwoSites sites = TwoSites.onOneWire(lab);
        End west = new IkebanaEnd(wanted(sites.west(), sites.east()), false);
        SwanctlConf waiting = wanted(sites.east(), sites.west()).child("start_action", "trap");
        End east = new StrongSwanEnd(waiting, StrongSwanSettings.kernelEsp());

        new KillCampaign(sites, List.of(east, west), List.of(east)).run(List.of(sites.west(), sites.east()));

        assertOnePairAndItsPolicies(sites.west());
    }

    @Test
    void whatIsConfiguredNoMorePassesAfterAKill(Lab lab) {
        TwoSites sites = TwoSites.onOneWire(lab);
        End before = new IkebanaEnd(wanted(sites.west(), sites.east()), false);
        before.launch(End.Pace.CALM);
        Await.until(
                "the traps stand",
                KillCampaign.PATIENCE,
                () -> sites.west().xfrm().policies().size() == 3);
        before.kill();
        assertThat(Ping.once(sites.west().host(), sites.east().hostAddress()))
                .as("held without a daemon")
                .isFalse();

        SwanctlConf elsewhere = wanted(sites.west(), sites.east()).child("remote_ts", "10.9.0.0/24");
        new IkebanaEnd(elsewhere, false).launch(End.Pace.CALM);

        Await.until(
                "what is not protected any more passes",
                KillCampaign.PATIENCE,
                () -> Ping.once(sites.west().host(), sites.east().hostAddress()));
        assertThat(sites.west().xfrm().policies()).hasSize(3).allMatch(policy -> policy.contains("10.9.0.0/24"));
    }

    private static void assertOnePairAndItsPolicies(Site site) {
        IpXfrm kernel = site.xfrm();
        List<IpXfrm.State> pair = Await.value(
                "one pair of SAs",
                Patience.seconds(LAPSE_SECONDS + 10),
                () -> own(kernel).toList(),
                p -> p.size() == 2);
        int reqid = pair.getFirst().reqid();
        assertThat(pair).allMatch(state -> state.reqid() == reqid);
        List<String> policies = kernel.policies().stream()
                .filter(policy -> policy.contains(site.lan()))
                .toList();
        assertThat(policies).hasSize(3).allMatch(policy -> policy.contains("reqid " + reqid + " "));
    }

    private static Stream<IpXfrm.State> own(IpXfrm kernel) {
        return kernel.states().stream().filter(state -> state.reqid() != ForeignIpsec.REQID);
    }

    private static SwanctlConf wanted(Site local, Site remote) {
        return psk(local, remote).connection("dpd_delay", "2s").child("start_action", "trap|start");
    }
}
