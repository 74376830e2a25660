package org.ikebana.ike.sa;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.ikebana.ike.connection.ChildConfig;
import org.ikebana.ike.event.IkeEvent;
import org.ikebana.ike.event.Subsystem;
import org.ikebana.ike.kernel.KernelBackend;
import org.ikebana.ike.kernel.KernelChange;
import org.ikebana.ike.kernel.KernelException;
import org.ikebana.ike.kernel.KernelUpdate;
import org.ikebana.ike.kernel.Mark;
import org.ikebana.ike.kernel.SaKey;
import org.ikebana.ike.kernel.SaMode;
import org.ikebana.ike.kernel.SaProtocol;
import org.ikebana.ike.kernel.Spi;
import org.ikebana.ike.kernel.SpiRequest;
import org.ikebana.ike.task.ChildSelectors;
import org.ikebana.ike.task.ChildSink;
import org.ikebana.ike.task.NegotiatedChild;
import org.ikebana.ike.ts.TrafficSelector;

/**
 * The child SAs of one IKE SA, and their way into the kernel and out of it. During a rekey the new pair is first
 * <i>prepared</i>, its inbound SA alone, then takes over from the old one, which stays <i>replaced</i>, its inbound SA
 * alone, until no packet can be on its way any more. So there is one outbound SA at any time, and no packet is lost.
 */
final class ChildSas implements ChildSink {
    private final SaServices services;
    private final ChildReports reports;
    private final OutboundTurns turns;
    private final Retirement retirement;
    private final Inactivity inactivity;
    private final ChildStages stages;
    private final Partition partition;
    private IkeSa owner;

    ChildSas(SaServices services, IkeSa owner) {
        this.services = services;
        this.stages = new ChildStages(this, services.tables().spis());
        this.partition = new Partition(services.environment(), this);
        this.owner = owner;
        this.reports = new ChildReports(services);
        this.turns = new OutboundTurns(services, this);
        this.retirement = new Retirement(services, this);
        this.inactivity = new Inactivity(services.environment(), this);
    }

    /** A rekeyed IKE SA hands its children on (RFC 7296 2.8). */
    void moveTo(IkeSa newOwner) {
        owner = newOwner;
    }

    IkeSa owner() {
        return owner;
    }

    /** How far each of them has come. */
    ChildStages stages() {
        return stages;
    }

    /** Those at work. */
    List<ChildSa> all() {
        return stages.atWork();
    }

    boolean isAtWork(ChildSa child) {
        return stages.isAtWork(child);
    }

    /** Which parts of children the peer takes. */
    Partition partition() {
        return partition;
    }

