package org.ikebana.ike.wire;

import static org.ikebana.ike.wire.ExchangeType.CREATE_CHILD_SA;
import static org.ikebana.ike.wire.ExchangeType.IKE_AUTH;
import static org.ikebana.ike.wire.ExchangeType.IKE_FOLLOWUP_KE;
import static org.ikebana.ike.wire.ExchangeType.IKE_INTERMEDIATE;
import static org.ikebana.ike.wire.ExchangeType.IKE_SA_INIT;
import static org.ikebana.ike.wire.ExchangeType.IKE_SESSION_RESUME;
import static org.ikebana.ike.wire.ExchangeType.INFORMATIONAL;
import static org.ikebana.ike.wire.PayloadType.AUTH;
import static org.ikebana.ike.wire.PayloadType.CERT;
import static org.ikebana.ike.wire.PayloadType.CERTREQ;
import static org.ikebana.ike.wire.PayloadType.CP;
import static org.ikebana.ike.wire.PayloadType.DELETE;
import static org.ikebana.ike.wire.PayloadType.EAP;
import static org.ikebana.ike.wire.PayloadType.IDI;
import static org.ikebana.ike.wire.PayloadType.IDR;
import static org.ikebana.ike.wire.PayloadType.KE;
import static org.ikebana.ike.wire.PayloadType.NONCE;
import static org.ikebana.ike.wire.PayloadType.SA;
import static org.ikebana.ike.wire.PayloadType.TSI;
import static org.ikebana.ike.wire.PayloadType.TSR;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ikebana.ike.wire.RuleViolation.Cause;

/**
 * Which payload may stand in which exchange and direction, how often, protected or not (RFC 7296 1.2 to 1.5 and
 * appendix C, RFC 5723, RFC 7383, RFC 9242, RFC 9370, RFC 9593). The order of payloads does not matter (RFC 7296 2.5).
 */
public final class MessageRules {
    private static final Map<ExchangeType, MessageRule> REQUESTS = new EnumMap<>(ExchangeType.class);
    private static final Map<ExchangeType, MessageRule> RESPONSES = new EnumMap<>(ExchangeType.class);

    static {
        request(IKE_SA_INIT).once(SA, KE, NONCE);
        response(IKE_SA_INIT).once(SA, KE, NONCE).any(CERTREQ);

        request(IKE_SESSION_RESUME).once(NONCE);
        response(IKE_SESSION_RESUME).once(NONCE);

        request(IKE_INTERMEDIATE).atMostOnce(KE, IDI, IDR); // the identities as in IKE_AUTH later (RFC 9593 3.1)
        response(IKE_INTERMEDIATE).atMostOnce(KE).any(CERTREQ);

        // One rule for all rounds (RFC 7296 2.16, RFC 4739): an EAP payload comes in the middle, where an initiator
        // says nothing
        // else, and the responder nothing of the child, which the first request asks for and the last response has.
        request(IKE_AUTH)
                .atMostOnce(IDI, IDR, AUTH, EAP, CP, SA, TSI, TSR)
                .any(CERT, CERTREQ)
                .apart(EAP, IDI, IDR, AUTH, CERT, CERTREQ, CP, SA, TSI, TSR)
                .together(SA, TSI, TSR);
        response(IKE_AUTH)
                .atMostOnce(IDR, AUTH, EAP, CP, SA, TSI, TSR)
                .any(CERT)
                .apart(EAP, CP, SA, TSI, TSR)
                .together(SA, TSI, TSR);

        request(CREATE_CHILD_SA).once(SA, NONCE).atMostOnce(KE, CP, TSI, TSR).together(TSI, TSR);
        response(CREATE_CHILD_SA).once(SA, NONCE).atMostOnce(KE, CP, TSI, TSR).together(TSI, TSR);

        request(IKE_FOLLOWUP_KE).once(KE);
        response(IKE_FOLLOWUP_KE).once(KE);

        request(INFORMATIONAL).any(DELETE).atMostOnce(CP);
        response(INFORMATIONAL).any(DELETE).atMostOnce(CP);
    }

    private MessageRules() {}

    /**
     * Checks a message as it came, before decryption: of an unprotected exchange all of it, of a protected one that
     * nothing is in clear that should not be. An UNSUPPORTED_CRITICAL_PAYLOAD beside an encrypted payload is to be
     * answered, in protection, once the check value is verified (RFC 7296 2.5); whatever else is wrong is dropped.
     */
    public static Optional<RuleViolation> checkOuter(IkeMessage message) {
        Optional<ExchangeType> exchange = message.header().exchange();
        if (exchange.isEmpty()) {
            return unknownExchange(message.header());
        }
        Optional<RuleViolation> wrongHeader = checkHeader(message.header(), exchange.get());
        if (wrongHeader.isPresent()) {
            return wrongHeader;
        }
        if (!exchange.get().isProtected()) {
            return check(message.header(), message.payloads());
        }
        return PayloadChain.isEncrypted(message.payloads())
                ? checkBesideEncrypted(message.payloads())
                : checkErrorInClear(message, exchange.get());
    }

