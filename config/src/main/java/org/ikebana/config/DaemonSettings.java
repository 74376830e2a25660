package org.ikebana.config;

import org.slf4j.event.Level;

/**
 * What {@code ikebana.conf} sets for the program itself.
 *
 * @param kernel the name of the {@link org.ikebana.ike.kernel.KernelBackendProvider}, or {@link #AUTO}
 */
public record DaemonSettings(String kernel, Level logLevel) {
    /** The best backend that works on this machine. */
    public static final String AUTO = "auto";

    public static final DaemonSettings DEFAULT = new DaemonSettings(AUTO, Level.INFO);
}
