package org.ikebana.daemon;

import jakarta.inject.Inject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ikebana.config.DaemonSettings;
import org.ikebana.ike.kernel.KernelBackend;
import org.ikebana.ike.kernel.KernelBackendProvider;
import org.ikebana.ike.kernel.KernelException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the kernel backend that {@code kernel} in {@code ikebana.conf} names. */
final class KernelBackends {
    private static final Logger LOG = LoggerFactory.getLogger("ikebana");
    private static final String BEST = "xfrm";

    private final List<KernelBackendProvider> providers;

    @Inject
    KernelBackends(List<KernelBackendProvider> providers) {
        this.providers = providers;
    }

    /** @throws KernelException with the reason and the remedy */
    KernelBackend open(String name, Map<String, String> options) throws KernelException {
        String wanted = name.equals(DaemonSettings.AUTO) ? BEST : name;
        KernelBackend kernel = provider(wanted).open(options);
        LOG.info("kernel backend {}: {}", wanted, kernel.capabilities().description());
        if (!kernel.capabilities().esp()) {
            LOG.warn(
                    "no SA can be installed: {}; tunnels will not come up",
                    kernel.capabilities().espReason());
        }
        return kernel;
    }

    private KernelBackendProvider provider(String name) throws KernelException {
        return providers.stream()
                .filter(p -> p.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new KernelException(
                        "kernel backend " + name,
                        0,
                        "there is no such backend; write one of "
                                + providers.stream()
                                        .map(KernelBackendProvider::name)
                                        .sorted()
                                        .toList()
                                + " or auto after kernel = in ikebana.conf",
                        Optional.empty()));
    }
}
