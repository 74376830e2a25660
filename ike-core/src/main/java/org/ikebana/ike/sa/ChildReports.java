package org.ikebana.ike.sa;

import java.util.Optional;
import org.ikebana.ike.event.IkeEvent;
import org.ikebana.ike.event.Subsystem;
import org.ikebana.ike.kernel.KernelException;
import org.ikebana.ike.kernel.SaKey;
import org.ikebana.ike.kernel.SaUsage;
import org.ikebana.ike.task.Role;

/** Tells people and the engine what has become of a pair. */
record ChildReports(SaServices services) {
    /** Before its SAs go: what they have carried is asked for afterwards, too. */
    void carried(ChildSa child) {
        child.hasCarried(new ChildSa.Carried(usage(child.inbound()), usage(child.outbound())));
    }

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

    private Optional<SaUsage> usage(SaKey key) {
        try {
            return services.environment().kernel().usage(key);
        } catch (KernelException e) {
            services.environment()
                    .emit(new IkeEvent.Warning(
                            Subsystem.KERNEL, "cannot read what " + key + " has carried", e.getMessage()));
            return Optional.empty();
        }
    }
}
