package org.ikebana.ike.sa;

import java.util.List;
import java.util.Optional;
import org.ikebana.ike.event.DatagramDrop;
import org.ikebana.ike.kernel.Datagram;
import org.ikebana.ike.task.InboundMessage;
import org.ikebana.ike.wire.Decoded;
import org.ikebana.ike.wire.DecodedChain;
import org.ikebana.ike.wire.EncryptedFragmentPayload;
import org.ikebana.ike.wire.EncryptedPayload;
import org.ikebana.ike.wire.ExchangeType;
import org.ikebana.ike.wire.IkeHeader;
import org.ikebana.ike.wire.IkeMessage;
import org.ikebana.ike.wire.IntermediateContent;
import org.ikebana.ike.wire.MessageReader;
import org.ikebana.ike.wire.MessageRules;
import org.ikebana.ike.wire.NotifyPayload;
import org.ikebana.ike.wire.Octets;
import org.ikebana.ike.wire.RuleViolation;

/** From a datagram to a message: read, decrypted, put together, checked against the message rules. */
sealed interface Inbox {
    record Opened(InboundMessage message) implements Inbox {}

    /** Authentic, and wrong: a request is answered with the notify. */
    record Refused(InboundMessage request, NotifyPayload notification, String detail) implements Inbox {}

    /** An authentic fragment of a message that is not complete yet. */
    record Incomplete() implements Inbox {}

    record Dropped(DatagramDrop cause) implements Inbox {}

    /**
     * @param keyed empty as long as messages are in clear
     * @param reassembly of messages of this direction
     */
    static Inbox open(Optional<KeyedSa> keyed, Reassembly reassembly, Datagram datagram) {
        return switch (MessageReader.read(datagram.payload())) {
            case Decoded.Accepted accepted -> open(keyed, reassembly, accepted.message(), datagram);
            case Decoded.Dropped dropped -> new Dropped(DatagramDrop.UNREADABLE);
            case Decoded.Answered answered -> new Dropped(DatagramDrop.UNREADABLE);
        };
    }

    /** Whether this is fragment 1 of a message, and authentic: what alone may repeat a request (RFC 7383 2.6.1). */
    static boolean isFirstFragment(KeyedSa keyed, Datagram datagram) {
        return MessageReader.read(datagram.payload()) instanceof Decoded.Accepted accepted
                && MessageRules.checkOuter(accepted.message()).isEmpty()
                && accepted.message().payloads().getLast() instanceof EncryptedFragmentPayload fragment
                && fragment.fragmentNumber() == 1
                && keyed.channel().open(datagram.payload(), fragment.body()).isPresent();
    }

    /** What a message says that is protected, authentic, right, and no fragment; else empty. */
    static Optional<InboundMessage> openWhole(KeyedSa keyed, Datagram datagram) {
        return MessageReader.read(datagram.payload()) instanceof Decoded.Accepted accepted
                        && MessageRules.checkOuter(accepted.message()).isEmpty()
                        && accepted.message().payloads().getLast() instanceof EncryptedPayload sk
                        && openSk(keyed, accepted.message(), sk, datagram) instanceof Opened opened
                ? Optional.of(opened.message())
                : Optional.empty();
    }

    private static Inbox openSk(KeyedSa keyed, IkeMessage message, EncryptedPayload sk, Datagram datagram) {
        return keyed.channel()
                .open(datagram.payload(), sk.body())
                .map(plain -> opened(message, datagram, sk.firstInner(), plain))
                .orElseGet(() -> new Dropped(DatagramDrop.NOT_AUTHENTIC));
    }

    private static Inbox open(Optional<KeyedSa> keyed, Reassembly reassembly, IkeMessage message, Datagram datagram) {
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
        return switch (message.payloads().getLast()) {
            case EncryptedPayload sk -> openSk(keyed.get(), message, sk, datagram);
            case EncryptedFragmentPayload skf ->
                collect(keyed.get(), reassembly, new Reassembly.Fragment(message, skf, datagram));
            default -> new Dropped(DatagramDrop.AGAINST_THE_RULES);
        };
    }

    private static Inbox collect(KeyedSa keyed, Reassembly reassembly, Reassembly.Fragment fragment) {
        if (!keyed.init().extensions().fragments().receives()) {
            return new Dropped(DatagramDrop.AGAINST_THE_RULES);
        }
        if (!reassembly.wants(fragment)) {
            return new Dropped(DatagramDrop.UNWANTED_FRAGMENT);
        }
        Optional<byte[]> plain = keyed.channel()
                .open(fragment.datagram().payload(), fragment.payload().body());
        if (plain.isEmpty()) {
            return new Dropped(DatagramDrop.NOT_AUTHENTIC);
        }
        return reassembly.add(fragment, plain.get()).map(Inbox::opened).orElseGet(Incomplete::new);
    }

    private static Inbox opened(Reassembly.Whole whole) {
        Reassembly.Fragment first = whole.first();
        return opened(first.message(), first.datagram(), first.payload().firstInner(), whole.plain());
    }

    /** A critical payload beside the encrypted one is answered once the check value has been verified (RFC 7296 2.5). */
    private static Inbox opened(IkeMessage outer, Datagram datagram, int firstInner, byte[] plain) {
        InboundMessage envelope = new InboundMessage(outer.header(), List.of(), datagram);
        Optional<RuleViolation> beside = MessageRules.checkOuter(outer);
        if (beside.isPresent()) {
            return new Refused(
                    envelope, beside.get().notification(), beside.get().detail());
        }
        return switch (MessageReader.readChain(firstInner, plain)) {
            case DecodedChain.Refused refused -> new Refused(envelope, refused.notification(), refused.detail());
            case DecodedChain.Payloads inner ->
                MessageRules.checkInner(envelope.header(), inner.payloads())
                        .<Inbox>map(broken -> new Refused(envelope, broken.notification(), broken.detail()))
                        .orElseGet(() -> new Opened(new InboundMessage(
                                outer.header(), inner.payloads(), datagram, content(outer.header(), datagram, plain))));
        };
    }

    private static Octets content(IkeHeader header, Datagram datagram, byte[] plain) {
        boolean isAuthenticatedLater =
                header.exchange().filter(ExchangeType.IKE_INTERMEDIATE::equals).isPresent();
        return isAuthenticatedLater ? IntermediateContent.of(datagram.payload(), plain) : Octets.EMPTY;
    }
}
