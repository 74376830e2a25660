package org.ikebana.ike.x509;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.ikebana.ike.crypto.CryptoRegistry;
import org.ikebana.ike.wire.Octets;
import org.junit.jupiter.api.Test;

class RevocationListTest {
    private static final CryptoRegistry CRYPTO = CryptoRegistry.standard();
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final Instant BEFORE = NOW.minus(Duration.ofDays(1));
    private static final Instant NEXT = NOW.plus(Duration.ofDays(6));
    private static final String POINT = "http://crl.example.org/root.crl";

    private final TestAuthority root = TestAuthority.root("CN=Root");
    private final Certificate sun = root.issue("CN=sun", "P-256", at(POINT)).certificate();
    private final Certificate moon = root.issue("CN=moon", "P-256", at(POINT)).certificate();

    @Test
    void saysWhichIsRevokedSinceWhenAndWhy() throws Exception {
        TestList list = list().revoke(moon, CRLReason.keyCompromise);
        assertThat(status(list, sun)).isEqualTo(new CertificateStatus(java.util.Optional.empty(), NEXT));
        assertThat(status(list, moon).revocation()).hasToString("Optional[on 1969-12-31T12:00:00Z (keyCompromise)]");
    }

    @Test
    void refusesAnExpiredOne() {
        TestList list = TestList.of(root, BEFORE, NOW.minusSeconds(1));
        assertFault(list, sun, "it has expired on 2026-11-23T11:59:59Z");
    }

    @Test
    void refusesOneOfTheFuture() {
        TestList list = TestList.of(root, NOW.plus(Duration.ofMinutes(6)), NEXT);
        assertFault(list, sun, "it is not valid before 2026-11-23T12:06:00Z");
    }

    @Test
    void allowsForClocksThatDiffer() throws Exception {
        assertThat(status(TestList.of(root, NOW.plus(Duration.ofMinutes(4)), NEXT), sun)
                        .revocation())
                .isEmpty();
    }

    @Test
    void refusesAnotherIssuers() {
        TestAuthority other = TestAuthority.root("CN=Other");
        assertFault(TestList.of(other, BEFORE, NEXT), sun, "it is of \"CN=Other\", not of \"CN=Root\"");
    }

    /** Anybody can call himself so. */
    @Test
    void refusesAnotherKeyUnderTheSameName() {
        TestAuthority impostor = TestAuthority.root("CN=Root");
        assertFault(TestList.of(impostor, BEFORE, NEXT), sun, "its signature is not of the key");
    }

    @Test
    void refusesAChangedOne() throws Exception {
        byte[] octets = list().revoke(moon, CRLReason.superseded).encoded().toByteArray();
        byte[] serial = moon.serialNumber().toByteArray();
        int at = find(octets, serial);
        octets[at + serial.length - 1] ^= 1;
        RevocationList changed = RevocationList.decode(Octets.wrap(octets));
        assertThatExceptionOfType(UnusableStatusException.class)
                .isThrownBy(() -> changed.trust(root.certificate(), CRYPTO))
                .withMessageContaining("its signature is not of the key");
    }

