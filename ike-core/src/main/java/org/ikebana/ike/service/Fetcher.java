package org.ikebana.ike.service;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.ikebana.ike.environment.Fetch;
import org.ikebana.ike.environment.Fetched;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gets documents on threads of its own. Whatever the servers do, there is a result within {@link Fetch#PATIENCE}. */
final class Fetcher implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Fetcher.class);

    private final HttpDocuments http = new HttpDocuments();
    private final ServerTurns turns = new ServerTurns();
    private final Consumer<Runnable> loop;
    private final Duration patience;

    /** @param loop runs what it is given on the event loop */
    Fetcher(Consumer<Runnable> loop) {
        this(loop, Fetch.PATIENCE);
    }

    Fetcher(Consumer<Runnable> loop, Duration patience) {
        this.loop = loop;
        this.patience = patience;
    }

    <T> void fetch(Fetch what, Function<Fetched, T> reader, Consumer<T> result) {
        Deadline deadline = Deadline.in(patience);
        Thread.ofVirtual().name("fetch " + what.uri()).start(() -> {
            T read = read(fetch(what, deadline), reader);
            loop.accept(() -> result.accept(read));
        });
    }

    /** A mistake of ours must not leave askers without a result, and must not go unseen. */
    private static <T> T read(Fetched fetched, Function<Fetched, T> reader) {
        try {
            return reader.apply(fetched);
        } catch (RuntimeException e) {
            LOG.error("A defect in Ikebana; please report it with these lines", e);
            return reader.apply(new Fetched.Failed("a defect in Ikebana, which has been logged"));
        }
    }

    /** Waits for nobody. */
    @Override
    public void close() {
        http.close();
    }

    /** Empty for what is not followed. */
    private static Optional<URI> server(String text) {
        try {
            URI uri = new URI(text);
            String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            return Optional.of(uri)
                    .filter(each -> each.getHost() != null)
                    .filter(each -> scheme.equals("http") || scheme.equals("ldap"));
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }

    private Fetched fetch(Fetch what, Deadline deadline) {
        Optional<URI> uri = server(what.uri());
        if (uri.isEmpty()) {
            return new Fetched.Failed("only http:// and ldap:// with the name of a server are looked up");
        }
        boolean isHttp = uri.get().getScheme().equalsIgnoreCase("http");
        try {
            return turns.take(
                    uri.get().getHost() + ":" + uri.get().getPort(),
                    deadline,
                    () -> isHttp ? http.get(uri.get(), what, deadline) : LdapDocuments.get(uri.get(), what, deadline));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return new Fetched.Failed("the daemon ends");
        } catch (IllegalArgumentException e) {
            return new Fetched.Failed("it cannot be looked up: " + e.getMessage()); // a port of 70000, for one
        }
    }
}
