package org.ikebana.it.kill;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ikebana.it.peer.SwanctlConf.psk;

import java.util.List;
import org.ikebana.it.lab.Lab;
import org.ikebana.it.lab.NetnsTest;
import org.ikebana.it.net.Footprint;
import org.ikebana.it.net.Site;
import org.ikebana.it.net.TwoSites;
import org.ikebana.it.peer.StrongSwanSettings;
import org.ikebana.it.peer.SwanctlConf;
import org.junit.jupiter.api.Test;

/** With ESP in the daemons: a killed one takes its SAs with it, and leaves routes that let nothing pass. */
@NetnsTest
class KillOverTunTest {
    @Test
    void eitherIkebanaIsKilled(Lab lab) {
        TwoSites sites = TwoSites.onOneWire(lab);
        Footprint before = Footprint.of(sites.west().gateway());
        End west = new IkebanaEnd(wanted(sites.west(), sites.east()), true);
        End east = new IkebanaEnd(wanted(sites.east(), sites.west()), true);

        new KillCampaign(sites, List.of(east, west), List.of(east, west)).run(List.of(sites.west(), sites.east()));

        west.stop();
        assertThat(Footprint.of(sites.west().gateway()).beyond(before)).isEmpty();
    }

    /** strongSwan, with ESP of its own, has neither traps nor unreachable routes: only what Ikebana's site sends counts. */
    @Test
    void ikebanaIsKilledBesideStrongSwan(Lab lab) {
        TwoSites sites = TwoSites.onOneWire(lab);
        Footprint before = Footprint.of(sites.west().gateway());
        End west = new IkebanaEnd(wanted(sites.west(), sites.east()), true);
        End east = new StrongSwanEnd(
                wanted(sites.east(), sites.west()).child("start_action", "start"), StrongSwanSettings.userspaceEsp());

        new KillCampaign(sites, List.of(east, west), List.of(west)).run(List.of(sites.west()));

        west.stop();
        assertThat(Footprint.of(sites.west().gateway()).beyond(before)).isEmpty();
    }

    private static SwanctlConf wanted(Site local, Site remote) {
        return psk(local, remote).connection("dpd_delay", "2s").child("start_action", "trap|start");
    }
}
