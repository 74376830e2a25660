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

    /** Those that are at work; ends all of them. */
    record Running(List<AutoCloseable> services) implements AutoCloseable {
        @Override
        public void close() {
            for (AutoCloseable service : services) {
                try {
                    service.close();
                } catch (Exception e) {
                    LOG.warn("{} has not ended well", service, e);
                }
            }
        }
    }

    /**
     * Starts those that are enabled. One that cannot start is missing, and the log says why: tunnels are worth more.
     *
     * @param options of each, by its name
     */
    Running start(DaemonControl daemon, Map<String, Map<String, String>> options) {
        List<AutoCloseable> running = new ArrayList<>();
        for (ControlPlugin plugin : plugins) {
            Map<String, String> own = options.getOrDefault(plugin.name(), Map.of());
            if (!Boolean.parseBoolean(own.get("enabled"))) {
                continue;
            }
            try {
                running.add(plugin.start(daemon, own));
            } catch (IOException e) {
                LOG.warn("{}. The daemon goes on without", e.getMessage());
            }
        }
        return new Running(running);
    }
}
