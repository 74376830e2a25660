package org.ikebana.kernel.xfrm;

import java.io.IOException;
import java.util.Map;
import org.ikebana.ike.kernel.KernelBackend;
import org.ikebana.ike.kernel.KernelBackendProvider;
import org.ikebana.ike.kernel.KernelException;
import org.ikebana.kernel.link.NetworkedBackend;
import org.ikebana.kernel.link.TunnelNetwork;
import org.ikebana.kernel.link.TunnelOptions;

/** The backend {@code xfrm}; its options are those of {@link TunnelOptions}. */
public final class XfrmBackendProvider implements KernelBackendProvider {
    @Override
    public String name() {
        return "xfrm";
    }

    @Override
    public KernelBackend open(Map<String, String> options) throws KernelException {
        TunnelOptions tunnels = TunnelOptions.of(options);
        XfrmBackend kernel = XfrmBackend.open();
        if (!tunnels.isAny()) {
            return kernel;
        }
        try {
            return new NetworkedBackend(kernel, TunnelNetwork.open(tunnels));
        } catch (IOException e) {
            kernel.close();
            throw Refusals.unreachable("NETLINK_ROUTE", e);
        }
    }
}
