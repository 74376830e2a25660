package org.ikebana.ike.revocation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.DERSequence;
import org.ikebana.ike.wire.Octets;
import org.ikebana.ike.x509.Certificate;
import org.ikebana.ike.x509.CertificateStatus;
import org.ikebana.ike.x509.TestAuthority;
import org.junit.jupiter.api.Test;

/** Answers about other certificates, however many, take the place of the oldest. */
class StatusCacheTest {
    private static final Instant NOW = Instant.parse("1970-01-01T00:00:00Z");
    private static final CertificateStatus GOOD = new CertificateStatus(Optional.empty(), NOW.plus(Duration.ofDays(1)));

    private final TestAuthority root = TestAuthority.root("CN=Root");
    private final Certificate template =
            root.issue("CN=subject", "P-256", builder -> {}).certificate();
    private final StatusCache cache = new StatusCache();

    @Test
    void untilThereIsNewerInformation() {
        put(template);
        assertThat(cache.find(template, root.certificate(), GOOD.until())).contains(GOOD);
        assertThat(cache.find(template, root.certificate(), GOOD.until().plusNanos(1)))
                .isEmpty();
    }

    @Test
    void ofItsIssuerAlone() {
        put(template);
        assertThat(cache.find(template, TestAuthority.root("CN=Root").certificate(), NOW))
                .isEmpty();
    }

    @Test
    void theOldestOfTooManyGoes() throws Exception {
        for (int i = 0; i < StatusCache.MAX_STATUSES; i++) {
            put(numbered(i));
        }
        put(numbered(0)); // it is not the oldest any more
        assertThat(find(numbered(1))).isPresent();
        put(numbered(StatusCache.MAX_STATUSES));
        assertThat(find(numbered(1))).isEmpty();
        assertThat(find(numbered(0))).isPresent();
        assertThat(find(numbered(2))).isPresent();
        assertThat(find(numbered(StatusCache.MAX_STATUSES))).isPresent();
    }

    private void put(Certificate subject) {
        cache.put(subject, root.certificate(), GOOD);
    }

    private Optional<CertificateStatus> find(Certificate subject) {
        return cache.find(subject, root.certificate(), NOW);
    }

    /** Another serial number in a certificate, whose signature nobody looks at here. */
    private Certificate numbered(int number) throws Exception {
        ASN1Encodable[] signed =
                ASN1Sequence.getInstance(template.encoded().toByteArray()).toArray();
        ASN1Encodable[] fields = ASN1Sequence.getInstance(signed[0]).toArray();
        fields[1] = new ASN1Integer(number);
        signed[0] = new DERSequence(fields);
        return Certificate.decode(Octets.wrap(new DERSequence(signed).getEncoded()));
    }
}
