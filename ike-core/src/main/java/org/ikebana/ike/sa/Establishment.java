package org.ikebana.ike.sa;

import org.ikebana.ike.event.IkeEvent;
import org.ikebana.ike.task.Authentication;
import org.ikebana.ike.task.MobikeSupport;
import org.ikebana.ike.task.Role;

/** Both ends of an IKE SA have been authenticated (RFC 7296 1.2). */
record Establishment(IkeSa sa, SaServices services) {
    Established after(Authentication authentication, MobikeSupport mobike, KeyedSa keyed, boolean initialContact) {
        Established established = new Established(
                sa,
                services,
                keyed.with(keyed.init().authenticated()),
                authentication.connection(),
                authentication.localId(),
                authentication.remoteId(),
                MobikeAgreement.of(mobike, sa.id().role()));
        established.provedWith(authentication.shown());
        sa.origin().authenticated(keyed.init(), services.environment().nanoTime());
        sa.become(established);
        established.lifetime().authenticated();
        established.start();
        report(authentication, keyed);
        services.listener().established(sa, initialContact);
        return established;
    }

    private void report(Authentication authentication, KeyedSa keyed) {
        services.environment()
                .emit(new IkeEvent.IkeSaEstablished(
                        sa.name(),
                        sa.id().role() == Role.INITIATOR,
                        sa.endpoints().local(),
                        sa.endpoints().remote(),
                        authentication.localId(),
                        authentication.remoteId(),
                        keyed.init().algorithms().suite(),
                        sa.whereabouts().path().encapsulates(),
                        authentication.ppkInUse()));
    }
}