    /** RFC 5280 4.2.1.3. */
    @Test
    void refusesAnIssuerWhoseKeyIsNotForLists() {
        TestAuthority middle = root.intermediate(
                "CN=Middle",
                0,
                builder -> builder.replaceExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.keyCertSign)));
        Certificate star = middle.issue("CN=star", "P-256", builder -> {}).certificate();
        assertThatExceptionOfType(UnusableStatusException.class)
                .isThrownBy(
                        () -> trust(TestList.of(middle, BEFORE, NEXT), middle).status(star, List.of(), NOW))
                .withMessageContaining("the key usage of \"CN=Middle\" does not have cRLSign");
    }

    @Test
    void refusesCriticalExtensionsThatNobodyKnows() {
        assertFault(list().unknownCritical(), sun, "it has the critical extension 1.3.6.1.4.1.99999.7");
        assertFault(
                list().criticalEntry(moon.serialNumber()),
                sun,
                "one of its entries has the critical extension 2.5.29.29");
    }

    @Test
    void refusesIndirectLists() {
        assertFault(list().indirect(), sun, "it is an indirect list (RFC 5280 5.2.5), which are not supported");
    }

    /** RFC 5280 6.3.3 (b)(2). */
    @Test
    void saysNothingOutsideOfItsScope() throws Exception {
        assertThat(status(list().forPoint(POINT), sun).revocation()).isEmpty();
        assertThat(status(list().forUsers(), sun).revocation()).isEmpty();
        assertFault(
                list().forPoint("http://crl.example.org/other.crl"),
                sun,
                "it is for another distribution point than the certificate's");
        assertFault(list().forAuthorities(), sun, "it is not for certificates of this kind");
        Certificate middle = root.intermediate("CN=Middle", 0).certificate();
        assertFault(list().forUsers(), middle, "it is not for certificates of this kind");
    }

    /** One that leaves reasons out may condemn but not acquit. */
    @Test
    void oneForSomeReasonsOnlyClearsNobody() throws Exception {
        TestList list = list().forCompromiseOnly().revoke(moon, CRLReason.keyCompromise);
        assertThat(status(list, moon).revocation()).isPresent();
        assertFault(list().forCompromiseOnly(), sun, "it is for some reasons of revocation only");
    }

    /** RFC 5280 5.2.4. */
    @Test
    void aDeltaListAmendsTheCompleteOne() throws Exception {
        TestList complete = list().number(10).revoke(moon, CRLReason.certificateHold);
        TrustedList delta = trust(
                TestList.of(root, BEFORE, NOW.plusSeconds(60))
                        .number(12)
                        .amending(10)
                        .revoke(moon, CRLReason.removeFromCRL)
                        .revoke(sun, CRLReason.cessationOfOperation),
                root);
        CertificateStatus ofSun = trust(complete, root).status(sun, List.of(delta), NOW);
        assertThat(ofSun.revocation().orElseThrow().reason()).isEqualTo(CRLReason.cessationOfOperation);
        assertThat(ofSun.until()).isEqualTo(NOW.plusSeconds(60));
    }

    @Test
    void aDeltaListTakesCertificatesOffHold() throws Exception {
        TrustedList complete = trust(list().number(10).revoke(moon, CRLReason.certificateHold), root);
        TrustedList delta = trust(list().number(12).amending(9).revoke(moon, CRLReason.removeFromCRL), root);
        assertThat(complete.status(moon, List.of(), NOW).revocation()).isPresent();
        assertThat(complete.status(moon, List.of(delta), NOW).revocation()).isEmpty();
    }

    @Test
    void aDeltaListThatDoesNotFitIsNotUsed() throws Exception {
        TrustedList complete = trust(list().number(10), root);
        List<TrustedList> unfit = List.of(
                trust(list().number(12).amending(11).revoke(sun, CRLReason.superseded), root),
                trust(list().number(9).amending(8).revoke(sun, CRLReason.superseded), root),
                trust(list().number(12).amending(10).forUsers().revoke(sun, CRLReason.superseded), root),
                trust(
                        TestList.of(root, BEFORE, NOW.minusSeconds(1))
                                .number(12)
                                .amending(10)
                                .revoke(sun, CRLReason.superseded),
                        root));
        assertThat(complete.status(sun, unfit, NOW).revocation()).isEmpty();
    }

    @Test
    void aDeltaListAloneSaysNothing() {
        assertFault(list().number(12).amending(10), sun, "it is a delta list, and the complete one is not at hand");
    }

    @Test
    void refusesWhatIsNone() {
        assertThatExceptionOfType(UnusableStatusException.class)
                .isThrownBy(() -> RevocationList.decode(sun.encoded()))
                .withMessage("it is no revocation list, or a malformed one");
        assertThatExceptionOfType(UnusableStatusException.class)
                .isThrownBy(() -> RevocationList.decode(Octets.wrap(new byte[RevocationList.MAX_LENGTH + 1])))
                .withMessage("it has 8388609 octets; at most 8388608 are read");
    }

    @Test
    void certificatesSayWhereListsAre() {
        Certificate star = root.issue(
                        "CN=star",
                        "P-256",
                        at(POINT, "ldap://ldap.example.org/cn=Root?certificateRevocationList;binary")
                                .and(b -> b.addExtension(
                                        Extension.freshestCRL,
                                        false,
                                        TestList.distributionPoints("http://d.example.org/"))))
                .certificate();
        assertThat(star.listUris())
                .containsExactly(POINT, "ldap://ldap.example.org/cn=Root?certificateRevocationList;binary");
        assertThat(star.deltaUris()).containsExactly("http://d.example.org/");
    }

    private TestList list() {
        return TestList.of(root, BEFORE, NEXT);
    }

    private CertificateStatus status(TestList list, Certificate subject) throws UnusableStatusException {
        return trust(list, root).status(subject, List.of(), NOW);
    }

    private static TrustedList trust(TestList list, TestAuthority issuer) throws UnusableStatusException {
        return RevocationList.decode(list.encoded()).trust(issuer.certificate(), CRYPTO);
    }

    private void assertFault(TestList list, Certificate subject, String fault) {
        assertThatExceptionOfType(UnusableStatusException.class)
                .isThrownBy(() -> status(list, subject))
                .withMessageContaining(fault);
    }

    private static int find(byte[] octets, byte[] part) {
        for (int i = octets.length - part.length - 100; i >= 0; i--) {
            boolean isHere = octets[i - 2] == 2
                    && octets[i - 1] == part.length
                    && Arrays.equals(octets, i, i + part.length, part, 0, part.length);
            if (isHere) {
                return i;
            }
        }
        throw new AssertionError("the serial number is not in the list");
    }

    private static TestAuthority.Content at(String... uris) {
        return builder ->
                builder.addExtension(Extension.cRLDistributionPoints, false, TestList.distributionPoints(uris));
    }
}
