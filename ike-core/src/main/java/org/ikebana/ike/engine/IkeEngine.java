package org.ikebana.ike.engine;

import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ikebana.ike.auth.CredentialStore;
import org.ikebana.ike.auth.Identity;
import org.ikebana.ike.connection.ChildConfig;
import org.ikebana.ike.connection.ConnectionConfig;
import org.ikebana.ike.connection.IkeSettings;
import org.ikebana.ike.crypto.CryptoRegistry;
import org.ikebana.ike.environment.Environment;
import org.ikebana.ike.event.DatagramDrop;
import org.ikebana.ike.event.Failure;
import org.ikebana.ike.event.IkeEvent;
import org.ikebana.ike.kernel.Datagram;
import org.ikebana.ike.kernel.KernelEvent;
import org.ikebana.ike.sa.ChildSa;
import org.ikebana.ike.sa.CloseCause;
import org.ikebana.ike.sa.Endpoints;
import org.ikebana.ike.sa.IkeSa;
import org.ikebana.ike.sa.IkeSaRegistry;
import org.ikebana.ike.sa.KernelTables;
import org.ikebana.ike.sa.SaListener;
import org.ikebana.ike.sa.SaNumbers;
import org.ikebana.ike.sa.SaServices;
import org.ikebana.ike.task.Role;
import org.ikebana.ike.wire.ExchangeType;
import org.ikebana.ike.wire.IkeHeader;
import org.ikebana.ike.wire.MessageReader;

/**
 * The protocol engine: hands datagrams and kernel events to the IKE SAs they belong to, and keeps the configured
 * children as they are wanted. Sans-IO: all it knows of the outside is its {@link Environment}, and everything is
 * called on one event loop. Nothing a peer sends throws past {@link #onDatagram}.
 */
public final class IkeEngine implements SaListener {
    private final Environment environment;
    private final ConnectionTable connections = new ConnectionTable();
    private final Map<Long, IkeSa> bySpi = new HashMap<>();
    private final Map<DatagramDrop, Long> drops = new EnumMap<>(DatagramDrop.class);
    private final SaServices services;
    private final Uniqueness uniqueness;
    private final ClosedIkeSas closed;
    private final InitDesk initDesk;
    private final ClearDesk clearDesk;
    private final Reconciler reconciler;
    private final Leftovers leftovers;
    private final Initiations initiations;
    private final CurrentCredentials credentials = new CurrentCredentials();
    private Runnable afterLast = () -> {};

    public IkeEngine(Environment environment, CryptoRegistry crypto, IkeSettings settings) {
        this.environment = environment;
        KernelTables tables = KernelTables.of(environment);
        this.services =
                new SaServices(environment, crypto, credentials, settings, tables, this, new SaNumbers(), registry());
        this.uniqueness = new Uniqueness(environment, this::ikeSas);
        this.closed = new ClosedIkeSas(environment);
        this.initDesk = new InitDesk(services, connections, this::freshSpi, this::register);
        PeerAddresses addresses = new PeerAddresses(environment, settings);
        this.initiations = new Initiations(services, addresses, this::freshSpi, this::register, this::of);
        this.clearDesk = new ClearDesk(services, bySpi);
        ReconciledSas ikeSas = new ReconciledSas() {
            @Override
            public IkeSa forChild(ConnectionConfig connection, Endpoints endpoints) {
                return initiations.forChild(connection, endpoints);
            }

            @Override
            public Optional<ChildGoal.Progress.Up> atWork(String connection, String child) {
                return IkeEngine.this.atWork(connection, child);
            }
        };
        this.leftovers = new Leftovers(environment, tables);
        this.reconciler = new Reconciler(environment, tables, addresses, ikeSas);
    }

