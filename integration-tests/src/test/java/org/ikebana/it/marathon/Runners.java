package org.ikebana.it.marathon;

import java.time.Duration;
import java.util.List;
import org.ikebana.it.net.IpXfrm;
import org.ikebana.it.net.Site;
import org.ikebana.it.peer.IkebanaOnCommand;
import org.ikebana.it.peer.StrongSwan;
import org.ikebana.it.peer.SwanctlConf;
import org.ikebana.it.peer.TunnelOnCommand;
import org.ikebana.it.peer.TunnelOnCommand.By;
import org.ikebana.it.peer.TunnelOnCommand.Subject;
import org.ikebana.it.process.Await;
import org.ikebana.it.process.Patience;

/** The two daemons, and what the kernels at both ends have of their tunnel. */
record Runners(Site west, Site east, TunnelOnCommand tunnel) {
    /** Each way, when requests are to cross: time enough for a command to follow the other one's. */
    static final Duration DELAY = Duration.ofMillis(40);

    private static final Duration SETTLED = Patience.seconds(60);
    private static final Duration LOOK = Duration.ofMillis(200);

    /** Starts them and brings the tunnel up. */
    static Runners start(SwanctlConf western, SwanctlConf eastern) {
        StrongSwan strongSwan = StrongSwan.start(eastern);
        IkebanaOnCommand ikebana = IkebanaOnCommand.start(western.child("start_action", "start"));
        ikebana.awaitLog("child SA net\\{1} established");
        return new Runners(western.local(), eastern.local(), new TunnelOnCommand(ikebana, strongSwan));
    }

    /** The next one may begin when this returns. */
    void rekey(Subject subject, By by) {
        tunnel.rekey(subject, by);
        if (by == By.BOTH_AT_ONCE) {
            awaitOnePair();
        } else if (subject == Subject.IKE) {
            tunnel.awaitOnePair();
        }
    }

    int crossings() {
        return (int) tunnel.strongSwan().log().stream()
                .filter(line -> line.contains("REKEY collision with"))
                .count();
    }

    /**
     * When what was replaced is gone: one IKE SA, one pair, the same at both ends, and only these in the kernels. strongSwan
     * removes a rekeyed child SA five seconds later, and never if its IKE SA is rekeyed at that very moment.
     *
     * @return the SPIs at both ends
     */
    String awaitOnePair() {
        tunnel.awaitOnePair();
        Await.until("one pair, the same in both kernels", SETTLED, LOOK, () -> {
            List<String> atWest = spis(west);
            return atWest.size() == 2 && atWest.equals(spis(east));
        });
        return "one IKE SA, one pair, SPIs in the west %s, in the east %s".formatted(spis(west), spis(east));
    }

    private static List<String> spis(Site site) {
        return site.xfrm().states().stream().map(IpXfrm.State::spi).sorted().toList();
    }
}
