package org.ikebana.bench.esp;

import static org.ikebana.it.peer.SwanctlConf.psk;

import java.util.List;
import java.util.Map;
import org.ikebana.it.net.Site;
import org.ikebana.it.peer.IkeDaemon;
import org.ikebana.it.peer.IkebanaDaemon;
import org.ikebana.it.peer.StrongSwan;
import org.ikebana.it.peer.StrongSwanSettings;
import org.ikebana.it.peer.SwanctlConf;

/** What carries the packets between the two ends; AES-256-GCM where it is a tunnel. */
enum Plane {
    STRONGSWAN("strongSwan, ESP in UDP") {
        @Override
        List<IkeDaemon> start(Testbed bed) {
            StrongSwan east = StrongSwan.start(conf(bed.east(), bed.west()), StrongSwanSettings.userspaceEsp());
            StrongSwan west = StrongSwan.start(conf(bed.west(), bed.east()), StrongSwanSettings.userspaceEsp());
            west.initiate("net");
            return List.of(west, east);
        }
    },
    IKEBANA_UDP("Ikebana, ESP in UDP") {
        @Override
        List<IkeDaemon> start(Testbed bed) {
            return ikebana(bed, true);
        }
    },
    IKEBANA_ESP("Ikebana, raw ESP") {
        @Override
        List<IkeDaemon> start(Testbed bed) {
            return ikebana(bed, false);
        }
    },
    NONE("no tunnel") {
        @Override
        List<IkeDaemon> start(Testbed bed) {
            bed.open();
            return List.of();
        }
    };

    private final String title;

    Plane(String title) {
        this.title = title;
    }

    /** Brings it up, and gives back the daemons whose CPU time it takes. */
    abstract List<IkeDaemon> start(Testbed bed);

    @Override
    public String toString() {
        return title;
    }

    private static List<IkeDaemon> ikebana(Testbed bed, boolean inUdp) {
        IkebanaDaemon east = ikebana(conf(bed.east(), bed.west()), inUdp);
        IkebanaDaemon west = ikebana(conf(bed.west(), bed.east()).child("start_action", "start"), inUdp);
        for (IkebanaDaemon daemon : List.of(west, east)) {
            String established = daemon.awaitLog("child SA net\\{1} established");
            if (established.contains(" in UDP") != inUdp) {
                throw new AssertionError("ESP should travel " + (inUdp ? "in UDP: " : "raw: ") + established);
            }
        }
        return List.of(west, east);
    }

    private static IkebanaDaemon ikebana(SwanctlConf conf, boolean inUdp) {
        String text = inUdp ? conf.connection("encap", "yes").text() : conf.text();
        return IkebanaDaemon.start(
                conf.local().gateway(), Map.of("swanctl.conf", text, "ikebana.conf", "kernel = tun\n"), "");
    }

    private static SwanctlConf conf(Site local, Site remote) {
        return psk(local, remote).child("esp_proposals", "aes256gcm16");
    }
}
