package org.ikebana.daemon.pki;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.nio.file.Path;
import java.security.cert.CRLReason;
import java.security.cert.CertificateFactory;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code signcrl} makes, as the Java platform reads it. */
class RevocationListTest {
    private static final String SIGN = "signcrl --cakey @ca.key --cacert @ca.pem ";

    @TempDir
    private Path folder;

    private PkiRun pki;

    @BeforeEach
    void makeAuthority() {
        pki = new PkiRun(folder);
        pki.succeed("self --ca --newkey @ca.key --dn CN=CA --out @ca.pem");
        pki.succeed("issue --cakey @ca.key --cacert @ca.pem --newkey @a.key --dn CN=a --serial 0a --out @a.pem");
    }

    @Test
    void revokesByCertificateAndBySerialWithTheReasonBesideIt() throws Exception {
        pki.succeed(SIGN + "--reason key-compromise --cert @a.pem --reason superseded --date 1700000000 --serial 0b"
                + " --serial 0c --out @ca.crl");
        X509CRL list = list("ca.crl");
        assertThat(list.getRevokedCertificates()).hasSize(3);
        assertThat(list.getRevokedCertificate(BigInteger.TEN).getRevocationReason())
                .isEqualTo(CRLReason.KEY_COMPROMISE);
        var second = list.getRevokedCertificate(BigInteger.valueOf(11));
        assertThat(second.getRevocationReason()).isEqualTo(CRLReason.SUPERSEDED);
        assertThat(second.getRevocationDate()).isEqualTo(Instant.ofEpochSecond(1_700_000_000));
        assertThat(list.getRevokedCertificate(BigInteger.valueOf(12)).getRevocationReason())
                .as("unspecified is not said (RFC 5280 5.3.1)")
                .isNull();
        assertThat(pki.run("verify --in @a.pem --cacert @ca.pem --crl @ca.crl"))
                .matches(outcome -> outcome.status() == 1)
                .matches(outcome -> outcome.out().contains("reason: keyCompromise"));
    }

    @Test
    void whatIsNotInItIsGood() {
        pki.succeed(SIGN + "--serial 0b --out @ca.crl");
        assertThat(pki.succeed("verify --in @a.pem --cacert @ca.pem --crl @ca.crl"))
                .contains("\"CN=a\" is not revoked", "is good");
    }

    @Test
    void aListThatIsTooOldProvesNothing() {
        pki.succeed(SIGN + "--this-update 2026-01-01 --next-update 2026-01-02 --out @ca.crl");
        assertThat(pki.run("verify --in @a.pem --cacert @ca.pem --crl @ca.crl").status())
                .isEqualTo(1);
    }

    @Test
    void goesOnFromTheListBeforeIt() throws Exception {
        pki.succeed(SIGN + "--reason certificate-hold --serial 0b --lifetime 3 --out @ca.crl");
        pki.succeed(SIGN + "--lastcrl @ca.crl --cert @a.pem --reason superseded --serial=0b --out @ca.crl --force");
        X509CRL list = list("ca.crl");
        assertThat(list.getRevokedCertificates()).hasSize(2);
        assertThat(list.getRevokedCertificate(BigInteger.valueOf(11)).getRevocationReason())
                .isEqualTo(CRLReason.SUPERSEDED);
        assertThat(pki.succeed("print --in @ca.crl"))
                .contains("  serial:    02\n", "  revoked:   2 certificates\n", "    0b: ", ", superseded\n");
    }

    @Test
    void aDeltaSaysItsBase() throws Exception {
        pki.succeed(SIGN + "--crluri http://example.org/delta.crl --out @ca.crl");
        pki.succeed(SIGN + "--basecrl @ca.crl --cert @a.pem --out @delta.crl");
        assertThat(list("delta.crl").getCriticalExtensionOIDs()).containsExactly("2.5.29.27");
        assertThat(list("ca.crl").getNonCriticalExtensionOIDs()).contains("2.5.29.46", "2.5.29.20", "2.5.29.35");
        assertThat(pki.succeed("print --in @delta.crl")).contains("  delta for: 01\n", "  serial:    02\n");
    }

    @Test
    void refusesAnotherAuthoritysListAndDoubles() {
        pki.succeed("self --ca --newkey @other.key --dn CN=CA --out @other.pem");
        pki.succeed("signcrl --cakey @other.key --cacert @other.pem --out @other.crl");
        assertThat(pki.fail(SIGN + "--lastcrl @other.crl"))
                .contains("the older revocation list is of CN=CA or was not signed by this CA's key");
        assertThat(pki.fail(SIGN + "--serial 0b --serial 0b")).contains("serial b is given twice");
        assertThat(pki.fail(SIGN + "--reason boredom --serial 0b")).contains("there is no reason 'boredom'");
        assertThat(pki.fail(SIGN + "--serial 0b --reason superseded")).contains("nothing follows --reason");
        assertThat(pki.fail(SIGN + "--date monday --serial 0b")).contains("'monday' is no time");
        assertThat(pki.run(SIGN + "--serial").status()).isEqualTo(2);
        assertThat(pki.fail(SIGN + "--serial x")).contains("'x' is no serial number");
        assertThat(pki.fail(SIGN + "--lastcrl @ca.pem")).contains("it holds no revocation list");
    }

    private X509CRL list(String name) throws Exception {
        CertificateFactory factory = CertificateFactory.getInstance("X.509");
        var list = (X509CRL) factory.generateCRL(
                new ByteArrayInputStream(pki.revocationList(name).getEncoded()));
        var authority = (X509Certificate) factory.generateCertificate(
                new ByteArrayInputStream(pki.certificate("ca.pem").encoded().toByteArray()));
        list.verify(authority.getPublicKey());
        return list;
    }
}
