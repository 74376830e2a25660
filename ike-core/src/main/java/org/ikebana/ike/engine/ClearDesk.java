package org.ikebana.ike.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ikebana.ike.event.DatagramDrop;
import org.ikebana.ike.kernel.Datagram;
import org.ikebana.ike.kernel.Spi;
import org.ikebana.ike.sa.IkeSa;
import org.ikebana.ike.sa.SaServices;
import org.ikebana.ike.task.CrashTokens;
import org.ikebana.ike.task.InboundMessage;
import org.ikebana.ike.task.Role;
import org.ikebana.ike.wire.Decoded;
import org.ikebana.ike.wire.EncryptedFragmentPayload;
import org.ikebana.ike.wire.EncryptedPayload;
import org.ikebana.ike.wire.ExchangeType;
import org.ikebana.ike.wire.IkeHeader;
import org.ikebana.ike.wire.IkeMessage;
import org.ikebana.ike.wire.MessageReader;
import org.ikebana.ike.wire.MessageRules;
import org.ikebana.ike.wire.MessageWriter;
import org.ikebana.ike.wire.NotifyPayload;
import org.ikebana.ike.wire.NotifyType;
import org.ikebana.ike.wire.Octets;
import org.ikebana.ike.wire.Payload;

/**
 * What has to be said in clear, as one end has lost the SA: we tell a peer that asks (RFC 7296 1.5, 2.21.4), and hear what another
 * one tells us. With a token it is a proof (RFC 6290), without one a hint. Anybody may send such messages: both are limited.
 */
final class ClearDesk {
    /** RFC 6290 4.5 wants four at the least. */
    private static final int MOST_TOKENS = 4;

    private final SaServices services;
    private final IkeSaTable ikeSas;
    private final Optional<CrashTokens> tokens;
    private final ClearRates answers;
    private final ClearRates hints;

    ClearDesk(SaServices services, IkeSaTable ikeSas) {
        this.services = services;
        this.ikeSas = ikeSas;
        this.tokens = CrashTokens.of(services.crypto(), services.settings());
        this.answers = new ClearRates(services.environment());
        this.hints = new ClearRates(services.environment());
    }

    /** A message that belongs to no IKE SA. Responses, and what is not protected, are never answered. */
    void onUnknownSpi(Datagram datagram, IkeHeader header) {
        boolean mayBeAnswered = !header.response() && header.initiatorSpi() != 0 && header.responderSpi() != 0;
        if (!mayBeAnswered || !isProtected(datagram)) {
            return;
        }
        if (!answers.takes(datagram.remote().getAddress())) {
            services.listener().dropped(DatagramDrop.CLEAR_LIMIT);
            return;
        }
        // Of an IKE SA that lives, or will in a moment, a token must not be out (RFC 6290 9.2). Whoever turns the I
        // flag round has
        // us look under the wrong one of its SPIs.
        if (ikeSas.isHere(header.initiatorSpi()) || ikeSas.isHere(header.responderSpi())) {
            return;
        }
        List<Payload> answer = new ArrayList<>();
        answer.add(NotifyPayload.of(NotifyType.INVALID_IKE_SPI));
        if (isOfEstablished(header)) {
            Role ours = header.initiator() ? Role.RESPONDER : Role.INITIATOR;
            tokens.ifPresent(t -> answer.add(t.of(header.initiatorSpi(), header.responderSpi(), ours)));
        }
        byte[] message = MessageWriter.write(new IkeMessage(header.answer(), answer));
        services.environment().send(new Datagram(datagram.local(), datagram.remote(), message));
    }

    /** Takes INVALID_IKE_SPI and INVALID_SPI in clear. False if the message is something else. */
    boolean takes(Datagram datagram, IkeHeader header) {
        if (!(MessageReader.read(datagram.payload()) instanceof Decoded.Accepted accepted)
                || MessageRules.checkOuter(accepted.message()).isPresent()) {
            return false;
        }
        InboundMessage message = new InboundMessage(header, accepted.message().payloads(), datagram);
        boolean isOfIke =
                header.response() && message.notify(NotifyType.INVALID_IKE_SPI).isPresent();
        Optional<Octets> espSpi = message.notify(NotifyType.INVALID_SPI)
                .map(NotifyPayload::data)
                .filter(spi -> spi.length() == Integer.BYTES && !header.response());
        if (!isOfIke && espSpi.isEmpty()) {
            return false;
        }
        if (!hints.takes(datagram.remote().getAddress())) {
            services.listener().dropped(DatagramDrop.CLEAR_LIMIT);
            return true;
        }
        List<IkeSa> meant =
                isOfIke ? ikeSa(header) : parents(espSpi.orElseThrow().toInt());
        if (meant.isEmpty()) {
            services.listener().dropped(DatagramDrop.UNKNOWN_SPI);
        }
        meant.forEach(sa -> sa.onHint(tokensOf(message)));
        return true;
    }

    /** Before IKE_AUTH is over nobody has a token. */
    private static boolean isOfEstablished(IkeHeader header) {
        ExchangeType exchange = header.exchange().orElse(ExchangeType.IKE_SA_INIT);
        return switch (exchange) {
            case INFORMATIONAL, CREATE_CHILD_SA, IKE_FOLLOWUP_KE -> true;
            case IKE_SA_INIT, IKE_AUTH, IKE_INTERMEDIATE, IKE_SESSION_RESUME -> false;
        };
    }

    private static boolean isProtected(Datagram datagram) {
        return MessageReader.read(datagram.payload()) instanceof Decoded.Accepted accepted
                && MessageRules.checkOuter(accepted.message()).isEmpty()
                && isEncrypted(accepted.message().payloads().getLast());
    }

    private static boolean isEncrypted(Payload last) {
        return last instanceof EncryptedPayload || last instanceof EncryptedFragmentPayload;
    }

    /** From whatever address it comes (RFC 6290 3). */
    private List<IkeSa> ikeSa(IkeHeader header) {
        return ikeSas.named(header.initiator() ? header.responderSpi() : header.initiatorSpi()).stream()
                .filter(s -> s.id().initiatorSpi() == header.initiatorSpi())
                .filter(s -> s.id().responderSpi() == header.responderSpi())
                .filter(s -> (s.id().role() == Role.RESPONDER) == header.initiator())
                .toList();
    }

    /** The IKE SAs whose children send with this SPI: it is the other end's, and two may have chosen the same. */
    private List<IkeSa> parents(int outboundSpi) {
        return services.tables().spis().ikeSas(new Spi(outboundSpi)).stream()
                .filter(sa -> sa.childSas().stream()
                        .anyMatch(child -> child.outbound().spi().value() == outboundSpi))
                .toList();
    }

    private static List<Octets> tokensOf(InboundMessage message) {
        return message.all(NotifyPayload.class).stream()
                .filter(notify -> notify.notifyType() == NotifyType.QUICK_CRASH_DETECTION)
                .limit(MOST_TOKENS)
                .map(NotifyPayload::data)
                .toList();
    }
}
