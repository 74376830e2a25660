package org.ikebana.kernel.link;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.ikebana.ike.kernel.ForwardingBackend;
import org.ikebana.ike.kernel.KernelBackend;
import org.ikebana.ike.kernel.KernelEvent;
import org.ikebana.ike.kernel.KernelException;
import org.ikebana.ike.kernel.KernelListener;
import org.ikebana.ike.kernel.KernelUpdate;
import org.ikebana.ike.kernel.Policy;
import org.ikebana.kernel.linux.ErrnoException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A backend whose policies bring their routes and XFRM interfaces along. */
public final class NetworkedBackend implements ForwardingBackend {
    private static final Logger LOG = LoggerFactory.getLogger(NetworkedBackend.class);

    private final KernelBackend kernel;
    private final TunnelNetwork network;
    private final ReentrantLock updates = new ReentrantLock();

    /** Takes both over: they are closed with it. */
    public NetworkedBackend(KernelBackend kernel, TunnelNetwork network) {
        this.kernel = kernel;
        this.network = network;
    }

    @Override
    public KernelBackend kernel() {
        return kernel;
    }

    @Override
    public void apply(KernelUpdate update) throws KernelException {
        updates.lock();
        try {
            List<Policy> before = network.known(update);
            prepare(update);
            try {
                kernel.apply(update);
            } catch (KernelException e) {
                abandon(update, before, e);
                throw e;
            }
            settle(update);
        } finally {
            updates.unlock();
        }
    }

    @Override
    public void listen(KernelListener listener) {
        kernel.listen(event -> {
            if (event instanceof KernelEvent.AddressChanged) {
                renew();
            }
            listener.onEvent(event);
        });
    }

    @Override
    public void close() {
        kernel.close();
        network.close();
    }

    private void prepare(KernelUpdate update) throws KernelException {
        try {
            network.prepare(update);
        } catch (IOException e) {
            int errno = e instanceof ErrnoException failure ? failure.errno() : 0;
            KernelException refused = new KernelException(
                    "routes and interfaces of a tunnel", errno, String.valueOf(e.getMessage()), Optional.empty());
            refused.initCause(e);
            throw refused;
        }
    }

    private void abandon(KernelUpdate update, List<Policy> before, KernelException failure) {
        try {
            network.abandon(update, before);
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    /** The policies are gone already: what stays behind of the network protects nothing and carries nothing. */
    private void settle(KernelUpdate update) {
        try {
            network.settle(update);
        } catch (IOException e) {
            LOG.warn("a route or XFRM interface of a tunnel that is gone stays behind: {}", e.getMessage());
        }
    }

    private void renew() {
        try {
            network.renew();
        } catch (IOException e) {
            LOG.warn("the routes of tunnels do not follow a change of addresses: {}", e.getMessage());
        }
    }
}
