package org.ikebana.metrics;

import io.prometheus.metrics.exporter.httpserver.MetricsHandler;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.util.Map;
import org.ikebana.http.LocalServer;
import org.ikebana.ike.control.ChildTraffic;
import org.ikebana.ike.control.ControlPlugin;
import org.ikebana.ike.control.DaemonControl;
import org.ikebana.ike.control.ListenAddress;
import org.ikebana.ike.control.Subscription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code control.metrics}: its option {@code listen} is an address and a port of this host. */
public final class MetricsPlugin implements ControlPlugin {
    private static final Logger LOG = LoggerFactory.getLogger("ikebana.control.metrics");
    private static final String LISTEN = "listen";
    private static final String DEFAULT = "127.0.0.1:9405";

    @Override
    public String name() {
        return "metrics";
    }

    @Override
    public Opened open(DaemonControl daemon, Map<String, String> options) throws IOException {
        String listen = options.getOrDefault(LISTEN, DEFAULT);
        return open(daemon, ListenAddress.parse("control.metrics.listen", listen, DEFAULT));
    }

    static Served open(DaemonControl daemon, ListenAddress address) throws IOException {
        PrometheusRegistry registry = new PrometheusRegistry();
        ChildTraffic traffic = new ChildTraffic(System::nanoTime);
        Happenings happenings = new Happenings(registry, traffic);
        registry.register(new Tunnels(daemon, traffic));
        registry.register(new Engine(daemon));
        registry.register(new KernelDrops());
        Health health = new Health(daemon);
        LocalServer server = LocalServer.bind("metrics", address);
        server.serve("/metrics", new MetricsHandler(registry));
        server.serve("/health", exchange -> health.isAlive().send(exchange));
        server.serve("/ready", exchange -> health.isReady().send(exchange));
        return new Served(server, address, daemon.subscribe(happenings));
    }

    /** What counts, and where it is read. */
    record Served(LocalServer server, ListenAddress address, Subscription subscription) implements Opened {
        @Override
        public void begin() {
            server.begin();
            LOG.info("metrics at http://{}/metrics", address);
        }

        @Override
        public void close() {
            subscription.close();
            server.close();
        }
    }
}
