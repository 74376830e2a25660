package org.ikebana.ike.sa;

import java.util.List;
import org.ikebana.ike.connection.ConnectionConfig;
import org.ikebana.ike.task.ChildRequest;
import org.ikebana.ike.task.NatStatus;
import org.ikebana.ike.task.Role;

/** IKE SAs that this side begins (RFC 7296 1.2), each with IKE_SA_INIT once {@link IkeSa#start} is called. */
public record IkeSaInitiation(SaServices services) {
    public IkeSa first(long spi, Endpoints endpoints, ConnectionConfig connection, List<ChildRequest> wanted) {
        return begin(spi, endpoints, false, connection, wanted);
    }

    /**
     * Another authentication of the same peer, to go on in the place of an IKE SA (RFC 7296 2.8.3).
     *
     * @param connection as it is configured now: there may be a newer certificate
     */
    public IkeSa insteadOf(IkeSa old, long spi, ConnectionConfig connection, List<ChildRequest> wanted) {
        return begin(spi, old.endpoints(), true, connection, wanted);
    }

    private IkeSa begin(
            long spi,
            Endpoints endpoints,
            boolean isAnotherAuthentication,
            ConnectionConfig connection,
            List<ChildRequest> wanted) {
        long now = services.environment().nanoTime();
        IkeSa sa = new IkeSa(
                services,
                new IkeSaId(spi, 0, Role.INITIATOR),
                new Path(endpoints, NatStatus.UNKNOWN),
                new Origin(Role.INITIATOR, now, isAnotherAuthentication));
        sa.become(new Initiating(sa, services, connection, wanted));
        return sa;
    }
}
