package org.ikebana.page;

import java.io.IOException;
import java.util.Map;
import org.ikebana.ike.control.ControlPlugin;
import org.ikebana.ike.control.DaemonControl;
import org.ikebana.ike.control.ListenAddress;

/** {@code control.status-page}: its option {@code listen} is an address and a port of this host. */
public final class StatusPagePlugin implements ControlPlugin {
    private static final String DEFAULT = "127.0.0.1:9406";

    @Override
    public String name() {
        return "status-page";
    }

    @Override
    public Opened open(DaemonControl daemon, Map<String, String> options) throws IOException {
        String listen = options.getOrDefault("listen", DEFAULT);
        return StatusPage.open(daemon, ListenAddress.parse("control.status-page.listen", listen, DEFAULT));
    }
}
