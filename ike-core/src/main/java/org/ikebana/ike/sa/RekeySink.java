package org.ikebana.ike.sa;

import java.net.InetAddress;
import java.util.List;
import org.ikebana.ike.connection.ChildConfig;
import org.ikebana.ike.kernel.KernelException;
import org.ikebana.ike.kernel.SaMode;
import org.ikebana.ike.kernel.Spi;
import org.ikebana.ike.task.ChildSink;
import org.ikebana.ike.task.NegotiatedChild;
import org.ikebana.ike.ts.TrafficSelector;
import org.jspecify.annotations.Nullable;

/** Takes a pair that is to replace another one. */
final class RekeySink implements ChildSink {
    private final ChildSas children;
    private final ChildSa old;
    private @Nullable ChildSa prepared;

    RekeySink(ChildSas children, ChildSa old) {
        this.children = children;
        this.old = old;
    }

    /** The pair, once there is one. */
    @Nullable ChildSa prepared() {
        return prepared;
    }

    @Override
    public InetAddress localAddress() {
        return children.localAddress();
    }

    @Override
    public InetAddress remoteAddress() {
        return children.remoteAddress();
    }

    @Override
    public Spi reserve(ChildConfig config, SaMode mode, List<TrafficSelector> local, List<TrafficSelector> remote)
            throws KernelException {
        return children.reserve(config, mode, local, remote);
    }

    @Override
    public void install(NegotiatedChild child) throws KernelException {
        prepared = children.prepare(child, old);
    }

    @Override
    public void abandon(Spi spi) {
        children.abandon(spi);
    }
}
