package org.ikebana.ike.sa;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ikebana.ike.event.IkeEvent;
import org.ikebana.ike.event.Subsystem;
import org.ikebana.ike.kernel.Encapsulation;
import org.ikebana.ike.kernel.KernelBackend;
import org.ikebana.ike.kernel.KernelChange;
import org.ikebana.ike.kernel.KernelException;
import org.ikebana.ike.kernel.KernelUpdate;
import org.ikebana.ike.kernel.Policy;
import org.ikebana.ike.kernel.SaKey;
import org.ikebana.ike.kernel.SaMode;

/**
 * A child SA's way to other outer addresses and ports (RFC 4555 3.5, RFC 7296 2.23). In transport mode there is none to other
 * addresses: they are the traffic's own (RFC 4301 4.1), and MOBIKE leaves such SAs out (RFC 4555 1.2). Ports may change.
 */
record ChildMove(ChildSa child, Path path) {
    boolean isPossible() {
        return child.mode() != SaMode.TRANSPORT
                || (child.inbound().destination().equals(path.local().getAddress())
                        && child.outbound().destination().equals(path.remote().getAddress()));
    }

    /**
     * With one update of the kernel.
     *
     * @param isAtWork otherwise only the inbound SA is installed
     * @return false when it stays where it is; if that is the kernel's doing, with a warning
     */
    boolean go(SaServices services, boolean isAtWork) {
        if (!isPossible()) {
            return false;
        }
        try {
            apply(services.environment().kernel(), services.tables().policies(), isAtWork);
            return true;
        } catch (KernelException e) {
            services.environment()
                    .emit(new IkeEvent.Warning(Subsystem.KERNEL, "cannot move " + child.name(), e.getMessage()));
            return false;
        }
    }

    /** The outbound SA of a pair that is only prepared is not in the kernel yet. */
    PreparedChild prepared(PreparedChild before) {
        var sa = before.outbound().sa();
        return new PreparedChild(
                new KernelChange.AddSa(sa.between(
                        path.local().getAddress(),
                        path.remote().getAddress(),
                        encapsulation(path.local(), path.remote()))),
                before.keys());
    }

    private void apply(KernelBackend kernel, PolicyTable policies, boolean isAtWork) throws KernelException {
        ChildSa.Ends ends = ends();
        List<KernelChange> changes = new ArrayList<>();
        changes.add(move(child.inbound(), path.remote(), path.local()));
        if (isAtWork) {
            changes.add(move(child.outbound(), path.local(), path.remote()));
            changes.addAll(policies.replace(child, ends.policies()));
        }
        try {
            kernel.apply(new KernelUpdate(changes));
        } catch (KernelException e) {
            policies.replace(child, child.policies());
            throw e;
        }
        child.moved(ends);
    }

    private ChildSa.Ends ends() throws KernelException {
        return new ChildSa.Ends(
                child.inbound().to(path.local().getAddress()),
                child.outbound().to(path.remote().getAddress()),
                path.encapsulates(),
                policies());
    }

    /** Their templates name the addresses of a tunnel. */
    private List<Policy> policies() throws KernelException {
        return child.mode() == SaMode.TRANSPORT
                ? child.policies()
                : new ChildPolicies(
                                child.config(),
                                child.mode(),
                                child.reqid(),
                                path.local().getAddress(),
                                path.remote().getAddress(),
                                child.selectors())
                        .ofSa();
    }

    private KernelChange move(SaKey key, InetSocketAddress source, InetSocketAddress destination) {
        return new KernelChange.MoveSa(
                key, source.getAddress(), destination.getAddress(), encapsulation(source, destination));
    }

    private Optional<Encapsulation> encapsulation(InetSocketAddress source, InetSocketAddress destination) {
        return path.encapsulates()
                ? Optional.of(new Encapsulation(source.getPort(), destination.getPort()))
                : Optional.empty();
    }
}
