package org.ikebana.ike.engine;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.ikebana.ike.connection.ConnectionConfig;
import org.ikebana.ike.event.IkeEvent;
import org.ikebana.ike.event.Subsystem;
import org.ikebana.ike.sa.Endpoints;
import org.ikebana.ike.sa.IkeSa;
import org.ikebana.ike.sa.IkeSaInitiation;
import org.ikebana.ike.sa.SaServices;

/** Begins IKE SAs, for children that are to come up or for their own sake (RFC 6023), where none is there. */
final class Initiations {
    private final SaServices services;
    private final PeerAddresses addresses;
    private final IkeSaTable ikeSas;

    Initiations(SaServices services, PeerAddresses addresses, IkeSaTable ikeSas) {
        this.services = services;
        this.addresses = addresses;
        this.ikeSas = ikeSas;
    }

    /** An IKE SA that the child can be asked for on: one that is there, or a new one. */
    IkeSa forChild(ConnectionConfig connection, Endpoints endpoints) {
        List<IkeSa> there = usable(connection);
        Optional<IkeSa> best = there.stream().filter(IkeSa::isEstablished).findFirst();
        return best.orElseGet(() -> there.stream().findFirst().orElseGet(() -> begin(connection, endpoints)));
    }

    /** No child is asked for. */
    void withoutChild(ConnectionConfig connection) {
        if (!usable(connection).isEmpty()) {
            return;
        }
        addresses.next(connection, answer -> {
            switch (answer) {
                case PeerAddresses.Answer.Found found -> begin(connection, found.endpoints());
                case PeerAddresses.Answer.NotFound notFound ->
                    services.environment()
                            .emit(new IkeEvent.Warning(
                                    Subsystem.NET,
                                    connection.name(),
                                    notFound.failure().sentence()));
            }
        });
    }

    private List<IkeSa> usable(ConnectionConfig connection) {
        return ikeSas.of(connection.name()).stream()
                .filter(IkeSa::takesChildren)
                .toList();
    }

    private IkeSa begin(ConnectionConfig connection, Endpoints endpoints) {
        IkeSa sa = new IkeSaInitiation(services).first(ikeSas.freshSpi(), endpoints, connection, List.of());
        ikeSas.add(sa);
        addresses.begun(connection);
        services.environment().after(Duration.ZERO, sa::start);
        return sa;
    }
}
