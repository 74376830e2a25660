package org.ikebana.ike.engine;

import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ikebana.ike.auth.CredentialStore;
import org.ikebana.ike.auth.Identity;
import org.ikebana.ike.connection.ChildConfig;
import org.ikebana.ike.connection.ConnectionChange;
import org.ikebana.ike.connection.ConnectionConfig;
import org.ikebana.ike.connection.IkeSettings;
import org.ikebana.ike.crypto.CryptoRegistry;
import org.ikebana.ike.environment.Environment;
import org.ikebana.ike.event.DatagramDrop;
import org.ikebana.ike.event.Failure;
import org.ikebana.ike.event.IkeEvent;
import org.ikebana.ike.event.Subsystem;
import org.ikebana.ike.kernel.Datagram;
import org.ikebana.ike.kernel.KernelEvent;
import org.ikebana.ike.kernel.SaKey;
import org.ikebana.ike.revocation.Revocations;
import org.ikebana.ike.sa.ChildSa;
import org.ikebana.ike.sa.CloseCause;
import org.ikebana.ike.sa.Endpoints;
import org.ikebana.ike.sa.IkeSa;
import org.ikebana.ike.sa.KernelTables;
import org.ikebana.ike.sa.MessageKind;
import org.ikebana.ike.sa.SaListener;
import org.ikebana.ike.sa.SaNumbers;
import org.ikebana.ike.sa.SaServices;
import org.ikebana.ike.sa.StatusReader;
import org.ikebana.ike.task.Role;
import org.ikebana.ike.wire.IkeHeader;
import org.ikebana.ike.wire.MessageReader;
import org.ikebana.ike.x509.ProvenPaths;

/**
 * The protocol engine: hands datagrams and kernel events to the IKE SAs they belong to, and keeps the configured
 * children as they are wanted. Sans-IO: all it knows of the outside is its {@link Environment}, and everything is
 * called on one event loop. Nothing a peer sends throws past {@link #onDatagram}.
 */
public final class IkeEngine implements SaListener {
    private final Environment environment;
    private final ConnectionTable connections = new ConnectionTable();
    private final IkeSaTable ikeSas;
    private final Counters counters = new Counters();
    private final ObservedSas observed = new ObservedSas(this, counters);
    private final SaServices services;
    private final Uniqueness uniqueness;
    private final ClosedIkeSas closed;
    private final InitDesk initDesk;
    private final ClearDesk clearDesk;
    private final Reconciler reconciler;
    private final Loading loading;
    private final Reauthentications reauthentications;
    private final Leftovers leftovers;
    private final Initiations initiations;
    private final CurrentCredentials credentials = new CurrentCredentials();
    private final ExpiryWatch expiry;
    private Runnable afterLast = () -> {};

    public IkeEngine(Environment environment, CryptoRegistry crypto, IkeSettings settings) {
        this.environment = environment;
        this.ikeSas = new IkeSaTable(environment);
        KernelTables tables = KernelTables.of(environment);
        Revocations revocations = new Revocations(environment, crypto, credentials::statusSources);
        this.services = new SaServices(
                environment,
                crypto,
                credentials,
                new ProvenPaths(),
                revocations,
                settings,
                tables,
                observed,
                new SaNumbers(),
                ikeSas);
        this.uniqueness = new Uniqueness(environment, ikeSas);
        this.closed = new ClosedIkeSas(environment);
        this.initDesk = new InitDesk(services, connections, ikeSas::freshSpi, ikeSas::add);
        PeerAddresses addresses = new PeerAddresses(environment, settings);
        this.reauthentications = new Reauthentications(environment, services, connections, uniqueness);
        this.initiations = new Initiations(services, addresses, ikeSas);
        this.clearDesk = new ClearDesk(services, ikeSas);
        ReconciledSas forChildren = new ReconciledSas() {
            @Override
            public IkeSa forChild(ConnectionConfig connection, Endpoints endpoints) {
                return initiations.forChild(connection, endpoints);
            }

            @Override
            public Optional<ChildGoal.Progress.Up> atWork(String connection, String child) {
                return ikeSas.atWork(connection, child);
            }

            @Override
            public boolean isContinued(IkeSa ikeSa, ChildSa child) {
                return reauthentications.isContinued(ikeSa, child);
            }
        };
        this.leftovers = new Leftovers(environment, tables);
        this.expiry = new ExpiryWatch(environment, settings.expiryNotice(), credentials);
        this.reconciler = new Reconciler(environment, tables, addresses, forChildren);
        this.loading = new Loading(connections, ikeSas, reconciler, counters);
    }

