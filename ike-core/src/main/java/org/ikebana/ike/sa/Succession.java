package org.ikebana.ike.sa;

import org.ikebana.ike.event.IkeEvent;
import org.ikebana.ike.task.IkeRekey;
import org.ikebana.ike.task.InitResult;

/** Another IKE SA with fresh keys goes on where one ends (RFC 7296 1.3.2, 2.18). */
record Succession(IkeSa old, SaServices services) {
    /** The new one. It takes the place of the old one once {@link #handOver} is called. */
    IkeSa successor(Established before, IkeRekey exchange, InitResult init) {
        IkeSaId id = new IkeSaId(exchange.initiatorSpi(), exchange.responderSpi(), init.role());
        IkeSa fresh = new IkeSa(services, id, old.whereabouts().path(), old.origin());
        Established established = new Established(
                fresh,
                services,
                KeyedSa.of(services, init),
                before.config(),
                before.localId(),
                before.remoteId(),
                before.mobility().agreement());
        fresh.become(established);
        fresh.exchanges().agree(old.exchanges().allowsSync());
        services.registry().add(fresh);
        established.crash().keep(exchange.crashToken());
        return fresh;
    }

    /** The new one has the children from now on, and does what the old one has not done yet. */
    void handOver(IkeSa fresh) {
        if (!(old.position() instanceof Established before) || !(fresh.position() instanceof Established now)) {
            throw new IllegalStateException(old.name() + " cannot hand over to " + fresh.name());
        }
        fresh.takeChildrenOf(old);
        fresh.whereabouts().takeOver(old.whereabouts());
        services.environment()
                .emit(new IkeEvent.IkeSaRekeyed(
                        old.name(), fresh.name(), now.init().algorithms().suite()));
        services.listener().rekeyed(old, fresh);
        before.handOver(now);
    }

    /** The peer is the one to delete the old one. */
    void awaitDeletion() {
        if (old.position() instanceof Established established) {
            old.become(new Rekeyed(old, services, established.keyed().orElseThrow(), established.connection()));
        }
    }

    /** Deletes the old one. */
    void delete() {
        if (old.position() instanceof Established) {
            old.sayGoodbye(CloseCause.REKEYED);
        }
    }
}
