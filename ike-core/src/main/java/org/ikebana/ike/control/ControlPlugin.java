package org.ikebana.ike.control;

import java.io.IOException;
import java.util.Map;

/**
 * A way for people or programs to watch and steer the daemon. Found with {@link java.util.ServiceLoader}; started once the
 * daemon works, and closed before it ends.
 */
public interface ControlPlugin {
    /** The word in {@code ikebana.conf}'s {@code control} section. */
    String name();

    /**
     * Begins its service.
     *
     * @param options the settings of its section of {@code ikebana.conf}, defaults filled in
     * @return ends the service, and returns when it has ended
     * @throws IOException when it cannot, with the reason and the remedy; the daemon goes on without
     */
    AutoCloseable start(DaemonControl daemon, Map<String, String> options) throws IOException;
}
