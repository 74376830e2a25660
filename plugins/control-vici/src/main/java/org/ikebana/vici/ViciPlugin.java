package org.ikebana.vici;

import java.io.IOException;
import java.util.Map;
import org.ikebana.ike.control.ControlPlugin;
import org.ikebana.ike.control.DaemonControl;

/** Serves vici, the protocol of {@code swanctl}. */
public final class ViciPlugin implements ControlPlugin {
    @Override
    public String name() {
        return "vici";
    }

    @Override
    public Opened open(DaemonControl daemon, Map<String, String> options) throws IOException {
        return ViciService.open(daemon, ViciOptions.of(options));
    }
}
