package org.ikebana.metrics;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.ikebana.ike.connection.ChildConfig;
import org.ikebana.ike.connection.ConnectionConfig;
import org.ikebana.ike.control.DaemonControl;
import org.ikebana.ike.control.TunnelName;
import org.ikebana.ike.engine.DesiredState;
import org.ikebana.ike.engine.IkeEngine;
import org.ikebana.ike.sa.ChildSa;
import org.ikebana.ike.sa.IkeSa;

/**
 * A configured child, and how it is.
 *
 * @param wanted it is to be up all the time; not so while it is to come with traffic
 * @param up there is a pair of SAs that is at work
 */
record Tunnel(TunnelName name, boolean wanted, boolean up) {
    /** As they are now. */
    static List<Tunnel> all(DaemonControl daemon) throws InterruptedException {
        return daemon.ask(Tunnel::all);
    }

    private static List<Tunnel> all(IkeEngine engine) {
        Set<TunnelName> up = new HashSet<>();
        for (IkeSa ikeSa : engine.ikeSas()) {
            Optional<String> connection = ikeSa.connection().map(ConnectionConfig::name);
            for (ChildSa child : ikeSa.childSas()) {
                connection.ifPresent(
                        name -> up.add(new TunnelName(name, child.config().name())));
            }
        }
        List<Tunnel> tunnels = new ArrayList<>();
        for (ConnectionConfig connection : engine.connections()) {
            for (ChildConfig child : connection.tunnels()) {
                TunnelName name = new TunnelName(connection.name(), child.name());
                boolean wanted = engine.desired(name.connection(), name.child())
                        .filter(desired -> desired == DesiredState.UP)
                        .isPresent();
                tunnels.add(new Tunnel(name, wanted, up.contains(name)));
            }
        }
        return tunnels;
    }
}
