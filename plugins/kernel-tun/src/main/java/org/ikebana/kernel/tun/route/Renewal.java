package org.ikebana.kernel.tun.route;

import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What to do about changes that an {@link AddressWatch} sees. */
record Renewal(TunnelRoutes routes, Runnable changed) implements AddressWatch.Listener {
    private static final Logger LOG = LoggerFactory.getLogger(Renewal.class);

    @Override
    public void onAddresses() {
        renew();
        changed.run();
    }

    @Override
    public void onOthersRoutes() {
        changed.run();
    }

    @Override
    public void onTampering() {
        LOG.warn("Another program removed routes or rules of the tunnel; they are put back");
        renew();
    }

    private void renew() {
        try {
            routes.renew();
        } catch (IOException e) {
            LOG.warn("Protected destinations are unreachable: {}", e.getMessage());
        }
    }
}
