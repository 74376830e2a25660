package org.ikebana.metrics;

import com.sun.net.httpserver.HttpServer;
import io.prometheus.metrics.exporter.httpserver.MetricsHandler;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code /metrics}, {@code /health} and {@code /ready} over HTTP. */
final class MetricsServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger("ikebana.control.metrics");
    private static final int BACKLOG = 16;

    private final HttpServer server;
    private final ExecutorService threads;

    private MetricsServer(HttpServer server, ExecutorService threads) {
        this.server = server;
        this.threads = threads;
    }

    /** @throws IOException when the port cannot be had, with the reason and the remedy */
    static MetricsServer start(InetSocketAddress socket, PrometheusRegistry registry, Health health)
            throws IOException {
        HttpServer server = bind(socket);
        ExecutorService threads = Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("metrics-", 0).factory());
        server.setExecutor(threads);
        server.createContext("/metrics", new MetricsHandler(registry));
        server.createContext("/health", exchange -> health.isAlive().answer(exchange));
        server.createContext("/ready", exchange -> health.isReady().answer(exchange));
        server.start();
        MetricsServer started = new MetricsServer(server, threads);
        LOG.info("metrics at http://{}:{}/metrics", socket.getAddress().getHostAddress(), started.port());
        return started;
    }

    int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private static HttpServer bind(InetSocketAddress socket) throws IOException {
        try {
            return HttpServer.create(socket, BACKLOG);
        } catch (BindException e) {
            throw new IOException(
                    "metrics cannot be served at %s:%d: %s; give control.metrics.listen in ikebana.conf another port"
                            .formatted(socket.getAddress().getHostAddress(), socket.getPort(), e.getMessage()),
                    e);
        }
    }
}
