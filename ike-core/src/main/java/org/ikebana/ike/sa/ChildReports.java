package org.ikebana.ike.sa;

import org.ikebana.ike.event.IkeEvent;
import org.ikebana.ike.task.Role;

/** Tells people and the engine what has become of a pair. */
record ChildReports(SaServices services) {
    void established(IkeSa owner, ChildSa child, Role role) {
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

    void rekeyed(IkeSa owner, ChildSa old, ChildSa fresh) {
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

    void closed(IkeSa owner, ChildSa child, CloseCause cause) {
        services.environment()
                .emit(new IkeEvent.ChildSaClosed(
                        owner.name(),
                        child.name(),
                        child.inbound().spi(),
                        child.outbound().spi(),
                        cause.words()));
        services.listener().childClosed(owner, child, cause);
    }
}
