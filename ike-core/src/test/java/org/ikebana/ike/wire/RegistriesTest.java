package org.ikebana.ike.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers that IANA assigned, and records that hold what fits the wire. */
class RegistriesTest {
    @Test
    void payloadTypesAreFoundByCode() {
        assertThat(PayloadType.values())
                .extracting(PayloadType::code)
                .containsExactly(33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47, 48, 53);
        assertThat(PayloadType.values())
                .allSatisfy(type -> assertThat(PayloadType.of(type.code())).contains(type));
        assertThat(List.of(-1, 0, 1, 32, 49, 52, 54, 255))
                .allSatisfy(code -> assertThat(PayloadType.of(code)).isEmpty());
    }

    @Test
    void exchangeTypesAreFoundByCode() {
        assertThat(ExchangeType.values()).extracting(ExchangeType::code).containsExactly(34, 35, 36, 37, 38, 43, 44);
        assertThat(ExchangeType.values())
                .allSatisfy(
                        exchange -> assertThat(ExchangeType.of(exchange.code())).contains(exchange));
        assertThat(ExchangeType.of(33)).isEmpty();
        assertThat(Arrays.stream(ExchangeType.values()).filter(exchange -> !exchange.isProtected()))
                .containsExactly(ExchangeType.IKE_SA_INIT, ExchangeType.IKE_SESSION_RESUME);
    }

    @ParameterizedTest
    @CsvSource({
        "1, UNSUPPORTED_CRITICAL_PAYLOAD",
        "7, INVALID_SYNTAX",
        "14, NO_PROPOSAL_CHOSEN",
        "24, AUTHENTICATION_FAILED",
        "38, TS_UNACCEPTABLE",
        "43, TEMPORARY_FAILURE",
        "44, CHILD_SA_NOT_FOUND",
        "16384, INITIAL_CONTACT",
        "16388, NAT_DETECTION_SOURCE_IP",
        "16390, COOKIE",
        "16393, REKEY_SA",
        "16396, MOBIKE_SUPPORTED",
        "16400, UPDATE_SA_ADDRESSES",
        "16407, REDIRECT",
        "16412, TICKET_NACK",
        "16418, CHILDLESS_IKEV2_SUPPORTED",
        "16419, QUICK_CRASH_DETECTION",
        "16430, IKEV2_FRAGMENTATION_SUPPORTED",
        "16431, SIGNATURE_HASH_ALGORITHMS",
        "16435, USE_PPK",
        "16437, NO_PPK_AUTH",
        "16438, INTERMEDIATE_EXCHANGE_SUPPORTED",
        "16441, ADDITIONAL_KEY_EXCHANGE",
        "16443, SUPPORTED_AUTH_METHODS",
        "40960, NOTIFY_40960"
    })
    void notifyTypesHaveTheirNames(int type, String name) {
        assertThat(NotifyType.name(type)).isEqualTo(name);
        assertThat(NotifyType.isError(type)).isEqualTo(type < 16384);
        assertThat(NotifyPayload.of(type)).hasToString("N(" + name + ")");
    }

    @Test
    void keyLengthIsFound() {
        TransformSubstructure aes = TransformSubstructure.of(TransformType.ENCR, EncrId.AES_CBC, 256);
        TransformAttribute asTlv = new TransformAttribute(TransformAttribute.KEY_LENGTH, false, Octets.ofHex("0100"));

        assertThat(aes.keyBits()).isEqualTo(256);
        assertThat(aes.isUnderstood()).isTrue();
        assertThat(TransformSubstructure.of(TransformType.PRF, PrfId.HMAC_SHA1).keyBits())
                .isZero();
        assertThat(new TransformSubstructure(1, EncrId.AES_CBC, List.of(asTlv)).isUnderstood())
                .isFalse();
        assertThat(new TransformSubstructure(1, EncrId.AES_CBC, List.of(asTlv)).keyBits())
                .isZero();
    }

    @Test
    void anIdentitySaysWhatIsSigned() {
        assertThat(new IdPayload(PayloadType.IDI, 2, 0x010203, Octets.ofHex("61")).body())
                .isEqualTo(Octets.ofHex("0201020361"));
    }

    @Test
    void aNotifyPrintsWhatItIsAbout() {
        assertThat(new NotifyPayload(ProtocolId.ESP, Octets.ofInt(1), NotifyType.REKEY_SA, Octets.ofHex("0f")))
                .hasToString("N(REKEY_SA, SPI 00000001, 0f)");
    }

    @Test
    void whatDoesNotFitTheWireCannotBeMade() {
        Octets spi = Octets.ofInt(1);
        List<Runnable> impossible = List.of(
                () -> new KePayload(65536, spi),
                () -> new IdPayload(PayloadType.AUTH, 1, spi),
                () -> new TsPayload(PayloadType.SA, List.of()),
                () -> new SaPayload(List.of()),
                () -> new UnknownPayload(PayloadType.SA.code(), false, spi),
                () -> new UnknownPayload(PayloadType.NO_NEXT, false, spi),
                () -> new DeletePayload(ProtocolId.ESP, List.of(spi, Octets.ofLong(1))),
                () -> new DeletePayload(ProtocolId.ESP, List.of(Octets.EMPTY)),
                () -> new EncryptedFragmentPayload(0, 3, 2, spi),
                () -> new TransformAttribute(14, true, Octets.EMPTY),
                () -> new TrafficSelectorSubstructure(8, 0, 0, 0, spi, spi),
                () -> new UnknownSelectorSubstructure(7, 0, spi));

        assertThat(impossible)
                .allSatisfy(made -> assertThatIllegalArgumentException().isThrownBy(made::run));
    }

    @Test
    void payloadsAreFoundInAChain() {
        Payload certificate = new CertPayload(CertPayload.X509_SIGNATURE, Octets.EMPTY);
        Payload another = new CertPayload(CertPayload.CRL, Octets.EMPTY);
        NotifyPayload cookie = NotifyPayload.of(NotifyType.COOKIE);
        List<Payload> chain = List.of(certificate, cookie, another);

        assertThat(Payload.first(chain, CertPayload.class)).contains((CertPayload) certificate);
        assertThat(Payload.first(chain, KePayload.class)).isEmpty();
        assertThat(Payload.all(chain, CertPayload.class)).isEqualTo(List.of(certificate, another));
        assertThat(Payload.firstNotify(chain, NotifyType.COOKIE)).contains(cookie);
        assertThat(Payload.firstNotify(chain, NotifyType.COOKIE2)).isEmpty();
    }
}