    /** Puts a configuration into effect, as {@link ConnectionChange} says: what is as it was keeps its SAs. */
    public void load(List<ConnectionConfig> wanted, CredentialStore secrets) {
        leftovers.find();
        credentials.replace(secrets);
        services.proven().clear();
        expiry.begin();
        loading.apply(wanted);
        leftovers.giveUp(reconciler::awaited);
        initDesk.open();
    }

    /** Puts one connection into effect, in the place of the one of its name if there is one. Only after {@link #load(List, CredentialStore)}. */
    public void load(ConnectionConfig wanted) {
        loading.apply(wanted);
    }

    public void onDatagram(Datagram datagram) {
        Optional<IkeHeader> read = MessageReader.readHeader(datagram.payload());
        if (read.isEmpty()) {
            dropped(DatagramDrop.UNREADABLE);
            return;
        }
        IkeHeader header = read.get();
        if (MessageReader.beginsInClear(header, datagram.payload()) && clearDesk.takes(datagram, header)) {
            return;
        }
        if (header.responderSpi() == 0 && !header.response()) {
            initDesk.onRequest(datagram, header);
            return;
        }
        Optional<IkeSa> sa = ikeSas.find(header);
        if (sa.isPresent()) {
            sa.get().onDatagram(datagram, header);
        } else if (!closed.answers(datagram, header)) {
            dropped(DatagramDrop.UNKNOWN_SPI);
            clearDesk.onUnknownSpi(datagram, header);
        }
    }

    public void onKernelEvent(KernelEvent event) {
        switch (event) {
            case KernelEvent.Acquire acquire -> reconciler.onAcquire(acquire);
            case KernelEvent.EventsLost lost -> {
                environment.emit(new IkeEvent.Warning(
                        Subsystem.KERNEL,
                        "kernel",
                        "events were lost; looking for SAs that are gone, and held packets ask again"));
                ikeSas().forEach(sa -> sa.onKernelEvent(lost));
            }
            case KernelEvent.HardExpire expire -> tell(expire, expire.key());
            case KernelEvent.SoftExpire expire -> tell(expire, expire.key());
            case KernelEvent.MappingChanged mapping -> tell(mapping, mapping.key());
            case KernelEvent.AddressChanged changed -> ikeSas().forEach(sa -> sa.onKernelEvent(changed));
        }
    }

    /** Sets what a child is wanted to be; an SA that is not wanted any more is closed. */
    public void want(String connection, String child, DesiredState desired) {
        reconciler.want(connection, child, desired);
        if (desired == DesiredState.OFF) {
            loading.close(connection, child);
        }
    }

    /** The same, but SAs that are not wanted any more stay as long as they last. */
    public void wantFromNow(String connection, String child, DesiredState desired) {
        reconciler.want(connection, child, desired);
    }

    /** What a configured child is wanted to be. */
    public Optional<DesiredState> desired(String connection, String child) {
        return reconciler.desired(connection, child);
    }

    /** Begins an IKE SA of a connection without a child (RFC 6023), unless there is one, or it is of policies alone. */
    public void initiate(String connection) {
        connections.named(connection).filter(named -> !named.isOfShunts()).ifPresent(initiations::withoutChild);
    }

    /** Closes the IKE SAs of a connection, their peers told. */
    public void terminate(String connection) {
        ikeSas.of(connection).forEach(sa -> sa.terminate(CloseCause.LOCAL));
    }

    /** Deletes every SA and policy of ours and tells the peers, of whom none can begin anew; {@code done} runs when all have answered. */
    public void shutdown(Runnable done) {
        reconciler.stop();
        expiry.stop();
        initDesk.close();
        afterLast = done;
        ikeSas().forEach(sa -> sa.terminate(CloseCause.LOCAL));
        checkLast();
    }

    public List<IkeSa> ikeSas() {
        return ikeSas.all();
    }

    /** What was dropped, by cause. */
    public Map<DatagramDrop, Long> drops() {
        Map<DatagramDrop, Long> all = new EnumMap<>(DatagramDrop.class);
        all.putAll(counters.drops());
        merge(all, DatagramDrop.UNREADABLE, initDesk.doorkeeper().broken());
        merge(all, DatagramDrop.TOO_BUSY, initDesk.doorkeeper().putOff());
        return all;
    }

    private static void merge(Map<DatagramDrop, Long> all, DatagramDrop cause, long count) {
        if (count > 0) {
            all.merge(cause, count, Long::sum);
        }
    }

    /** How often a new peer was asked for a cookie (RFC 7296 2.6). */
    public long cookieDemands() {
        return initDesk.cookieDemands();
    }

    /** Looks at datagrams before {@link #onDatagram} is given them. */
    public Doorkeeper doorkeeper() {
        return initDesk.doorkeeper();
    }

    /** What has been counted since the start. */
    public Counters counters() {
        return counters;
    }

