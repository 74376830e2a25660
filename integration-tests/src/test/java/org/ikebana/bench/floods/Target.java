package org.ikebana.bench.floods;

import java.util.List;
import java.util.Map;
import org.ikebana.it.net.Netns;
import org.ikebana.it.peer.Checkout;
import org.ikebana.it.peer.IkeDaemon;
import org.ikebana.it.peer.IkebanaDaemon;
import org.ikebana.it.peer.StrongSwan;
import org.ikebana.it.peer.StrongSwanSettings;

/** The responders that are compared: ESP in user space, defences against floods as they are by default. */
enum Target {
    IKEBANA("Ikebana") {
        @Override
        IkeDaemon start(Netns netns) {
            return IkebanaDaemon.start(netns, FloodFiles.responder(), Checkout.packagedJavaOptions());
        }
    },
    STRONGSWAN("strongSwan") {
        @Override
        IkeDaemon start(Netns netns) {
            StrongSwanSettings settings = StrongSwanSettings.userspaceEsp()
                    .with("ikesa_table_size", "4096")
                    .with("ikesa_table_segments", "16")
                    .with("install_routes", "no")
                    .with("filelog.stderr.default", "-1")
                    .with("filelog.stderr.job", "1");
            Map<String, String> files = FloodFiles.responder();
            return StrongSwan.start(netns, files.getOrDefault("swanctl.conf", ""), settings);
        }
    };

    private final String title;

    Target(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    abstract IkeDaemon start(Netns netns);

    static List<Target> all() {
        return List.of(values());
    }
}
