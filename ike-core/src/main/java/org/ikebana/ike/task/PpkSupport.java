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

/**
 * The USE_PPK_INT and USE_PPK notifies of IKE_SA_INIT (RFC 9867, RFC 8784 3): an initiator may offer both, and the responder
 * takes one, the former if it can.
 */
public final class PpkSupport implements Task {
    private final Optional<ConnectionConfig> connection;
    private final Ppks ppks;
    private final boolean mayBeEarly;
    private PpkUse agreed = PpkUse.NONE;

    private PpkSupport(Optional<ConnectionConfig> connection, Ppks ppks, boolean mayBeEarly) {
        this.connection = connection;
        this.ppks = ppks;
        this.mayBeEarly = mayBeEarly;
    }

    /** @param mayBeEarly in IKE_INTERMEDIATE, too */
    public static PpkSupport initiator(ConnectionConfig connection, Ppks ppks, boolean mayBeEarly) {
        return new PpkSupport(Optional.of(connection), ppks, mayBeEarly);
    }

    /**
     * Its connection is not known yet.
     *
     * @param mayBeEarly in IKE_INTERMEDIATE, too
     */
    public static PpkSupport responder(Ppks ppks, boolean mayBeEarly) {
        return new PpkSupport(Optional.empty(), ppks, mayBeEarly);
    }

    /** After the exchange. */
    public PpkUse agreed() {
        return agreed;
    }

    /** An initiator's offer takes IKE_INTERMEDIATE exchanges. */
    public boolean needsIntermediate() {
        return mayBeEarly && isOffered();
    }

    /** @throws ExchangeException where one is required and there is none */
    @Override
    public void buildRequest(List<Payload> request) throws ExchangeException {
        if (isOffered()) {
            if (mayBeEarly) {
                request.add(NotifyPayload.of(NotifyType.USE_PPK_INT));
            }
            if (mayBeInAuth()) {
                request.add(NotifyPayload.of(NotifyType.USE_PPK));
            }
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
        agreed = isOffered() ? read(response) : PpkUse.NONE;
        if (agreed == PpkUse.NONE && isRequired()) {
            throw new ExchangeException(new Failure.PeerIncompatible(
                    "the peer uses no PPK ("
                            + (mayBeInAuth() ? "RFC 8784" : "RFC 9867, which further rounds ask for")
                            + "), and ppk_required asks for one; give it a PPK with id "
                            + id().map(Identity::toString).orElseThrow() + ", or set ppk_required = no",
                    place()));
        }
    }

    @Override
    public void processRequest(InboundMessage request) {
        agreed = ppks.isEmpty() ? PpkUse.NONE : read(request);
    }

    @Override
    public void buildResponse(List<Payload> response) {
        switch (agreed) {
            case NONE -> {}
            case IN_AUTH -> response.add(NotifyPayload.of(NotifyType.USE_PPK));
            case IN_INTERMEDIATE -> response.add(NotifyPayload.of(NotifyType.USE_PPK_INT));
        }
    }

    private PpkUse read(InboundMessage message) {
        boolean isEarly = mayBeEarly
                && message.notify(NotifyType.USE_PPK_INT).isPresent()
                && message.notify(NotifyType.INTERMEDIATE_EXCHANGE_SUPPORTED).isPresent();
        if (isEarly) {
            return PpkUse.IN_INTERMEDIATE;
        }
        return message.notify(NotifyType.USE_PPK).isPresent() && mayBeInAuth() ? PpkUse.IN_AUTH : PpkUse.NONE;
    }

    /** RFC 8784 does not say with which of several authentications it would come in, and peers differ. */
    private boolean mayBeInAuth() {
        return connection.filter(ConnectionConfig::isAuthenticatedSeveralTimes).isEmpty();
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
