package org.ikebana.ike.task;

import java.security.MessageDigest;
import java.util.List;
import java.util.Optional;
import org.ikebana.ike.auth.Identity;
import org.ikebana.ike.auth.Ppk;
import org.ikebana.ike.auth.Ppks;
import org.ikebana.ike.crypto.KeySchedule;
import org.ikebana.ike.event.Failure;
import org.ikebana.ike.wire.NotifyPayload;
import org.ikebana.ike.wire.NotifyType;
import org.ikebana.ike.wire.Octets;
import org.ikebana.ike.wire.Payload;
import org.jspecify.annotations.Nullable;

/**
 * The PPK_IDENTITY_KEY notify of an initiator's last IKE_INTERMEDIATE request, and the PPK_IDENTITY notify that says which key
 * the responder has, too (RFC 9867).
 */
public final class PpkExchange implements Task {
    /** The first octets of a MAC, by which the responder sees that it has the same key under that PPK_ID. */
    private static final int CONFIRMATION_LENGTH = 8;

    /** More than these are not looked at. */
    private static final int MOST_OFFERS = 16;

    private final InitResult init;
    private final Ppks ppks;
    private final Optional<Identity> wanted;
    private final long initiatorSpi;
    private final long responderSpi;
    private @Nullable Mix mix;

    /** A key that is to be mixed in, and its PPK_ID. */
    public record Mix(Ppk ppk, Octets id) {}

    private PpkExchange(InitResult init, Ppks ppks, Optional<Identity> wanted, long initiatorSpi, long responderSpi) {
        this.init = init;
        this.ppks = ppks;
        this.wanted = wanted;
        this.initiatorSpi = initiatorSpi;
        this.responderSpi = responderSpi;
    }

    /** @param wanted of the connection */
    public static PpkExchange initiator(
            InitResult init, Ppks ppks, Optional<Identity> wanted, long initiatorSpi, long responderSpi) {
        return new PpkExchange(init, ppks, wanted, initiatorSpi, responderSpi);
    }

    public static PpkExchange responder(InitResult init, Ppks ppks, long initiatorSpi, long responderSpi) {
        return new PpkExchange(init, ppks, Optional.empty(), initiatorSpi, responderSpi);
    }

    /** After the exchange; empty where the two ends have no key in common. */
    public Optional<Mix> mix() {
        return Optional.ofNullable(mix);
    }

    /** Whether the message is about a PPK. */
    public static boolean isIn(InboundMessage request) {
        return request.notify(NotifyType.PPK_IDENTITY_KEY).isPresent();
    }

    @Override
    public void buildRequest(List<Payload> request) {
        offered()
                .ifPresent(offer -> request.add(
                        NotifyPayload.of(NotifyType.PPK_IDENTITY_KEY, join(offer.id(), confirmation(offer.ppk())))));
    }

    @Override
    public void processResponse(InboundMessage response) throws ExchangeException {
        Optional<NotifyPayload> answer = response.notify(NotifyType.PPK_IDENTITY);
        if (answer.isEmpty()) {
            return;
        }
        mix = offered()
                .filter(offer -> offer.id().equals(answer.get().data()))
                .orElseThrow(() -> new ExchangeException(new Failure.PeerMisbehaved("the peer chose the PPK "
                        + PpkId.text(answer.get().data()) + ", which was not offered to it")));
    }

    @Override
    public void processRequest(InboundMessage request) {
        mix = request.all(NotifyPayload.class).stream()
                .filter(notify -> notify.notifyType() == NotifyType.PPK_IDENTITY_KEY)
                .limit(MOST_OFFERS)
                .flatMap(notify -> shared(notify.data()).stream())
                .findFirst()
                .orElse(null);
    }

    @Override
    public void buildResponse(List<Payload> response) {
        if (mix != null) {
            response.add(NotifyPayload.of(NotifyType.PPK_IDENTITY, mix.id()));
        }
    }

    private Optional<Mix> offered() {
        return wanted.flatMap(id -> ppks.find(id.data()).map(ppk -> new Mix(ppk, PpkId.toWire(id))));
    }

    /** The key that an offer names, where we have it and it is the same. */
    private Optional<Mix> shared(Octets offer) {
        int length = offer.length() - CONFIRMATION_LENGTH;
        if (length <= 0) {
            return Optional.empty();
        }
        Octets id = offer.slice(0, length);
        byte[] theirs = offer.slice(length, offer.length()).toByteArray();
        return PpkId.ofWire(id)
                .flatMap(ppks::find)
                .filter(ppk -> MessageDigest.isEqual(confirmation(ppk).toByteArray(), theirs))
                .map(ppk -> new Mix(ppk, id));
    }

    private Octets confirmation(Ppk ppk) {
        byte[] whole = KeySchedule.ppkConfirmation(
                init.algorithms().prf(),
                ppk.secret(),
                init.ni().toByteArray(),
                init.nr().toByteArray(),
                initiatorSpi,
                responderSpi);
        return Octets.copyOf(whole, 0, CONFIRMATION_LENGTH);
    }

    private static Octets join(Octets id, Octets confirmation) {
        byte[] joined = new byte[id.length() + confirmation.length()];
        id.copyTo(joined, 0);
        confirmation.copyTo(joined, id.length());
        return Octets.wrap(joined);
    }
}