    /** Puts a configuration into effect: connections that are as they were keep their SAs. */
    public void load(List<ConnectionConfig> wanted, CredentialStore secrets) {
        leftovers.find();
        credentials.replace(secrets);
        Map<String, ConnectionConfig> next = new HashMap<>();
        wanted.forEach(c -> next.put(c.name(), c));
        for (ConnectionConfig old : connections.all()) {
            ConnectionConfig now = next.get(old.name());
            if (now == null) {
                reconciler.remove(old);
                connections.remove(old.name());
                terminate(old.name());
            } else if (!now.sameSettings(old)) {
                List<ChildGoal> former = reconciler.retire(old);
                connections.put(now);
                terminate(old.name());
                reconciler.add(now, former);
            }
        }
        for (ConnectionConfig connection : wanted) {
            if (connections.named(connection.name()).isEmpty()) {
                connections.put(connection);
                reconciler.add(connection, List.of());
            }
        }
        leftovers.giveUp(reconciler::isAwaited);
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
        boolean init =
                header.exchange().filter(ExchangeType.IKE_SA_INIT::equals).isPresent();
        IkeSa sa = bySpi.get(header.initiator() ? header.responderSpi() : header.initiatorSpi());
        if (sa != null && belongs(sa, header, init)) {
            sa.onDatagram(datagram, header);
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
                        "kernel", "events were lost; looking for SAs that are gone, and held packets ask again"));
                tell(lost);
            }
            case KernelEvent.HardExpire expire -> tell(expire);
            case KernelEvent.SoftExpire expire -> tell(expire);
            case KernelEvent.MappingChanged mapping -> tell(mapping);
            case KernelEvent.AddressChanged changed -> tell(changed);
        }
    }

    /** Sets what a child is wanted to be; an SA that is not wanted any more is closed. */
    public void want(String connection, String child, DesiredState desired) {
        reconciler.want(connection, child, desired);
        if (desired == DesiredState.OFF) {
            for (IkeSa sa : of(connection)) {
                sa.childSas().stream()
                        .filter(c -> c.config().name().equals(child))
                        .forEach(sa::closeChild);
            }
        }
    }

    /** What a configured child is wanted to be. */
    public Optional<DesiredState> desired(String connection, String child) {
        return reconciler.desired(connection, child);
    }

    /** Begins an IKE SA of a connection without a child (RFC 6023), unless there is one. */
    public void initiate(String connection) {
        connections.named(connection).ifPresent(initiations::withoutChild);
    }

    /** Closes the IKE SAs of a connection, their peers told. */
    public void terminate(String connection) {
        of(connection).forEach(sa -> sa.terminate(CloseCause.LOCAL));
    }

    /** Deletes every SA and policy of ours and tells the peers, of whom none can begin anew; {@code done} runs when all have answered. */
    public void shutdown(Runnable done) {
        reconciler.stop();
        initDesk.close();
        afterLast = done;
        ikeSas().forEach(sa -> sa.terminate(CloseCause.LOCAL));
        checkLast();
    }

    public List<IkeSa> ikeSas() {
        return List.copyOf(bySpi.values());
    }

    /** What was dropped, by cause. */
    public Map<DatagramDrop, Long> drops() {
        return Map.copyOf(drops);
    }

    public int halfOpen() {
        return initDesk.halfOpen();
    }

    @Override
    public void established(IkeSa ikeSa, boolean initialContact) {
        initDesk.settled(ikeSa);
        uniqueness.onEstablished(ikeSa, initialContact);
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
    }

    @Override
    public void childRekeyed(IkeSa ikeSa, ChildSa old, ChildSa fresh) {
        reconciler.onChildRekeyed(ikeSa, old, fresh);
    }

    @Override
    public void rekeyed(IkeSa old, IkeSa fresh) {
        reconciler.onIkeRekeyed(old, fresh);
    }

    @Override
    public void childFailed(IkeSa ikeSa, ChildConfig child, Failure failure) {
        ikeSa.connection().ifPresent(c -> reconciler.onChildFailed(c.name(), child.name()));
    }

    @Override
    public void childClosed(IkeSa ikeSa, ChildSa child, CloseCause cause) {
        ikeSa.connection().ifPresent(c -> reconciler.onChildClosed(c.name(), child, cause));
    }

    @Override
    public void closed(
            IkeSa ikeSa, Optional<ConnectionConfig> connection, CloseCause cause, Optional<Failure> failure) {
        bySpi.remove(ikeSa.id().ownSpi());
        closed.add(ikeSa);
        initDesk.closed(ikeSa);
        reconciler.onIkeClosed(ikeSa);
        checkLast();
    }

    @Override
    public boolean knows(Identity local, Identity remotePattern) {
        return uniqueness.knows(local, remotePattern);
    }

    @Override
    public void dropped(DatagramDrop cause) {
        drops.merge(cause, 1L, Long::sum);
    }

    private void tell(KernelEvent event) {
        ikeSas().forEach(sa -> sa.onKernelEvent(event));
    }

    private IkeSaRegistry registry() {
        return new IkeSaRegistry() {
            @Override
            public long freshSpi() {
                return IkeEngine.this.freshSpi();
            }

            @Override
            public void add(IkeSa ikeSa) {
                register(ikeSa);
            }
        };
    }

    private void register(IkeSa sa) {
        bySpi.put(sa.id().ownSpi(), sa);
    }

    /** What another one of the same connection is just beginning to negotiate, this one can do at once. */
    private void takeOverBegun(IkeSa ikeSa) {
        Optional<ConnectionConfig> connection = ikeSa.connection();
        if (!ikeSa.isEstablished() || connection.isEmpty()) {
            return;
        }
        for (IkeSa other : of(connection.get().name())) {
            if (other.isBeginning()) {
                reconciler.onIkeRekeyed(other, ikeSa);
                other.withdraw().forEach(ikeSa::addChild);
            }
        }
    }

    /** The peer's SPI must fit as well, but for the answer that brings it. */
    private static boolean belongs(IkeSa sa, IkeHeader header, boolean init) {
        boolean initiatorFits = sa.id().initiatorSpi() == header.initiatorSpi();
        boolean responderFits = sa.id().responderSpi() == header.responderSpi();
        return initiatorFits && (responderFits || (init && sa.id().responderSpi() == 0));
    }

    private long freshSpi() {
        long spi;
        do {
            spi = environment.random().nextLong();
        } while (spi == 0 || bySpi.containsKey(spi));
        return spi;
    }

    private List<IkeSa> of(String connection) {
        List<IkeSa> found = new ArrayList<>();
        for (IkeSa sa : bySpi.values()) {
            if (sa.connection().filter(c -> c.name().equals(connection)).isPresent()) {
                found.add(sa);
            }
        }
        return found;
    }

    private Optional<ChildGoal.Progress.Up> atWork(String connection, String child) {
        return of(connection).stream()
                .filter(IkeSa::isEstablished)
                .flatMap(sa -> sa.childSas().stream().map(c -> new ChildGoal.Progress.Up(sa, c)))
                .filter(up -> up.childSa().config().name().equals(child))
                .findFirst();
    }

    private void checkLast() {
        if (bySpi.isEmpty()) {
            Runnable last = afterLast;
            afterLast = () -> {};
            last.run();
        }
    }
}
