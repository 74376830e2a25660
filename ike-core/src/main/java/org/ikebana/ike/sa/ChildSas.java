package org.ikebana.ike.sa;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ikebana.ike.connection.ChildConfig;
import org.ikebana.ike.event.ChildSaName;
import org.ikebana.ike.event.IkeEvent;
import org.ikebana.ike.kernel.KernelBackend;
import org.ikebana.ike.kernel.KernelChange;
import org.ikebana.ike.kernel.KernelException;
import org.ikebana.ike.kernel.KernelUpdate;
import org.ikebana.ike.kernel.Mark;
import org.ikebana.ike.kernel.Policy;
import org.ikebana.ike.kernel.SaKey;
import org.ikebana.ike.kernel.SaMode;
import org.ikebana.ike.kernel.SaProtocol;
import org.ikebana.ike.kernel.Spi;
import org.ikebana.ike.kernel.SpiRequest;
import org.ikebana.ike.task.ChildSelectors;
import org.ikebana.ike.task.ChildSink;
import org.ikebana.ike.task.NegotiatedChild;
import org.ikebana.ike.ts.TrafficSelector;

/** The child SAs of one IKE SA, and their way into the kernel and out of it. */
final class ChildSas implements ChildSink {
    private final SaServices services;
    private final IkeSa owner;
    private final List<ChildSa> children = new ArrayList<>(1);

    ChildSas(SaServices services, IkeSa owner) {
        this.services = services;
        this.owner = owner;
    }

    List<ChildSa> all() {
        return List.copyOf(children);
    }

    /** @param outbound the SPI that the peer's Delete payload names: that of our outbound SA (RFC 7296 1.4.1) */
    Optional<ChildSa> byOutboundSpi(Spi outbound) {
        return children.stream()
                .filter(c -> c.outbound().spi().equals(outbound))
                .findFirst();
    }

    Optional<ChildSa> byKey(SaKey key) {
        return children.stream()
                .filter(c -> c.inbound().equals(key) || c.outbound().equals(key))
                .findFirst();
    }

    @Override
    public InetAddress localAddress() {
        return owner.endpoints().local().getAddress();
    }

    @Override
    public InetAddress remoteAddress() {
        return owner.endpoints().remote().getAddress();
    }

    @Override
    public Spi reserve(ChildConfig config, SaMode mode, List<TrafficSelector> local, List<TrafficSelector> remote)
            throws KernelException {
        return kernel().allocateSpi(new SpiRequest(
                remoteAddress(),
                localAddress(),
                SaProtocol.ESP,
                mode,
                reqids().current(config, local, remote),
                Mark.NONE,
                config.ifIdIn()));
    }

    @Override
    public void install(NegotiatedChild negotiated) throws KernelException {
        ChildConfig config = negotiated.config();
        ChildSelectors selectors = new ChildSelectors(negotiated.local(), negotiated.remote());
        int reqid = reqids().acquire(config, selectors.local(), selectors.remote());
        ChildInstallation installation = new ChildInstallation(
                negotiated, reqid, owner.endpoints().local(), owner.endpoints().remote(), owner.encapsulates());
        List<Policy> policies =
                new ChildPolicies(config, negotiated.mode(), reqid, localAddress(), remoteAddress(), selectors).ofSa();
        ChildSa child = new ChildSa(
                new ChildSaName(config.name(), services.numbers().nextChildSa()),
                config,
                negotiated.suite(),
                installation.inboundKey(),
                installation.outboundKey(),
                reqid,
                selectors,
                owner.encapsulates(),
                policies);
        List<KernelChange> changes = new ArrayList<>();
        changes.add(installation.inbound());
        changes.add(installation.outbound());
        changes.addAll(services.tables().policies().add(child, policies));
        try {
            kernel().apply(new KernelUpdate(changes));
        } catch (KernelException e) {
            services.tables().policies().remove(child, policies);
            reqids().release(reqid);
            throw e;
        }
        negotiated.keys().close();
        children.add(child);
        announce(child);
    }

    @Override
    public void abandon(Spi spi) {
        SaKey key = new SaKey(localAddress(), spi, SaProtocol.ESP, Mark.NONE);
        apply(List.of(new KernelChange.DeleteSa(key, remoteAddress())), "cannot free SPI " + spi);
    }

    void remove(ChildSa child, CloseCause cause) {
        if (!children.remove(child)) {
            return;
        }
        InetAddress local = child.inbound().destination();
        InetAddress remote = child.outbound().destination();
        // Policies that no trap stands under go last: until then nothing passes in clear.
        List<KernelChange> changes = new ArrayList<>();
        changes.add(new KernelChange.DeleteSa(child.outbound(), local));
        changes.add(new KernelChange.DeleteSa(child.inbound(), remote));
        changes.addAll(services.tables().policies().remove(child, child.policies()));
        apply(changes, "cannot remove " + child.name());
        reqids().release(child.reqid());
        services.environment()
                .emit(new IkeEvent.ChildSaClosed(
                        owner.name(),
                        child.name(),
                        child.inbound().spi(),
                        child.outbound().spi(),
                        cause.words()));
        services.listener().childClosed(owner, child, cause);
    }

    void removeAll(CloseCause cause) {
        for (ChildSa child : all()) {
            remove(child, cause);
        }
    }

    private void announce(ChildSa child) {
        services.environment()
                .emit(new IkeEvent.ChildSaEstablished(
                        owner.name(),
                        child.name(),
                        child.inbound().spi(),
                        child.outbound().spi(),
                        child.reqid(),
                        child.suite(),
                        child.encapsulated(),
                        child.selectors().local(),
                        child.selectors().remote()));
        services.listener().childEstablished(owner, child);
    }

    private void apply(List<KernelChange> changes, String subject) {
        try {
            kernel().apply(new KernelUpdate(changes));
        } catch (KernelException e) {
            services.environment().emit(new IkeEvent.Warning(subject, e.getMessage()));
        }
    }

    private KernelBackend kernel() {
        return services.environment().kernel();
    }

    private ReqidAllocator reqids() {
        return services.tables().reqids();
    }
}
