package org.ikebana.daemon;

import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import org.ikebana.config.DaemonSettings;
import org.ikebana.ike.crypto.CryptoProvider;
import org.ikebana.ike.crypto.CryptoProviderException;
import org.ikebana.ike.crypto.CryptoRegistry;
import org.ikebana.ike.crypto.PreferredCrypto;
import org.ikebana.ike.event.Subsystem;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where algorithms come from. What {@code crypto} in {@code ikebana.conf} names is opened beside the daemon's start, which does
 * not wait for it: until then the standard algorithms serve, and where it does not work they go on.
 */
final class CryptoLibraries {
    private static final Logger LOG = LoggerFactory.getLogger(Subsystem.DAEMON.logger());

    private final List<CryptoProvider> providers;
    private final PreferredCrypto registry = new PreferredCrypto();

    @Inject
    CryptoLibraries(List<CryptoProvider> providers) {
        this.providers = providers;
    }

    CryptoRegistry registry() {
        return registry;
    }

    /** @param name as it is configured */
    void open(String name) {
        Thread.ofVirtual().name("crypto " + name).start(() -> openNow(name));
    }

    private void openNow(String name) {
        Optional<CryptoProvider> wanted = providers.stream()
                .filter(provider ->
                        name.equals(DaemonSettings.AUTO) || provider.name().equals(name))
                .findFirst();
        if (wanted.isEmpty()) {
            if (!name.equals(DaemonSettings.AUTO) && !name.equals(DaemonSettings.STANDARD)) {
                LOG.warn(
                        "crypto = {} is not installed, so the standard algorithms serve: put its jars into lib, or say"
                                + " crypto = standard",
                        name);
            }
            return;
        }
        try {
            registry.prefer(wanted.get().open());
            LOG.info(
                    "key exchanges and signatures are those of {} where it has them (crypto = {})",
                    wanted.get().name(),
                    name);
        } catch (CryptoProviderException e) {
            LOG.warn("{}; the standard algorithms serve, with crypto = standard without this line", e.getMessage());
            LOG.debug("why", e);
        }
    }
}
