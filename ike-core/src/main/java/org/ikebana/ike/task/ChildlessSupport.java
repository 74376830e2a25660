package org.ikebana.ike.task;

import java.util.List;
import java.util.Optional;
import org.ikebana.ike.connection.Childless;
import org.ikebana.ike.connection.ConnectionConfig;
import org.ikebana.ike.connection.SourceRef;
import org.ikebana.ike.event.Failure;
import org.ikebana.ike.wire.NotifyPayload;
import org.ikebana.ike.wire.NotifyType;
import org.ikebana.ike.wire.Octets;
import org.ikebana.ike.wire.Payload;
import org.ikebana.ike.wire.ProtocolId;
import org.ikebana.ike.wire.SaPayload;

/**
 * IKE SAs that begin without a child SA (RFC 6023): the responder's CHILDLESS_IKEV2_SUPPORTED notify of IKE_SA_INIT, and what
 * either end makes of it in IKE_AUTH.
 */
public final class ChildlessSupport implements Task {
    private final List<Childless> configured;
    private boolean announced;

    /** @param configured of the connection, or of all that a responder may yet be talking on */
    public ChildlessSupport(List<Childless> configured) {
        this.configured = List.copyOf(configured);
    }

    /** After the exchange: an initiator's peer takes such an IKE_AUTH. */
    public boolean agreed() {
        return announced;
    }

    @Override
    public void buildRequest(List<Payload> request) {
        // it is the responder's to say (RFC 6023 3)
    }

    @Override
    public void processResponse(InboundMessage response) {
        announced = response.notify(NotifyType.CHILDLESS_IKEV2_SUPPORTED).isPresent();
    }

    @Override
    public void processRequest(InboundMessage request) {
        announced = configured.stream().anyMatch(policy -> policy != Childless.NEVER);
    }

    /** Its protocol ID is that of IKE (RFC 6023 4). */
    @Override
    public void buildResponse(List<Payload> response) {
        if (announced) {
            response.add(new NotifyPayload(
                    ProtocolId.IKE, Octets.EMPTY, NotifyType.CHILDLESS_IKEV2_SUPPORTED, Octets.EMPTY));
        }
    }

    /**
     * Whether an initiator's IKE_AUTH goes without the child that it could ask for.
     *
     * @param isAnnounced by the peer
     * @param isChildWanted there is one to ask for
     * @throws ExchangeException where it would have to and the peer does not take it
     */
    public static boolean leavesOutChild(ConnectionConfig connection, boolean isAnnounced, boolean isChildWanted)
            throws ExchangeException {
        boolean must = connection.childless() == Childless.FORCE || !isChildWanted;
        if (must && !isAnnounced) {
            throw new ExchangeException(new Failure.PeerIncompatible(
                    "the peer takes no IKE SA without a child (RFC 6023), and "
                            + (isChildWanted ? "childless = force asks for one" : "no child is asked for")
                            + "; allow it there, or " + (isChildWanted ? "set childless = prefer" : "begin a child"),
                    place(connection)));
        }
        return must || (connection.childless() == Childless.PREFER && isAnnounced);
    }

    /**
     * A responder's, once it knows its connection.
     *
     * @throws ExchangeException where IKE_AUTH has a child and must not, or lacks one and must not (RFC 6023 3)
     */
    public static void check(ConnectionConfig connection, InboundMessage auth) throws ExchangeException {
        boolean hasChild = auth.first(SaPayload.class).isPresent();
        if (hasChild && connection.childless() == Childless.FORCE) {
            throw new ExchangeException(new Failure.PeerIncompatible(
                    "the peer asks for a child SA in IKE_AUTH, and childless = force takes IKE SAs without one alone;"
                            + " set childless = force there, too",
                    place(connection)));
        }
        if (!hasChild && connection.childless() == Childless.NEVER) {
            throw new ExchangeException(new Failure.PeerIncompatible(
                    "the peer begins an IKE SA without a child SA, which childless = never forbids",
                    place(connection)));
        }
    }

    private static Optional<SourceRef> place(ConnectionConfig connection) {
        return Optional.ofNullable(connection.places().get("childless"));
    }
}
