package org.ikebana.metrics;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import org.ikebana.ike.control.ControlPlugin;
import org.ikebana.ike.control.DaemonControl;
import org.ikebana.ike.control.Subscription;

/** {@code control.metrics}: its option {@code listen} is an address and a port of this host. */
public final class MetricsPlugin implements ControlPlugin {
    private static final String LISTEN = "listen";
    private static final String DEFAULT = "127.0.0.1:9405";

    @Override
    public String name() {
        return "metrics";
    }

    @Override
    public AutoCloseable start(DaemonControl daemon, Map<String, String> options) throws IOException {
        return start(daemon, socket(options.getOrDefault(LISTEN, DEFAULT)));
    }

    static Running start(DaemonControl daemon, InetSocketAddress socket) throws IOException {
        PrometheusRegistry registry = new PrometheusRegistry();
        ChildTraffic traffic = new ChildTraffic(System::nanoTime);
        Happenings happenings = new Happenings(registry, traffic);
        registry.register(new Tunnels(daemon, traffic));
        registry.register(new Engine(daemon));
        registry.register(new KernelDrops());
        MetricsServer server = MetricsServer.start(socket, registry, new Health(daemon));
        return new Running(server, daemon.subscribe(happenings));
    }

    /** At work until it is closed. */
    record Running(MetricsServer server, Subscription subscription) implements AutoCloseable {
        @Override
        public void close() {
            subscription.close();
            server.close();
        }
    }

    /** IPv6 addresses in brackets. */
    private static InetSocketAddress socket(String text) throws IOException {
        int colon = text.lastIndexOf(':');
        try {
            if (colon > 0) {
                int port = Integer.parseInt(text.substring(colon + 1));
                return new InetSocketAddress(InetAddress.getByName(text.substring(0, colon)), port);
            }
        } catch (IllegalArgumentException invalid) {
            // the same complaint: this is no port
        }
        throw new IOException("control.metrics.listen in ikebana.conf is '" + text
                + "', which is no address with a port; write it as in " + DEFAULT);
    }
}
