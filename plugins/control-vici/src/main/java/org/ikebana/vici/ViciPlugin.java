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
    public AutoCloseable start(DaemonControl daemon, Map<String, String> options) throws IOException {
        return ViciService.start(daemon, ViciOptions.of(options));
    }
}
