package org.ikebana.daemon;

import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.concurrent.Callable;
import org.ikebana.ike.kernel.KernelBackend;
import org.ikebana.ike.kernel.KernelBackendProvider;
import org.ikebana.ike.kernel.KernelException;
import org.ikebana.ike.kernel.KernelFeature;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ikebana kernel}. */
@Command(
        name = "kernel",
        description = {
            "Says what this machine's kernel can do for IPsec, found out by trying it.",
            "It needs CAP_NET_ADMIN, and may load the kernel's modules."
        })
final class KernelCommand implements Callable<Integer> {
    private static final String BACKEND = "xfrm";

    private final List<KernelBackendProvider> providers;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    KernelCommand() {
        this(ServiceLoader.load(KernelBackendProvider.class).stream()
                .map(ServiceLoader.Provider::get)
                .toList());
    }

    KernelCommand(List<KernelBackendProvider> providers) {
        this.providers = providers;
    }

    @Override
    public Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        try (KernelBackend kernel = provider().open(Map.of())) {
            out.println(kernel.capabilities().description());
            String group = "";
            for (KernelFeature feature : kernel.features()) {
                if (!feature.group().equals(group)) {
                    group = feature.group();
                    out.printf("%n%s%n", group);
                }
                out.printf(
                        "  %s %s%s%n",
                        feature.present() ? "yes" : "no ",
                        feature.name(),
                        feature.present() ? "" : ": " + feature.reason());
            }
            return 0;
        } catch (KernelException e) {
            spec.commandLine().getErr().println("error: " + e.getMessage());
            return 1;
        } finally {
            out.flush();
            spec.commandLine().getErr().flush();
        }
    }

    private KernelBackendProvider provider() throws KernelException {
        return KernelBackends.named(providers, BACKEND);
    }
}