    /** Checks what an encrypted payload of a message carried. */
    public static Optional<RuleViolation> checkInner(IkeHeader header, List<Payload> inner) {
        return check(header, inner);
    }

    private static Optional<RuleViolation> check(IkeHeader header, List<Payload> payloads) {
        UnknownPayload critical = PayloadChain.firstCritical(payloads);
        if (critical != null) {
            return Optional.of(RuleViolation.unsupported(critical));
        }
        Map<ExchangeType, MessageRule> rules = header.response() ? RESPONSES : REQUESTS;
        Optional<MessageRule> rule = header.exchange().map(rules::get);
        return rule.isEmpty()
                ? unknownExchange(header)
                : rule.get().check(payloads, header.response() && refuses(payloads));
    }

    private static Optional<RuleViolation> checkHeader(IkeHeader header, ExchangeType exchange) {
        if (!exchange.isProtected() && header.initiator() == header.response()) {
            return wrongHeader(exchange + " that is sent by the wrong side");
        }
        if (!exchange.isProtected() && header.messageId() != 0) {
            return wrongHeader(exchange + " with message ID " + Integer.toUnsignedString(header.messageId()));
        }
        // Zero is allowed in a notification outside of an IKE SA alone (RFC 7296 1.5).
        if (header.initiatorSpi() == 0 && (exchange != INFORMATIONAL || header.response())) {
            return wrongHeader("an initiator SPI of zero");
        }
        return Optional.empty();
    }

    /** Only what is inside counts; a verified check value covers what stands before, too. */
    private static Optional<RuleViolation> checkBesideEncrypted(List<Payload> payloads) {
        UnknownPayload critical = PayloadChain.firstCritical(payloads);
        if (critical != null) {
            return Optional.of(RuleViolation.unsupported(critical));
        }
        for (Payload payload : payloads.subList(0, payloads.size() - 1)) {
            if (!(payload instanceof UnknownPayload || payload instanceof VendorIdPayload)) {
                String detail = "payload of type " + payload.typeCode() + " beside an encrypted one";
                return Optional.of(new RuleViolation(Cause.NOT_ALLOWED, payload.typeCode(), detail));
            }
        }
        return Optional.empty();
    }

    /** RFC 7296 1.5 and 2.21.4: responses that say why there is no SA, and INVALID_SPI out of the blue. */
    private static Optional<RuleViolation> checkErrorInClear(IkeMessage message, ExchangeType exchange) {
        for (Payload payload : message.payloads()) {
            if (!(payload instanceof NotifyPayload
                    || payload instanceof VendorIdPayload
                    || payload instanceof UnknownPayload)) {
                String detail = exchange + " with a payload of type " + payload.typeCode() + " in clear";
                return Optional.of(new RuleViolation(Cause.NOT_PROTECTED, payload.typeCode(), detail));
            }
        }
        boolean mayBe = message.header().response() || exchange == INFORMATIONAL;
        return mayBe && refuses(message.payloads())
                ? Optional.empty()
                : Optional.of(RuleViolation.of(Cause.NOT_PROTECTED, exchange + " in clear"));
    }

    /** Whether there is a Notify that stands for the payloads that are missing. */
    private static boolean refuses(List<Payload> payloads) {
        for (Payload payload : payloads) {
            if (payload instanceof NotifyPayload notify && (notify.isError() || putsOff(notify.notifyType()))) {
                return true;
            }
        }
        return false;
    }

    /** Status types that ask for another request or another peer (RFC 7296 2.6, RFC 5685, RFC 5723). */
    private static boolean putsOff(int notifyType) {
        return notifyType == NotifyType.COOKIE
                || notifyType == NotifyType.REDIRECT
                || notifyType == NotifyType.TICKET_NACK;
    }

    private static Optional<RuleViolation> unknownExchange(IkeHeader header) {
        return Optional.of(RuleViolation.of(Cause.UNKNOWN_EXCHANGE, "exchange type " + header.exchangeType()));
    }

    private static Optional<RuleViolation> wrongHeader(String detail) {
        return Optional.of(RuleViolation.of(Cause.HEADER, detail));
    }

    private static MessageRule request(ExchangeType exchange) {
        MessageRule rule = new MessageRule(exchange, false);
        REQUESTS.put(exchange, rule);
        return rule;
    }

    private static MessageRule response(ExchangeType exchange) {
        MessageRule rule = new MessageRule(exchange, true);
        RESPONSES.put(exchange, rule);
        return rule;
    }
}
