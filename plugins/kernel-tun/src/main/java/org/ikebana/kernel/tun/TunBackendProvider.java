package org.ikebana.kernel.tun;

import java.util.Map;
import org.ikebana.ike.kernel.KernelBackend;
import org.ikebana.ike.kernel.KernelBackendProvider;
import org.ikebana.ike.kernel.KernelException;

/** The backend {@code tun}: ESP in user space, for machines whose kernel has none. Its options: {@link TunOptions}. */
public final class TunBackendProvider implements KernelBackendProvider {
    @Override
    public String name() {
        return "tun";
    }

    @Override
    public KernelBackend open(Map<String, String> options) throws KernelException {
        return TunMachine.open(TunOptions.of(options));
    }
}
