package org.ikebana.ike.x509;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ocsp.OCSPResponseStatus;
import org.bouncycastle.asn1.x509.AccessDescription;
import org.bouncycastle.asn1.x509.AuthorityInformationAccess;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.ikebana.ike.crypto.CryptoRegistry;
import org.ikebana.ike.wire.Octets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OcspResponseTest {
    private static final CryptoRegistry CRYPTO = CryptoRegistry.standard();
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final Instant BEFORE = NOW.minus(Duration.ofHours(1));
    private static final Instant NEXT = NOW.plus(Duration.ofDays(1));
    private static final Octets NONCE = Octets.wrap(new byte[OcspRequest.NONCE_LENGTH]);

    private final TestAuthority root = TestAuthority.root("CN=Root");
    private final Certificate sun = root.issue("CN=sun", "P-256", builder -> {}).certificate();
    private final Certificate moon =
            root.issue("CN=moon", "P-256", builder -> {}).certificate();
    private List<Certificate> trusted = List.of();

    @Test
    void saysWhatIsRevokedSinceWhenAndWhy() throws Exception {
        TestResponder responder = TestResponder.of(root).during(BEFORE, NEXT).revoke(moon, CRLReason.superseded);
        assertThat(status(responder, sun)).isEqualTo(new CertificateStatus(Optional.empty(), NEXT));
        assertThat(status(responder, moon).revocation()).hasToString("Optional[on 1969-12-31T12:00:00Z (superseded)]");
    }

    /** RFC 6960 4.2.2.2. */
    @Test
    void isSignedByWhomTheIssuerHasEmpowered() throws Exception {
        assertThat(status(TestResponder.delegate(root, true), sun).revocation()).isEmpty();
        assertFault(TestResponder.delegate(root, false), sun, "has no extended key usage of OCSPSigning");
    }

    @Test
    void isNotSignedByAnotherAuthoritysResponder() {
        assertFault(
                TestResponder.delegate(TestAuthority.root("CN=Other"), true),
                sun,
                "its responder \"CN=Responder\" is certified by \"CN=Other\", not by \"CN=Root\"; put its certificate");
        assertFault(TestResponder.delegate(TestAuthority.root("CN=Root"), true), sun, "its responder is not trusted:");
    }

    @Test
    void mayBeSignedByWhomTheConfigurationTrusts() throws Exception {
        TestResponder responder = TestResponder.delegate(TestAuthority.root("CN=Other"), true);
        trusted = List.of(responder.certificate());
        assertThat(status(responder, sun).revocation()).isEmpty();
    }

    @Test
    void refusesAnImpostor() {
        assertFault(TestResponder.of(TestAuthority.root("CN=Root")), sun, "its signature is not of the key");
    }

    @Test
    void refusesWhatIsNotOfNow() {
        assertFault(
                TestResponder.of(root).during(BEFORE, NOW.minusSeconds(1)),
                sun,
                "it has expired on 2026-11-23T11:59:59Z");
        assertFault(TestResponder.of(root).during(NEXT, NEXT), sun, "it is not valid before");
    }

    @Test
    void refusesTheAnswerToAnotherRequest() throws Exception {
        Octets other = Octets.wrap("another nonce".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        Octets answer = TestResponder.of(root)
                .answer(OcspRequest.of(sun, root.certificate(), other).encoded());
        assertThatExceptionOfType(UnusableStatusException.class)
                .isThrownBy(() -> status(answer, sun))
                .withMessageContaining("the nonce is not ours");
    }

    /** Responders that make their answers in advance repeat none (RFC 5019 4). */
    @Test
    void aNonceNeedNotBeRepeated() throws Exception {
        assertThat(status(TestResponder.of(root).withoutNonce(), sun).revocation())
                .isEmpty();
    }

    @Test
    void refusesWhatIsAboutAnother() throws Exception {
        Octets answer = TestResponder.of(root)
                .answer(OcspRequest.of(moon, root.certificate(), NONCE).encoded());
        assertThatExceptionOfType(UnusableStatusException.class)
                .isThrownBy(() -> status(answer, sun))
                .withMessageContaining("it says nothing of this certificate");
    }

    @Test
    void theResponderMayNotKnow() {
        assertFault(TestResponder.of(root).forget(sun), sun, "the responder does not know this certificate");
    }

    @ParameterizedTest
    @ValueSource(ints = {OCSPResponseStatus.TRY_LATER, OCSPResponseStatus.UNAUTHORIZED})
    void theResponderMayRefuse(int status) {
        Octets answer = Octets.copyOf((byte) 0x30, (byte) 3, (byte) 10, (byte) 1, (byte) status);
        assertThatExceptionOfType(UnusableStatusException.class)
                .isThrownBy(() -> OcspResponse.decode(answer))
                .withMessage("the responder answers "
                        + (status == OCSPResponseStatus.TRY_LATER ? "tryLater" : "unauthorized"));
    }

    @Test
    void refusesWhatIsNone() {
        assertThatExceptionOfType(UnusableStatusException.class)
                .isThrownBy(() -> OcspResponse.decode(sun.encoded()))
                .withMessage("it is no OCSP response, or a malformed one");
        assertThatExceptionOfType(UnusableStatusException.class)
                .isThrownBy(() -> OcspResponse.decode(Octets.wrap(new byte[OcspResponse.MAX_LENGTH + 1])))
                .withMessage("it has 65537 octets; at most 65536 are read");
    }

    @Test
    void certificatesSayWhereRespondersAre() {
        var access = new AuthorityInformationAccess(new AccessDescription[] {
            new AccessDescription(
                    AccessDescription.id_ad_caIssuers,
                    new GeneralName(GeneralName.uniformResourceIdentifier, "http://ca.example.org/")),
            new AccessDescription(
                    AccessDescription.id_ad_ocsp,
                    new GeneralName(GeneralName.uniformResourceIdentifier, "http://ocsp.example.org/"))
        });
        Certificate star = root.issue(
                        "CN=star",
                        "P-256",
                        builder -> builder.addExtension(Extension.authorityInfoAccess, false, access))
                .certificate();
        assertThat(star.ocspUris()).containsExactly("http://ocsp.example.org/");
    }

    private CertificateStatus status(TestResponder responder, Certificate subject) throws UnusableStatusException {
        return status(
                responder.answer(
                        OcspRequest.of(subject, root.certificate(), NONCE).encoded()),
                subject);
    }

    private CertificateStatus status(Octets answer, Certificate subject) throws UnusableStatusException {
        return OcspResponse.decode(answer)
                .status(subject, root.certificate(), trusted, Optional.of(NONCE), NOW, CRYPTO);
    }

    private void assertFault(TestResponder responder, Certificate subject, String fault) {
        assertThatExceptionOfType(UnusableStatusException.class)
                .isThrownBy(() -> status(responder, subject))
                .withMessageContaining(fault);
    }
}
