package org.ikebana.ike.sa;

import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.ikebana.ike.connection.ChildConfig;
import org.ikebana.ike.environment.Timer;
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
import org.ikebana.ike.task.Role;
import org.ikebana.ike.ts.TrafficSelector;

/**
 * The child SAs of one IKE SA, and their way into the kernel and out of it. During a rekey the new pair is first
 * <i>prepared</i>, its inbound SA alone, then takes over from the old one, which stays <i>replaced</i>, its inbound SA
 * alone, until no packet can be on its way any more. So there is one outbound SA at any time, and no packet is lost.
 */
final class ChildSas implements ChildSink {
    /** How long packets of a replaced SA may be on their way. */
    private static final Duration LINGER = Duration.ofSeconds(5);

    private final SaServices services;
    private final List<ChildSa> atWork = new ArrayList<>(1);
    private final Map<ChildSa, PreparedChild> prepared = new LinkedHashMap<>(1);
    private final Map<ChildSa, Optional<Timer>> replaced = new LinkedHashMap<>(1);
    private final Partition partition;
    private IkeSa owner;

    ChildSas(SaServices services, IkeSa owner) {
        this.services = services;
        this.partition = new Partition(services.environment(), this);
        this.owner = owner;
    }

    /** A rekeyed IKE SA hands its children on (RFC 7296 2.8). */
    void moveTo(IkeSa newOwner) {
        owner = newOwner;
    }

    IkeSa owner() {
        return owner;
    }

    /** Those at work. */
    List<ChildSa> all() {
        return List.copyOf(atWork);
    }

    /**
     * Of whatever stage.
     *
     * @param outbound the SPI that the peer's Delete payload names: that of our outbound SA (RFC 7296 1.4.1)
     */
    Optional<ChildSa> byOutboundSpi(Spi outbound) {
        return everyone().filter(c -> c.outbound().spi().equals(outbound)).findFirst();
    }

    /** Of those at work. */
    Optional<ChildSa> byKey(SaKey key) {
        return atWork.stream()
                .filter(c -> c.inbound().equals(key) || c.outbound().equals(key))
                .findFirst();
    }

    /** Of whatever stage. */
    Optional<ChildSa> byInbound(SaKey inbound) {
        return everyone().filter(c -> c.inbound().equals(inbound)).findFirst();
    }

    /** Which parts of children the peer takes. */
    Partition partition() {
        return partition;
    }

    /** The half of a pair at work that the kernel has ended without our hearing of it. */
    Optional<SaKey> missing(ChildSa child) {
        for (SaKey key : List.of(child.outbound(), child.inbound())) {
            try {
                if (kernel().usage(key).isEmpty()) {
                    return Optional.of(key);
                }
            } catch (KernelException e) {
                services.environment().emit(new IkeEvent.Warning("cannot look for " + child.name(), e.getMessage()));
            }
        }
        return Optional.empty();
    }

    /** The pair at work that this one is, or that has come of it by rekeys. */
    Optional<ChildSa> atWorkInsteadOf(ChildSa child) {
        return atWork.stream().filter(c -> c.lineage() == child.lineage()).findFirst();
    }

    boolean isAtWork(ChildSa child) {
        return atWork.contains(child);
    }

    boolean isPrepared(ChildSa child) {
        return prepared.containsKey(child);
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
        partition.admit(config, new ChildSelectors(local, remote));
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
        create(negotiated);
    }

    /** Installs a pair with its policies. */
    ChildSa create(NegotiatedChild negotiated) throws KernelException {
        int reqid = reqids().acquire(negotiated.config(), negotiated.local(), negotiated.remote());
        try {
            ChildInstallation installation = installation(negotiated, reqid);
            ChildSa child = describe(negotiated, installation, Optional.empty());
            List<KernelChange> changes = new ArrayList<>();
            changes.add(installation.inbound());
            changes.add(installation.outbound());
            applyWithPolicies(child, changes);
            negotiated.keys().close();
            atWork.add(child);
            announce(child, negotiated.role());
            return child;
        } catch (KernelException e) {
            reqids().release(reqid);
            throw e;
        }
    }

    /** Installs the inbound SA of a pair that is to replace another one. */
    ChildSa prepare(NegotiatedChild negotiated, ChildSa old) throws KernelException {
        reqids().retain(old.reqid());
        try {
            ChildInstallation installation = installation(negotiated, old.reqid());
            ChildSa child = describe(negotiated, installation, Optional.of(old));
            kernel().apply(KernelUpdate.of(installation.inbound()));
            prepared.put(child, new PreparedChild(installation.outbound(), negotiated.keys()));
            return child;
        } catch (KernelException e) {
            reqids().release(old.reqid());
            throw e;
        }
    }

    /**
     * A prepared pair goes to work: its outbound SA takes the place of the old one's, with one update of the kernel.
     *
     * @throws KernelException when the kernel refuses; then the old pair is still at work
     */
    void takeOver(ChildSa fresh, ChildSa old) throws KernelException {
        PreparedChild pair = prepared.get(fresh);
        if (pair == null) {
            throw new IllegalStateException(fresh.name() + " is not prepared");
        }
        List<KernelChange> changes = new ArrayList<>();
        changes.add(pair.outbound());
        boolean wasAtWork = atWork.contains(old);
        if (wasAtWork) {
            changes.add(new KernelChange.DeleteSa(old.outbound(), old.inbound().destination()));
        }
        applyWithPolicies(fresh, changes);
        prepared.remove(fresh);
        pair.keys().close();
        if (wasAtWork) {
            removals().apply(policies().remove(old, old.policies()), "cannot remove policies of " + old.name());
            atWork.remove(old);
            replaced.put(old, Optional.empty());
        }
        atWork.add(fresh);
        services.environment()
                .emit(new IkeEvent.ChildSaRekeyed(
                        owner.name(),
                        old.name(),
                        fresh.name(),
                        fresh.inbound().spi(),
                        fresh.outbound().spi(),
                        fresh.reqid(),
                        fresh.suite()));
        services.listener().childRekeyed(owner, old, fresh);
    }

