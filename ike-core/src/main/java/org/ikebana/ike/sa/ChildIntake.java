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

/** Takes the pair of one exchange, and remembers which it is. */
final class ChildIntake implements ChildSink {
    private final ChildSas children;
    private final Installation installation;
    private @Nullable ChildSa result;

    /** How the pair gets into the kernel. */
    @FunctionalInterface
    interface Installation {
        ChildSa install(NegotiatedChild child) throws KernelException;
    }

    private ChildIntake(ChildSas children, Installation installation) {
        this.children = children;
        this.installation = installation;
    }

    /** For a pair that goes to work at once. */
    static ChildIntake atWork(ChildSas children) {
        return new ChildIntake(children, children::create);
    }

    /** For a pair that is to replace another one. */
    static ChildIntake replacing(ChildSas children, ChildSa old) {
        return new ChildIntake(children, negotiated -> children.prepare(negotiated, old));
    }

    /** The pair, once there is one. */
    @Nullable ChildSa result() {
        return result;
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
        result = installation.install(child);
    }

    @Override
    public void abandon(Spi spi) {
        children.abandon(spi);
    }
}
