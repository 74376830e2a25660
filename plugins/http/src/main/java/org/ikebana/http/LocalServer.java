package org.ikebana.http;

import com.sun.net.httpserver.Filter;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.ikebana.ike.control.ListenAddress;

/**
 * HTTP for readers of this host. Clients that are slow, idle or many are let go: the limits are the JDK's own, and who starts the
 * daemon with other values of these properties has those.
 */
public final class LocalServer implements AutoCloseable {
    /** Seconds for a request, and for its response; connections at a time. */
    private static final Map<String, String> LIMITS = Map.of(
            "sun.net.httpserver.maxReqTime", "10",
            "sun.net.httpserver.maxRspTime", "30",
            "jdk.httpserver.maxConnections", "64");

    private static final int BACKLOG = 16;

    private final HttpServer server;
    private final ExecutorService threads;
    private boolean hasBegun;

    static {
        LIMITS.forEach((property, value) -> {
            if (System.getProperty(property) == null) {
                System.setProperty(property, value);
            }
        });
    }

    private LocalServer(HttpServer server, ExecutorService threads) {
        this.server = server;
        this.threads = threads;
    }

    /**
     * Takes the port. Who connects waits until it has begun.
     *
     * @param service its name, for messages and threads
     * @throws IOException when the port cannot be had, with the reason and the remedy
     */
    public static LocalServer bind(String service, ListenAddress address) throws IOException {
        try {
            HttpServer server = HttpServer.create(address.socket(), BACKLOG);
            ExecutorService threads = Executors.newThreadPerTaskExecutor(
                    Thread.ofVirtual().name(service + "-", 0).factory());
            server.setExecutor(threads);
            return new LocalServer(server, threads);
        } catch (IOException e) {
            throw new IOException(
                    "%s cannot be served at %s: %s; give %s in ikebana.conf another port or address"
                            .formatted(service, address, e.getMessage(), address.setting()),
                    e);
        }
    }

    /** Has a handler answer for a path and all below it, behind these filters. */
    public void serve(String path, HttpHandler handler, Filter... filters) {
        server.createContext(path, handler).getFilters().addAll(List.of(filters));
    }

    public void begin() {
        hasBegun = true;
        server.start();
    }

    public int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        if (!hasBegun) {
            begin(); // the JDK's lets its port go in its own thread alone
        }
        server.stop(0);
        threads.shutdownNow();
    }
}