    /** Tells of what becomes of SAs from now on, on the event loop. */
    public void observe(SaObserver observer) {
        observed.add(observer);
    }

    /** How SAs are now. */
    public StatusReader statusReader() {
        return new StatusReader(environment.nanoTime());
    }

    /** As configured now. */
    public List<ConnectionConfig> connections() {
        return connections.all();
    }

    /** Forgets what servers have said of revocation. */
    public void flushRevocations() {
        services.revocations().flush();
    }

    /** The traps that stand. */
    public List<TrapStatus> traps() {
        return reconciler.traps();
    }

    public int halfOpen() {
        return initDesk.halfOpen();
    }

    @Override
    public void settled(IkeSa ikeSa) {
        initDesk.settled(ikeSa);
    }

    @Override
    public void established(IkeSa ikeSa, boolean initialContact) {
        ikeSas.establish(ikeSa);
        initDesk.settled(ikeSa);
        uniqueness.onEstablished(ikeSa, initialContact);
        reauthentications.onEstablished(ikeSa);
        environment.after(Duration.ZERO, () -> takeOverBegun(ikeSa));
    }

    @Override
    public boolean isWelcome(
            IkeSa halfOpen, ConnectionConfig connection, Identity local, Identity remote, boolean initialContact) {
        return uniqueness.isWelcome(halfOpen, connection, local, remote, initialContact);
    }

    @Override
    public void childEstablished(IkeSa ikeSa, ChildSa child, Role role) {
        reconciler.onChildUp(ikeSa, child, role);
        reauthentications.onChildUp(ikeSa, child.config().name());
    }

    @Override
    public void childRekeyed(IkeSa ikeSa, ChildSa old, ChildSa fresh) {
        reconciler.onChildRekeyed(ikeSa, old, fresh);
    }

    @Override
    public void rekeyed(IkeSa old, IkeSa fresh) {
        reconciler.onIkeRekeyed(old, fresh);
        uniqueness.onRekeyed(old, fresh);
        reauthentications.onRekeyed(old, fresh);
    }

    @Override
    public void reauthenticationDue(IkeSa ikeSa) {
        reauthentications.begin(ikeSa);
    }

    @Override
    public void childFailed(IkeSa ikeSa, ChildConfig child, Failure failure) {
        if (!reauthentications.absorbs(ikeSa, child.name())) {
            ikeSa.connection().ifPresent(c -> reconciler.onChildFailed(c.name(), child.name()));
        }
    }

    @Override
    public void childClosed(IkeSa ikeSa, ChildSa child, CloseCause cause) {
        ikeSa.connection().ifPresent(c -> reconciler.onChildClosed(c.name(), child, cause));
    }

    @Override
    public void closed(
            IkeSa ikeSa, Optional<ConnectionConfig> connection, CloseCause cause, Optional<Failure> failure) {
        ikeSas.remove(ikeSa, connection);
        closed.add(ikeSa);
        initDesk.closed(ikeSa);
        reconciler.onIkeClosed(ikeSa, connection);
        reauthentications.onClosed(ikeSa, cause);
        checkLast();
    }

    @Override
    public boolean knows(Identity local, Identity remotePattern) {
        return uniqueness.knows(local, remotePattern);
    }

    /** Counted where it is observed. */
    @Override
    public void exchanged(IkeSa ikeSa, MessageKind message) {}

    @Override
    public void dropped(DatagramDrop cause) {
        counters.dropped(cause);
    }

    private void tell(KernelEvent event, SaKey about) {
        services.tables().spis().ikeSas(about.spi()).forEach(sa -> sa.onKernelEvent(event));
    }

    /** What another one of the same connection is just beginning to negotiate, this one can do at once. */
    private void takeOverBegun(IkeSa ikeSa) {
        Optional<ConnectionConfig> connection = ikeSa.connection();
        if (!ikeSa.isEstablished() || connection.isEmpty()) {
            return;
        }
        for (IkeSa other : ikeSas.begunOf(connection.get().name())) {
            if (other.isBeginning() && isForTheSamePeer(other, ikeSa)) {
                reconciler.onIkeRekeyed(other, ikeSa);
                other.withdraw().forEach(ikeSa::addChild);
            }
        }
    }

    /** A connection for anybody has many peers; those who authenticate anew are where they are. */
    private static boolean isForTheSamePeer(IkeSa beginning, IkeSa other) {
        return !beginning.origin().isAnotherAuthentication()
                || beginning
                        .endpoints()
                        .remote()
                        .getAddress()
                        .equals(other.endpoints().remote().getAddress());
    }

    private void checkLast() {
        if (ikeSas.isEmpty()) {
            Runnable last = afterLast;
            afterLast = () -> {};
            last.run();
        }
    }
}