    /** The half of a pair at work that the kernel has ended without our hearing of it. */
    Optional<SaKey> missing(ChildSa child) {
        List<SaKey> halves =
                turns.isWaiting(child) ? List.of(child.inbound()) : List.of(child.outbound(), child.inbound());
        for (SaKey key : halves) {
            try {
                if (kernel().usage(key).isEmpty()) {
                    return Optional.of(key);
                }
            } catch (KernelException e) {
                services.environment()
                        .emit(new IkeEvent.Warning(
                                Subsystem.KERNEL, "cannot look for " + child.name(), e.getMessage()));
            }
        }
        return Optional.empty();
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

    /** Installs a pair with its policies. Where another one sends the same traffic, its outbound SA waits. */
    ChildSa create(NegotiatedChild negotiated) throws KernelException {
        int reqid = reqids().acquire(negotiated.config(), negotiated.local(), negotiated.remote());
        try {
            ChildAssembly made = ChildAssembly.of(negotiated, reqid, Optional.empty(), owner, services);
            Optional<OutboundTable.Half> relieved = turns.begin(made, this::isToBeRelieved);
            stages.work(made.child());
            inactivity.watch(made.child());
            reports.established(owner, made.child(), negotiated.role());
            relieved.ifPresent(half -> half.owner().retirement().giveWay(half.child()));
            return made.child();
        } catch (KernelException e) {
            reqids().release(reqid);
            throw e;
        }
    }

    /** Installs the inbound SA of a pair that is to replace another one. */
    ChildSa prepare(NegotiatedChild negotiated, ChildSa old) throws KernelException {
        reqids().retain(old.reqid());
        try {
            ChildAssembly made = ChildAssembly.of(negotiated, old.reqid(), Optional.of(old), owner, services);
            kernel().apply(KernelUpdate.of(made.inbound()));
            stages.prepare(made.child(), made.pair());
            return made.child();
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
        PreparedChild pair =
                stages.pair(fresh).orElseThrow(() -> new IllegalStateException(fresh.name() + " is not prepared"));
        reports.carried(old);
        turns.takeOver(fresh, pair, old);
        stages.removePrepared(fresh);
        if (stages.isAtWork(old)) {
            giveUpPolicies(old);
            turns.forget(old);
            stages.removeAtWork(old);
            stages.replace(old);
        }
        stages.work(fresh);
        inactivity.watch(fresh);
        reports.rekeyed(owner, old, fresh);
    }

    /** A pair at work sends no more. False if it is not at work. */
    boolean retire(ChildSa child) {
        if (!stages.removeAtWork(child)) {
            return false;
        }
        reports.carried(child);
        giveUpPolicies(child);
        stages.replace(child);
        reports.closed(owner, child, CloseCause.REPLACED);
        return true;
    }

    OutboundTurns turns() {
        return turns;
    }

    /** What becomes of pairs that send no more. */
    Retirement retirement() {
        return retirement;
    }

    @Override
    public void abandon(Spi spi) {
        SaKey key = new SaKey(localAddress(), spi, SaProtocol.ESP, Mark.NONE);
        removals().apply(List.of(new KernelChange.DeleteSa(key, remoteAddress())), "cannot free SPI " + spi);
    }

    /** Ends a pair that is at work. Where another one has waited for that, packets may still come in by this one. */
    void remove(ChildSa child, CloseCause cause) {
        if (!stages.isAtWork(child)) {
            return;
        }
        if (turns.handOn(child)) {
            retirement.outlive(child);
            return;
        }
        stages.removeAtWork(child);
        reports.carried(child);
        // Policies that no trap stands under go last: until then nothing passes in clear.
        List<KernelChange> changes = new ArrayList<>();
        changes.add(new KernelChange.DeleteSa(child.outbound(), child.inbound().destination()));
        changes.add(deletionOfInbound(child));
        changes.addAll(policies().remove(child, child.policies()));
        removals().apply(changes, "cannot remove " + child.name());
        turns.forget(child);
        reqids().release(child.reqid());
        reports.closed(owner, child, cause);
    }

    /**
     * All pairs go another way, each with one update of the kernel.
     *
     * @return those that cannot move or that the kernel does not move, which are where they were
     */
    List<ChildSa> move(Path path) {
        all().forEach(turns::promote);
        List<ChildSa> left = new ArrayList<>();
        for (ChildSa child : stages.all()) {
            ChildMove move = new ChildMove(child, path);
            if (move.go(services, isAtWork(child))) {
                stages.change(child, move::prepared);
            } else {
                left.add(child);
            }
        }
        return left;
    }

    /** Ends a pair that is only prepared, or replaced; nobody has to know. */
    void drop(ChildSa child) {
        Optional<PreparedChild> pair = stages.removePrepared(child);
        pair.ifPresent(prepared -> prepared.keys().close());
        boolean wasReplaced = stages.removeReplaced(child);
        if (pair.isEmpty() && !wasReplaced) {
            return;
        }
        turns.forget(child);
        removals().apply(List.of(deletionOfInbound(child)), "cannot remove " + child.name());
        reqids().release(child.reqid());
    }

    /** The IKE SA ends. Where pairs of another one serve the same traffic, packets may still come in by these. */
    void removeAll(CloseCause cause) {
        Stream.concat(all().stream().filter(turns::isWaiting), all().stream())
                .toList()
                .forEach(child -> remove(child, cause));
        stages.prepared().forEach(this::drop);
        stages.replaced().forEach(retirement::outlive);
        stages.replaced().forEach(this::drop);
    }

    private boolean isToBeRelieved(OutboundTable.Half sender) {
        return owner.origin().replaces(sender.owner().owner().origin());
    }

    private void giveUpPolicies(ChildSa child) {
        removals().apply(policies().remove(child, child.policies()), "cannot remove policies of " + child.name());
    }

    private static KernelChange deletionOfInbound(ChildSa child) {
        return new KernelChange.DeleteSa(child.inbound(), child.outbound().destination());
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
