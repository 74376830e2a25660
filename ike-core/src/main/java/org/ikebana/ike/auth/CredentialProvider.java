package org.ikebana.ike.auth;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Brings secrets and certificates from elsewhere than {@code swanctl.conf} and the folders beside it: a vault, a database. Found
 * with {@link java.util.ServiceLoader}.
 */
public interface CredentialProvider {
    /** For the log. */
    String name();

    /**
     * Called when the daemon starts and at every reload, outside the event loop; it may take its time. What it returns is asked on
     * the event loop and answers at once from memory; it is asked after what the configuration has.
     *
     * @param folder of {@code swanctl.conf}, where a provider may have a file of its own
     * @throws IOException with the reason and the remedy; what it returned before goes on then
     */
    CredentialStore load(Path folder) throws IOException;
}
