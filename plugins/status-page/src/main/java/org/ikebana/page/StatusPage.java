package org.ikebana.page;

import com.sun.net.httpserver.Filter;
import java.io.IOException;
import org.ikebana.http.Answer;
import org.ikebana.http.LocalServer;
import org.ikebana.http.OwnNamesOnly;
import org.ikebana.http.ReadingOnly;
import org.ikebana.ike.control.ControlPlugin;
import org.ikebana.ike.control.DaemonControl;
import org.ikebana.ike.control.ListenAddress;
import org.ikebana.ike.control.Subscription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The page over HTTP: its files, {@code /status}, and {@code /history} for the curves of a page that has just been opened. */
final class StatusPage implements ControlPlugin.Opened {
    private static final Logger LOG = LoggerFactory.getLogger("ikebana.control.page");
    private static final String JSON = "application/json";

    private final ListenAddress address;
    private final LocalServer server;
    private final Subscription subscription;
    private final Sampler sampler;

    /** Made of what is known at the moment. */
    private interface Document {
        byte[] octets() throws InterruptedException;
    }

    private StatusPage(ListenAddress address, LocalServer server, Subscription subscription, Sampler sampler) {
        this.address = address;
        this.server = server;
        this.subscription = subscription;
        this.sampler = sampler;
    }

    /** @throws IOException when the port cannot be had, with the reason and the remedy */
    static StatusPage open(DaemonControl daemon, ListenAddress address) throws IOException {
        LocalServer server = LocalServer.bind("status-page", address);
        News news = new News(System::nanoTime);
        Sampler sampler = new Sampler(daemon, news, System::nanoTime);
        Filter[] filters = {new PageHeaders(), new OwnNamesOnly(address), new ReadingOnly()};
        PageFiles files = PageFiles.load();
        server.serve(
                "/", exchange -> files.at(exchange.getRequestURI().getPath()).send(exchange), filters);
        server.serve("/status", exchange -> answer(sampler::status).send(exchange), filters);
        server.serve("/history", exchange -> answer(sampler::history).send(exchange), filters);
        return new StatusPage(address, server, daemon.subscribe(news), sampler);
    }

    @Override
    public void begin() {
        sampler.begin();
        server.begin();
        LOG.info("status page at http://{}/", address);
        if (!address.socket().getAddress().isLoopbackAddress()) {
            LOG.warn(
                    "{} is no loopback address: whoever reaches it can read the status page; there is no password",
                    address);
        }
    }

    @Override
    public void close() {
        subscription.close();
        sampler.close();
        server.close();
    }

    int port() {
        return server.port();
    }

    private static Answer answer(Document document) {
        try {
            return new Answer(200, JSON, document.octets());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Answer.text(503, "the daemon is stopping\n");
        }
    }
}
