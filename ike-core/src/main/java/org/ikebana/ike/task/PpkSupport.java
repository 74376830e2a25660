package org.ikebana.ike.task;

import java.util.List;
import java.util.Optional;
import org.ikebana.ike.auth.Identity;
import org.ikebana.ike.auth.Ppks;
import org.ikebana.ike.connection.ConnectionConfig;
import org.ikebana.ike.connection.SourceRef;
import org.ikebana.ike.event.Failure;
import org.ikebana.ike.wire.NotifyPayload;
import org.ikebana.ike.wire.NotifyType;
import org.ikebana.ike.wire.Payload;

/** The USE_PPK notifies of IKE_SA_INIT (RFC 8784 3). */
public final class PpkSupport implements Task {
    private final Optional<ConnectionConfig> connection;
    private final Ppks ppks;
    private boolean agreed;

    private PpkSupport(Optional<ConnectionConfig> connection, Ppks ppks) {
        this.connection = connection;
        this.ppks = ppks;
    }

    public static PpkSupport initiator(ConnectionConfig connection, Ppks ppks) {
        return new PpkSupport(Optional.of(connection), ppks);
    }

    /** Its connection is not known yet. */
    public static PpkSupport responder(Ppks ppks) {
        return new PpkSupport(Optional.empty(), ppks);
    }

    /** After the exchange. */
    public PpkUse agreed() {
        return agreed ? PpkUse.IN_AUTH : PpkUse.NONE;
    }

    /** @throws ExchangeException where one is required and there is none */
    @Override
    public void buildRequest(List<Payload> request) throws ExchangeException {
        if (isOffered()) {
            request.add(NotifyPayload.of(NotifyType.USE_PPK));
        } else if (isRequired()) {
            throw new ExchangeException(new Failure.LocalFailure(
                    id().map(id -> "there is no PPK with id " + id + ", and ppk_required asks for one; add a section"
                                    + " secrets.ppk with that id")
                            .orElse("ppk_required asks for a PPK, and ppk_id does not say which; set ppk_id"),
                    place()));
        }
    }

    /** @throws ExchangeException where one is required and the peer has none */
    @Override
    public void processResponse(InboundMessage response) throws ExchangeException {
        agreed = isOffered() && isAskedFor(response);
        if (!agreed && isRequired()) {
            throw new ExchangeException(new Failure.PeerIncompatible(
                    "the peer uses no PPK (RFC 8784), and ppk_required asks for one; give it a PPK with id "
                            + id().map(Identity::toString).orElseThrow() + ", or set ppk_required = no",
                    place()));
        }
    }

    @Override
    public void processRequest(InboundMessage request) {
        agreed = !ppks.isEmpty() && isAskedFor(request);
    }

    @Override
    public void buildResponse(List<Payload> response) {
        if (agreed) {
            response.add(NotifyPayload.of(NotifyType.USE_PPK));
        }
    }

    private static boolean isAskedFor(InboundMessage message) {
        return message.notify(NotifyType.USE_PPK).isPresent();
    }

    private boolean isOffered() {
        return id().flatMap(id -> ppks.find(id.data())).isPresent();
    }

    private boolean isRequired() {
        return connection.filter(c -> c.ppk().required()).isPresent();
    }

    private Optional<Identity> id() {
        return connection.flatMap(c -> c.ppk().id());
    }

    private Optional<SourceRef> place() {
        return connection.map(c -> c.place(id().isPresent() ? "ppk_id" : "ppk_required"));
    }
}
