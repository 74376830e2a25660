package org.ikebana.ike.sa;

import java.security.MessageDigest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.ikebana.ike.crypto.Secret;
import org.ikebana.ike.event.DatagramDrop;
import org.ikebana.ike.task.CrashTokenExchange;
import org.ikebana.ike.task.CrashTokens;
import org.ikebana.ike.task.InboundMessage;
import org.ikebana.ike.task.Role;
import org.ikebana.ike.wire.ExchangeType;
import org.ikebana.ike.wire.NotifyPayload;
import org.ikebana.ike.wire.Octets;

/**
 * Whether the peer has lost an IKE SA: its token proves it (RFC 6290), anything else in clear is a hint, upon which it is asked
 * (RFC 7296 2.4).
 */
final class CrashDetection {
    /** A hint costs who sends it nothing; we do no more about one IKE SA than that. */
    private static final Duration BETWEEN_HINTS = Duration.ofSeconds(10);

    private final IkeSa sa;
    private final SaServices services;
    private final Established established;
    private Optional<Secret> theirs = Optional.empty();
    private Optional<Long> hintedAt = Optional.empty();

    CrashDetection(IkeSa sa, SaServices services, Established established) {
        this.sa = sa;
        this.services = services;
        this.established = established;
    }

    /** What we tell the peer about an IKE SA, if anything. */
    static Optional<NotifyPayload> ownToken(SaServices services, IkeSaId id) {
        return CrashTokens.of(services.crypto(), services.settings())
                .map(tokens -> tokens.of(id.initiatorSpi(), id.responderSpi(), id.role()));
    }

    /** The peer's, as it was told in protection; it takes the place of the one before (RFC 6290 4.4). */
    void keep(Optional<Secret> token) {
        if (token.isEmpty()) {
            return;
        }
        forget();
        if (services.settings().quickCrashDetection()) {
            theirs = token;
        } else {
            token.get().close();
        }
    }

    void onRequest(InboundMessage request) {
        keep(CrashTokenExchange.read(request));
    }

    /** Who has asked for a new IKE SA tells its token in an exchange of its own (RFC 6290 4.3). */
    void announce() {
        Optional<NotifyPayload> own = ownToken(services, sa.id());
        if (own.isPresent() && sa.id().role() == Role.INITIATOR) {
            established
                    .queue()
                    .addFirst(new ExchangeQueue.Exchange(
                            ExchangeType.INFORMATIONAL,
                            ExchangeQueue.Subject.OTHER,
                            now -> Optional.of(new CrashTokenExchange(own)),
                            (now, failure) -> now.warn(failure.sentence())));
        }
    }

    /**
     * The peer says, in clear, that it does not know this IKE SA or one of its children.
     *
     * @param tokens any of which may be the one (RFC 6290 4.5)
     */
    void onHint(List<Octets> tokens) {
        if (theirs.filter(token -> isAmong(tokens, token)).isPresent()) {
            sa.close(CloseCause.CRASHED);
            return;
        }
        if (!tokens.isEmpty() && theirs.isPresent()) {
            sa.drop(DatagramDrop.WRONG_TOKEN);
        }
        long now = services.environment().nanoTime();
        if (hintedAt.filter(at -> now - at < BETWEEN_HINTS.toNanos()).isEmpty()) {
            hintedAt = Optional.of(now);
            established.checkLiveness();
        }
    }

    void forget() {
        theirs.ifPresent(Secret::close);
        theirs = Optional.empty();
    }

    /** All of them are looked at, each in constant time. */
    private static boolean isAmong(List<Octets> tokens, Secret wanted) {
        boolean found = false;
        for (Octets token : tokens) {
            found |= MessageDigest.isEqual(token.toByteArray(), wanted.bytes());
        }
        return found;
    }
}
