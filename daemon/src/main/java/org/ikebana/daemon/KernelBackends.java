package org.ikebana.daemon;

import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ikebana.config.DaemonSettings;
import org.ikebana.ike.kernel.KernelBackend;
import org.ikebana.ike.kernel.KernelBackendProvider;
import org.ikebana.ike.kernel.KernelException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the kernel backend that {@code kernel} in {@code ikebana.conf} names, or the best that works. */
final class KernelBackends {
    private static final Logger LOG = LoggerFactory.getLogger("ikebana.kernel");
    /** What {@code auto} tries: the kernel's own ESP is faster than any other. */
    private static final List<String> BEST_FIRST = List.of("xfrm", "tun");

    private final List<KernelBackendProvider> providers;

    @Inject
    KernelBackends(List<KernelBackendProvider> providers) {
        this.providers = providers;
    }

    /** @throws KernelException with the reason and the remedy */
    KernelBackend open(String name, BackendOptions options) throws KernelException {
        return name.equals(DaemonSettings.AUTO) ? openBest(options) : openNamed(name, options);
    }

    private KernelBackend openNamed(String name, BackendOptions options) throws KernelException {
        KernelBackend kernel = provider(name).open(options.of(name));
        LOG.info("kernel backend {}: {}", name, kernel.capabilities().description());
        if (!kernel.capabilities().esp()) {
            LOG.warn(
                    "no SA can be installed: {}; tunnels will not come up",
                    kernel.capabilities().espReason());
        }
        return kernel;
    }

    private KernelBackend openBest(BackendOptions options) throws KernelException {
        List<String> refusals = new ArrayList<>();
        for (String name : BEST_FIRST) {
            Optional<KernelBackend> kernel = tryToOpen(name, options, refusals);
            if (kernel.isPresent()) {
                LOG.info(
                        "kernel backend {}: {} (kernel = auto: {})",
                        name,
                        kernel.get().capabilities().description(),
                        refusals.isEmpty() ? "the first choice works" : String.join("; ", refusals));
                return kernel.get();
            }
        }
        throw new KernelException(
                "kernel = auto", 0, "nothing here can carry ESP: " + String.join("; ", refusals), Optional.empty());
    }

    /** Empty, and the reason is added to the refusals, if it cannot carry ESP. */
    private Optional<KernelBackend> tryToOpen(String name, BackendOptions options, List<String> refusals)
            throws KernelException {
        KernelBackendProvider provider = provider(name);
        try {
            KernelBackend kernel = provider.open(options.of(name));
            if (kernel.capabilities().esp()) {
                return Optional.of(kernel);
            }
            refusals.add(name + " does not work: " + kernel.capabilities().espReason());
            kernel.close();
        } catch (KernelException e) {
            refusals.add(name + " does not work: " + e.getMessage());
        }
        return Optional.empty();
    }

    private KernelBackendProvider provider(String name) throws KernelException {
        return named(providers, name);
    }

    /** @throws KernelException when there is none of this name */
    static KernelBackendProvider named(List<KernelBackendProvider> providers, String name) throws KernelException {
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
