package org.ikebana.ike.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ikebana.ike.auth.Identity;
import org.ikebana.ike.connection.ChildConfig;
import org.ikebana.ike.connection.ConnectionConfig;
import org.ikebana.ike.event.DatagramDrop;
import org.ikebana.ike.event.Failure;
import org.ikebana.ike.sa.ChildSa;
import org.ikebana.ike.sa.CloseCause;
import org.ikebana.ike.sa.IkeSa;
import org.ikebana.ike.sa.MessageKind;
import org.ikebana.ike.sa.SaListener;
import org.ikebana.ike.task.Role;

/** Tells whoever observes SAs, and counts, before the engine does what it has to. */
final class ObservedSas implements SaListener {
    private final SaListener engine;
    private final Counters counters;
    private final List<SaObserver> observers = new ArrayList<>();

    ObservedSas(SaListener engine, Counters counters) {
        this.engine = engine;
        this.counters = counters;
    }

    void add(SaObserver observer) {
        observers.add(observer);
    }

    @Override
    public void settled(IkeSa ikeSa) {
        engine.settled(ikeSa);
    }

    @Override
    public void established(IkeSa ikeSa, boolean initialContact) {
        observers.forEach(o -> o.ikeSaUp(ikeSa));
        engine.established(ikeSa, initialContact);
    }

    @Override
    public void childEstablished(IkeSa ikeSa, ChildSa child, Role role) {
        observers.forEach(o -> o.childSaUp(ikeSa, child));
        engine.childEstablished(ikeSa, child, role);
    }

    @Override
    public void childRekeyed(IkeSa ikeSa, ChildSa old, ChildSa fresh) {
        counters.add(ikeSa, Counters.Kind.CHILD_REKEY);
        observers.forEach(o -> o.childSaRekeyed(ikeSa, old, fresh));
        engine.childRekeyed(ikeSa, old, fresh);
    }

    @Override
    public void rekeyed(IkeSa old, IkeSa fresh) {
        boolean isOurs = fresh.id().role() == Role.INITIATOR;
        counters.add(fresh, isOurs ? Counters.Kind.IKE_REKEY_INIT : Counters.Kind.IKE_REKEY_RESP);
        observers.forEach(o -> o.ikeSaRekeyed(old, fresh));
        engine.rekeyed(old, fresh);
    }

    @Override
    public void reauthenticationDue(IkeSa ikeSa) {
        engine.reauthenticationDue(ikeSa);
    }

    @Override
    public void childFailed(IkeSa ikeSa, ChildConfig child, Failure failure) {
        engine.childFailed(ikeSa, child, failure);
    }

    /** Of a pair that another one has replaced it is known already. */
    @Override
    public void childClosed(IkeSa ikeSa, ChildSa child, CloseCause cause) {
        observers.forEach(o -> o.childSaDown(ikeSa, child));
        engine.childClosed(ikeSa, child, cause);
    }

    @Override
    public void closed(
            IkeSa ikeSa, Optional<ConnectionConfig> connection, CloseCause cause, Optional<Failure> failure) {
        if (ikeSa.agreement().isPresent() && cause != CloseCause.REKEYED) {
            observers.forEach(o -> o.ikeSaDown(ikeSa));
        }
        engine.closed(ikeSa, connection, cause, failure);
    }

    @Override
    public boolean knows(Identity local, Identity remotePattern) {
        return engine.knows(local, remotePattern);
    }

    @Override
    public boolean isWelcome(
            IkeSa halfOpen, ConnectionConfig connection, Identity local, Identity remote, boolean initialContact) {
        return engine.isWelcome(halfOpen, connection, local, remote, initialContact);
    }

    @Override
    public void exchanged(IkeSa ikeSa, MessageKind message) {
        Counters.Kind.of(message).ifPresent(kind -> counters.add(ikeSa, kind));
        engine.exchanged(ikeSa, message);
    }

    @Override
    public void dropped(DatagramDrop cause) {
        engine.dropped(cause);
    }
}
