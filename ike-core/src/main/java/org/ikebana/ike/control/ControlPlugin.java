package org.ikebana.ike.control;

import java.io.IOException;
import java.util.Map;

/** A way for people or programs to watch and steer the daemon. Found with {@link java.util.ServiceLoader}. */
public interface ControlPlugin {
    /** The word in {@code ikebana.conf}'s {@code control} section. */
    String name();

    /**
     * Makes ready: takes its sockets, and subscribes. This comes before there is any configuration, so that a plugin hears of all
     * that happens; who connects already waits for {@link Opened#begin}.
     *
     * @param options the settings of its section of {@code ikebana.conf}, defaults filled in
     * @throws IOException when it cannot, with the reason and the remedy; the daemon goes on without
     */
    Opened open(DaemonControl daemon, Map<String, String> options) throws IOException;

    /** A plugin that is ready. */
    interface Opened extends AutoCloseable {
        /** Begins its service, once the configuration is loaded. Called once. */
        void begin();

        /** Ends the service, whether it has begun or not, and returns when it has ended. */
        @Override
        void close();
    }
}
