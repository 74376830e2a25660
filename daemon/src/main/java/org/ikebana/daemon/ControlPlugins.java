package org.ikebana.daemon;

import jakarta.inject.Inject;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.ikebana.ike.control.ControlPlugin;
import org.ikebana.ike.control.DaemonControl;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The plugins by which the daemon is watched and steered. */
final class ControlPlugins {
    private static final Logger LOG = LoggerFactory.getLogger("ikebana.control");

    private final List<ControlPlugin> plugins;

    @Inject
    ControlPlugins(List<ControlPlugin> plugins) {
        this.plugins = plugins;
    }

    List<String> names() {
        return plugins.stream().map(ControlPlugin::name).toList();
    }

    /** Those that are ready, or at work; ends all of them. */
    record Opened(List<ControlPlugin.Opened> services) implements AutoCloseable {
        void begin() {
            services.forEach(ControlPlugin.Opened::begin);
        }

        @Override
        public void close() {
            for (ControlPlugin.Opened service : services) {
                try {
                    service.close();
                } catch (RuntimeException e) {
                    LOG.warn("{} has not ended well", service, e);
                }
            }
        }
    }

    /**
     * Makes those ready that are enabled. One that cannot be is missing, and the log says why: tunnels are worth more.
     *
     * @param options of each, by its name
     */
    Opened open(DaemonControl daemon, Map<String, Map<String, String>> options) {
        List<ControlPlugin.Opened> opened = new ArrayList<>();
        for (ControlPlugin plugin : plugins) {
            Map<String, String> own = options.getOrDefault(plugin.name(), Map.of());
            if (!Boolean.parseBoolean(own.get("enabled"))) {
                continue;
            }
            try {
                opened.add(plugin.open(daemon, own));
            } catch (IOException e) {
                LOG.warn("{}. The daemon goes on without", e.getMessage());
            }
        }
        return new Opened(opened);
    }
}
