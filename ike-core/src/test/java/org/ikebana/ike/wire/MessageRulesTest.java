package org.ikebana.ike.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.ikebana.ike.wire.RuleViolation.Cause;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessageRulesTest {
    private static final Payload SK = new EncryptedPayload(PayloadType.NO_NEXT, Octets.EMPTY);
    private static final Payload ERROR = NotifyPayload.of(NotifyType.NO_PROPOSAL_CHOSEN);

    @ParameterizedTest(name = "{0} {1}: {2}")
    @CsvSource({
        "IKE_SA_INIT, request, SA KE NONCE",
        "IKE_SA_INIT, request, NOTIFY VENDOR_ID NONCE NOTIFY KE SA NOTIFY",
        "IKE_SA_INIT, response, SA KE NONCE CERTREQ CERTREQ NOTIFY",
        "IKE_SESSION_RESUME, request, NONCE NOTIFY",
        "IKE_SESSION_RESUME, response, NONCE",
        "IKE_INTERMEDIATE, request, KE",
        "IKE_INTERMEDIATE, response, ''",
        "IKE_AUTH, request, IDI CERT CERT CERTREQ IDR AUTH CP SA TSI TSR NOTIFY",
        "IKE_AUTH, request, IDI AUTH",
        "IKE_AUTH, request, EAP",
        "IKE_AUTH, request, AUTH",
        "IKE_AUTH, request, IDI CERT AUTH NOTIFY",
        "IKE_AUTH, request, NOTIFY",
        "IKE_AUTH, response, IDR EAP NOTIFY",
        "IKE_AUTH, response, EAP",
        "IKE_AUTH, response, SA TSI TSR",
        "IKE_AUTH, response, IDR CERT AUTH EAP",
        "IKE_AUTH, response, IDR AUTH CP SA TSI TSR NOTIFY",
        "CREATE_CHILD_SA, request, NOTIFY SA NONCE KE TSI TSR",
        "CREATE_CHILD_SA, request, SA NONCE KE",
        "CREATE_CHILD_SA, response, CP SA NONCE TSI TSR",
        "IKE_FOLLOWUP_KE, request, KE NOTIFY",
        "IKE_FOLLOWUP_KE, response, KE",
        "INFORMATIONAL, request, ''",
        "INFORMATIONAL, request, DELETE DELETE NOTIFY CP",
        "INFORMATIONAL, response, DELETE"
    })
    void theExchangesOfTheRfcsKeepTheRules(ExchangeType exchange, String direction, String payloads) {
        assertThat(check(exchange, direction, payloads)).isEmpty();
    }

    @ParameterizedTest(name = "{0} {1}: {2} is {3} {4}")
    @CsvSource({
        "IKE_SA_INIT, request, SA NONCE, MISSING, KE",
        "IKE_SA_INIT, request, SA SA KE NONCE, REPEATED, SA",
        "IKE_SA_INIT, request, SA KE NONCE CERTREQ, NOT_ALLOWED, CERTREQ",
        "IKE_SA_INIT, response, SA KE NONCE AUTH, NOT_ALLOWED, AUTH",
        "IKE_SA_INIT, response, '', MISSING, SA",
        "IKE_SESSION_RESUME, request, NOTIFY, MISSING, NONCE",
        "IKE_INTERMEDIATE, request, KE KE, REPEATED, KE",
        "IKE_AUTH, request, IDI IDI AUTH, REPEATED, IDI",
        "IKE_AUTH, request, IDI AUTH SA TSI, MISSING, TSR",
        "IKE_AUTH, request, IDI AUTH KE, NOT_ALLOWED, KE",
        "IKE_AUTH, request, IDI AUTH SA TSI TSR NOTIFY DELETE, NOT_ALLOWED, DELETE",
        "IKE_AUTH, response, IDI AUTH, NOT_ALLOWED, IDI",
        "IKE_AUTH, request, EAP AUTH, NOT_ALLOWED, AUTH",
        "IKE_AUTH, request, IDI EAP, NOT_ALLOWED, IDI",
        "IKE_AUTH, response, AUTH EAP SA TSI TSR, NOT_ALLOWED, SA",
        "IKE_AUTH, response, IDR AUTH TSI TSR, MISSING, SA",
        "CREATE_CHILD_SA, request, SA TSI TSR, MISSING, NONCE",
        "CREATE_CHILD_SA, request, SA NONCE TSR, MISSING, TSI",
        "CREATE_CHILD_SA, response, NOTIFY, MISSING, SA",
        "CREATE_CHILD_SA, response, SA NONCE AUTH, NOT_ALLOWED, AUTH",
        "IKE_FOLLOWUP_KE, request, NOTIFY, MISSING, KE",
        "INFORMATIONAL, request, SA, NOT_ALLOWED, SA",
        "INFORMATIONAL, response, CP CP, REPEATED, CP"
    })
    void otherMessagesBreakThem(
            ExchangeType exchange, String direction, String payloads, Cause cause, PayloadType type) {
        assertThat(check(exchange, direction, payloads)).hasValueSatisfying(violation -> {
            assertThat(violation.cause()).isEqualTo(cause);
            assertThat(violation.payloadType()).isEqualTo(type.code());
            assertThat(violation.detail()).startsWith(exchange + " " + direction + ": the " + type + " payload ");
            assertThat(violation.notification()).isEqualTo(NotifyPayload.of(NotifyType.INVALID_SYNTAX));
        });
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource({
        "IKE_SA_INIT, INVALID_KE_PAYLOAD",
        "IKE_SA_INIT, COOKIE",
        "IKE_SA_INIT, REDIRECT",
        "IKE_SESSION_RESUME, TICKET_NACK",
        "IKE_AUTH, TS_UNACCEPTABLE",
        "CREATE_CHILD_SA, TEMPORARY_FAILURE",
        "IKE_FOLLOWUP_KE, STATE_NOT_FOUND"
    })
    void aResponseThatRefusesMayBeIncomplete(ExchangeType exchange, String notification) throws Exception {
        NotifyPayload notify =
                NotifyPayload.of(NotifyType.class.getField(notification).getInt(null));
        List<Payload> payloads = List.of(notify);

        assertThat(exchange.isProtected() ? checkInner(exchange, true, payloads) : checkOuter(exchange, true, payloads))
                .isEmpty();
    }

    @Test
    void aRequestMayNotBeIncompleteWithAnError() {
        assertThat(checkInner(ExchangeType.CREATE_CHILD_SA, false, List.of(ERROR)))
                .isPresent();
    }

    @Test
    void unknownPayloadsMayStandAnywhereUnlessCritical() {
        Payload skipped = new UnknownPayload(200, false, Octets.EMPTY);
        Payload critical = new UnknownPayload(201, true, Octets.EMPTY);

        assertThat(checkInner(ExchangeType.INFORMATIONAL, false, List.of(skipped)))
                .isEmpty();
        assertThat(checkOuter(ExchangeType.INFORMATIONAL, false, List.of(skipped, SK)))
                .isEmpty();
        assertUnsupported(checkInner(ExchangeType.INFORMATIONAL, false, List.of(skipped, critical)));
        assertUnsupported(checkOuter(ExchangeType.INFORMATIONAL, false, List.of(critical, SK)));
        assertUnsupported(checkOuter(ExchangeType.IKE_SA_INIT, false, List.of(critical)));
    }

    @Test
    void noncesHaveTheirLength() {
        assertThat(nonceOf(15))
                .hasValueSatisfying(violation -> assertThat(violation.cause()).isEqualTo(Cause.NONCE_LENGTH));
        assertThat(nonceOf(16)).isEmpty();
        assertThat(nonceOf(256)).isEmpty();
        assertThat(nonceOf(257)).isPresent();
    }

    @Test
    void aProtectedExchangeConsistsOfAnEncryptedPayload() {
        Payload skf = new EncryptedFragmentPayload(0, 1, 1, Octets.EMPTY);
        Payload vendorId = new VendorIdPayload(Octets.EMPTY);

        assertThat(checkOuter(ExchangeType.IKE_AUTH, false, List.of(SK))).isEmpty();
        assertThat(checkOuter(ExchangeType.IKE_AUTH, false, List.of(vendorId, skf)))
                .isEmpty();
        assertCause(checkOuter(ExchangeType.IKE_AUTH, false, List.of(ERROR, SK)), Cause.NOT_ALLOWED);
        assertCause(checkOuter(ExchangeType.IKE_AUTH, false, List.of()), Cause.NOT_PROTECTED);
        assertCause(checkOuter(ExchangeType.INFORMATIONAL, true, List.of()), Cause.NOT_PROTECTED);
        assertCause(
                checkOuter(
                        ExchangeType.IKE_AUTH, true, List.of(new UnreadPayload(PayloadType.IDR, Octets.EMPTY), ERROR)),
                Cause.NOT_PROTECTED);
    }

    @Test
    void anUnprotectedExchangeHasNoEncryptedPayload() {
        assertCause(checkOuter(ExchangeType.IKE_SA_INIT, false, List.of(SK)), Cause.NOT_ALLOWED);
    }

    @Test
    void errorsOutsideOfAnIkeSaAreInClear() {
        List<Payload> lost = List.of(NotifyPayload.of(NotifyType.INVALID_IKE_SPI));

        assertThat(checkOuter(ExchangeType.CREATE_CHILD_SA, true, lost)).isEmpty();
        assertThat(checkOuter(ExchangeType.INFORMATIONAL, true, lost)).isEmpty();
        assertCause(checkOuter(ExchangeType.CREATE_CHILD_SA, false, lost), Cause.NOT_PROTECTED);
        assertThat(MessageRules.checkOuter(new IkeMessage(
                        IkeHeader.of(0, 0, ExchangeType.INFORMATIONAL, true, false, 0),
                        List.of(NotifyPayload.of(NotifyType.INVALID_SPI, Octets.ofInt(1))))))
                .isEmpty();
    }

    @Test
    void theHeaderMustFitTheExchange() {
        assertWrongHeader(IkeHeader.of(1, 0, ExchangeType.IKE_SA_INIT, false, false, 0));
        assertWrongHeader(IkeHeader.of(1, 0, ExchangeType.IKE_SA_INIT, true, true, 0));
        assertWrongHeader(IkeHeader.of(1, 0, ExchangeType.IKE_SA_INIT, true, false, 1));
        assertWrongHeader(IkeHeader.of(0, 0, ExchangeType.IKE_SA_INIT, true, false, 0));
        assertWrongHeader(IkeHeader.of(0, 2, ExchangeType.INFORMATIONAL, true, true, 5));
    }

    @Test
    void anUnknownExchangeHasNoRules() {
        IkeHeader header = new IkeHeader(1, 2, 2, 0, 240, true, false, false, 3);

        assertCause(MessageRules.checkOuter(new IkeMessage(header, List.of(SK))), Cause.UNKNOWN_EXCHANGE);
        assertCause(MessageRules.checkInner(header, List.of()), Cause.UNKNOWN_EXCHANGE);
    }

    private static Optional<RuleViolation> check(ExchangeType exchange, String direction, String payloads) {
        List<Payload> chain = new ArrayList<>();
        Arrays.stream(payloads.split(" ", -1))
                .filter(name -> !name.isEmpty())
                .forEach(name -> chain.add(RandomMessages.plain(PayloadType.valueOf(name))));
        boolean response = direction.equals("response");
        return exchange.isProtected() ? checkInner(exchange, response, chain) : checkOuter(exchange, response, chain);
    }

    private static Optional<RuleViolation> nonceOf(int length) {
        Payload nonce = new NoncePayload(Octets.wrap(new byte[length]));
        return checkOuter(ExchangeType.IKE_SESSION_RESUME, false, List.of(nonce));
    }

    private static Optional<RuleViolation> checkInner(ExchangeType exchange, boolean response, List<Payload> chain) {
        return MessageRules.checkInner(IkeHeader.of(1, 2, exchange, !response, response, 0), chain);
    }

    private static Optional<RuleViolation> checkOuter(ExchangeType exchange, boolean response, List<Payload> chain) {
        return MessageRules.checkOuter(new IkeMessage(IkeHeader.of(1, 2, exchange, !response, response, 0), chain));
    }

    private static void assertWrongHeader(IkeHeader header) {
        assertCause(MessageRules.checkOuter(new IkeMessage(header, List.of(SK))), Cause.HEADER);
    }

    private static void assertUnsupported(Optional<RuleViolation> violation) {
        assertCause(violation, Cause.UNSUPPORTED_CRITICAL_PAYLOAD);
        assertThat(violation.orElseThrow().notification())
                .isEqualTo(NotifyPayload.of(NotifyType.UNSUPPORTED_CRITICAL_PAYLOAD, Octets.copyOf((byte) 201)));
    }

    private static void assertCause(Optional<RuleViolation> violation, Cause cause) {
        assertThat(violation).map(RuleViolation::cause).contains(cause);
    }
}