    /** The peer knows that a replaced pair is over: its last packets may still be on their way. */
    void linger(ChildSa old) {
        if (replaced.containsKey(old)) {
            replaced.put(old, Optional.of(services.environment().after(LINGER, () -> drop(old))));
        }
    }

    @Override
    public void abandon(Spi spi) {
        SaKey key = new SaKey(localAddress(), spi, SaProtocol.ESP, Mark.NONE);
        removals().apply(List.of(new KernelChange.DeleteSa(key, remoteAddress())), "cannot free SPI " + spi);
    }

    /** Ends a pair that is at work. */
    void remove(ChildSa child, CloseCause cause) {
        if (!atWork.remove(child)) {
            return;
        }
        // Policies that no trap stands under go last: until then nothing passes in clear.
        List<KernelChange> changes = new ArrayList<>();
        changes.add(new KernelChange.DeleteSa(child.outbound(), child.inbound().destination()));
        changes.add(deletionOfInbound(child));
        changes.addAll(policies().remove(child, child.policies()));
        removals().apply(changes, "cannot remove " + child.name());
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

    /**
     * All pairs go another way, each with one update of the kernel.
     *
     * @return those that cannot move or that the kernel does not move, which are where they were
     */
    List<ChildSa> move(Path path) {
        List<ChildSa> left = new ArrayList<>();
        for (ChildSa child : everyone().toList()) {
            ChildMove move = new ChildMove(child, path);
            if (move.go(services, isAtWork(child))) {
                prepared.computeIfPresent(child, (c, before) -> move.prepared(before));
            } else {
                left.add(child);
            }
        }
        return left;
    }

    /** Ends a pair that is only prepared, or replaced; nobody has to know. */
    void drop(ChildSa child) {
        PreparedChild pair = prepared.remove(child);
        Optional<Timer> lingering = replaced.remove(child);
        if (pair == null && lingering == null) {
            return;
        }
        if (pair != null) {
            pair.keys().close();
        }
        if (lingering != null) {
            lingering.ifPresent(Timer::cancel);
        }
        removals().apply(List.of(deletionOfInbound(child)), "cannot remove " + child.name());
        reqids().release(child.reqid());
    }

    void removeAll(CloseCause cause) {
        Stream.concat(prepared.keySet().stream(), replaced.keySet().stream())
                .toList()
                .forEach(this::drop);
        all().forEach(child -> remove(child, cause));
    }

    private Stream<ChildSa> everyone() {
        return Stream.of(atWork, prepared.keySet(), replaced.keySet()).flatMap(c -> c.stream());
    }

    private ChildInstallation installation(NegotiatedChild negotiated, int reqid) {
        return new ChildInstallation(
                negotiated,
                reqid,
                owner.endpoints().local(),
                owner.endpoints().remote(),
                owner.whereabouts().path().encapsulates(),
                SoftLimits.of(negotiated.config(), services.environment().random()));
    }

    private ChildSa describe(NegotiatedChild negotiated, ChildInstallation installation, Optional<ChildSa> old)
            throws KernelException {
        ChildConfig config = negotiated.config();
        ChildSelectors selectors = new ChildSelectors(negotiated.local(), negotiated.remote());
        List<Policy> policies = new ChildPolicies(
                        config, negotiated.mode(), installation.reqid(), localAddress(), remoteAddress(), selectors)
                .ofSa();
        int number = services.numbers().nextChildSa();
        return new ChildSa(
                new ChildSaName(config.name(), number),
                old.map(ChildSa::lineage).orElse(number),
                config,
                negotiated.suite(),
                negotiated.mode(),
                installation.reqid(),
                selectors,
                new ChildSa.Ends(
                        installation.inboundKey(),
                        installation.outboundKey(),
                        owner.whereabouts().path().encapsulates(),
                        policies));
    }

    private void applyWithPolicies(ChildSa child, List<KernelChange> changes) throws KernelException {
        List<KernelChange> all = new ArrayList<>(changes);
        all.addAll(policies().add(child, child.policies()));
        try {
            kernel().apply(new KernelUpdate(all));
        } catch (KernelException e) {
            policies().remove(child, child.policies());
            throw e;
        }
    }

    private static KernelChange deletionOfInbound(ChildSa child) {
        return new KernelChange.DeleteSa(child.inbound(), child.outbound().destination());
    }

    private void announce(ChildSa child, Role role) {
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
        services.listener().childEstablished(owner, child, role);
    }

    private KernelBackend kernel() {
        return services.environment().kernel();
    }

    private PolicyTable policies() {
        return services.tables().policies();
    }

    private Removals removals() {
        return services.tables().removals();
    }

    private ReqidAllocator reqids() {
        return services.tables().reqids();
    }
}
