package org.ikebana.kernel.xfrm;

import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.ikebana.ike.kernel.KernelBackend;
import org.ikebana.ike.kernel.KernelBackendProvider;
import org.ikebana.ike.kernel.KernelException;

/** The backend {@code xfrm}; it has no options. */
public final class XfrmBackendProvider implements KernelBackendProvider {
    @Override
    public String name() {
        return "xfrm";
    }

    @Override
    public KernelBackend open(Map<String, String> options) throws KernelException {
        if (!options.isEmpty()) {
            throw new KernelException(
                    "options " + new TreeSet<>(options.keySet()),
                    0,
                    "the backend xfrm has no options: remove them",
                    Optional.empty());
        }
        return XfrmBackend.open();
    }
}
