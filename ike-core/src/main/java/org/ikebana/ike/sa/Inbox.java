package org.ikebana.ike.sa;

import java.util.List;
import java.util.Optional;
import org.ikebana.ike.event.DatagramDrop;
import org.ikebana.ike.kernel.Datagram;
import org.ikebana.ike.task.InboundMessage;
import org.ikebana.ike.wire.Decoded;
import org.ikebana.ike.wire.DecodedChain;
import org.ikebana.ike.wire.EncryptedPayload;
import org.ikebana.ike.wire.IkeMessage;
import org.ikebana.ike.wire.MessageReader;
import org.ikebana.ike.wire.MessageRules;
import org.ikebana.ike.wire.NotifyPayload;
import org.ikebana.ike.wire.RuleViolation;

/** From a datagram to a message: read, decrypted, checked against the message rules. */
sealed interface Inbox {
    record Opened(InboundMessage message) implements Inbox {}

    /** Authentic, and wrong: a request is answered with the notify. */
    record Refused(InboundMessage request, NotifyPayload notification, String detail) implements Inbox {}

    record Dropped(DatagramDrop cause) implements Inbox {}

    /** @param keyed empty as long as messages are in clear */
    static Inbox open(Optional<KeyedSa> keyed, Datagram datagram) {
        return switch (MessageReader.read(datagram.payload())) {
            case Decoded.Accepted accepted -> open(keyed, datagram, accepted.message());
            case Decoded.Dropped dropped -> new Dropped(DatagramDrop.UNREADABLE);
            case Decoded.Answered answered -> new Dropped(DatagramDrop.UNREADABLE);
        };
    }

    private static Inbox open(Optional<KeyedSa> keyed, Datagram datagram, IkeMessage message) {
        Optional<RuleViolation> outer = MessageRules.checkOuter(message);
        boolean answerable = outer.map(RuleViolation::cause)
                .filter(RuleViolation.Cause.UNSUPPORTED_CRITICAL_PAYLOAD::equals)
                .isPresent();
        if (outer.isPresent() && (keyed.isEmpty() || !answerable)) {
            return new Dropped(DatagramDrop.AGAINST_THE_RULES);
        }
        if (keyed.isEmpty()) {
            return new Opened(new InboundMessage(message.header(), message.payloads(), datagram));
        }
        if (!(message.payloads().getLast() instanceof EncryptedPayload encrypted)) {
            return new Dropped(DatagramDrop.AGAINST_THE_RULES);
        }
        return keyed.get()
                .channel()
                .open(datagram.payload(), encrypted)
                .map(chain -> opened(new InboundMessage(message.header(), List.of(), datagram), outer, chain))
                .orElseGet(() -> new Dropped(DatagramDrop.NOT_AUTHENTIC));
    }

    /** A critical payload beside the encrypted one is answered once the check value has been verified (RFC 7296 2.5). */
    private static Inbox opened(InboundMessage envelope, Optional<RuleViolation> outer, DecodedChain chain) {
        if (outer.isPresent()) {
            return new Refused(envelope, outer.get().notification(), outer.get().detail());
        }
        return switch (chain) {
            case DecodedChain.Refused refused -> new Refused(envelope, refused.notification(), refused.detail());
            case DecodedChain.Payloads inner ->
                MessageRules.checkInner(envelope.header(), inner.payloads())
                        .<Inbox>map(broken -> new Refused(envelope, broken.notification(), broken.detail()))
                        .orElseGet(() -> new Opened(
                                new InboundMessage(envelope.header(), inner.payloads(), envelope.datagram())));
        };
    }
}
