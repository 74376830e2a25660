package org.ikebana.config;

import java.nio.file.Path;
import java.util.Map;

/**
 * What {@code ikebana.conf} sets for the program itself.
 *
 * @param kernel the name of the {@link org.ikebana.ike.kernel.KernelBackendProvider}, or {@link #AUTO}
 * @param crypto the name of the {@link org.ikebana.ike.crypto.CryptoProvider} to prefer, {@link #AUTO} for any that is installed, or
 *     {@link #STANDARD} for none
 * @param stateDirectory of the daemon's own, for what must outlive it
 * @param modules libraries for tokens (PKCS #11), by the names that they are given
 * @param tun the options that are given for the backend {@code tun}, numbers in decimal
 * @param xfrm the options that are given for the backend {@code xfrm}, numbers in decimal
 * @param control the options of each {@link org.ikebana.ike.control.ControlPlugin}, by its name: whether it is {@code enabled}, and
 *     what is given
 */
public record DaemonSettings(
        String kernel,
        String crypto,
        LogSettings log,
        Path stateDirectory,
        Map<String, String> tun,
        Map<String, String> xfrm,
        Map<String, Path> modules,
        Map<String, Map<String, String>> control) {
    /** The best backend that works on this machine; the fastest algorithms that are installed. */
    public static final String AUTO = "auto";

    public static final String STANDARD = "standard";

    public static final DaemonSettings DEFAULT = new DaemonSettings(
            AUTO,
            AUTO,
            LogSettings.DEFAULT,
            Path.of("/var/lib/ikebana"),
            Map.of(),
            Map.of(),
            Map.of(),
            Map.of(
                    "vici", Map.of("enabled", "true"),
                    "metrics", Map.of("enabled", "false"),
                    "status-page", Map.of("enabled", "false")));

    public DaemonSettings {
        tun = Map.copyOf(tun);
        xfrm = Map.copyOf(xfrm);
        modules = Map.copyOf(modules);
        control = Map.copyOf(control);
    }
}
