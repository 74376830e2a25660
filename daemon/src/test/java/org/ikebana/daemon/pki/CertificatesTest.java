package org.ikebana.daemon.pki;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.ikebana.ike.auth.CertificateIdentities;
import org.ikebana.ike.auth.Identity;
import org.ikebana.ike.x509.Certificate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code self}, {@code req} and {@code issue} make, as the Java platform and the daemon read it. */
class CertificatesTest {
    private static final String ISSUE = "issue --cakey @ca.key --cacert @ca.pem ";

    @TempDir
    private Path folder;

    private PkiRun pki;

    @BeforeEach
    void start() {
        pki = new PkiRun(folder);
    }

    /** The platform's PKIX, which is none of ours. */
    @ParameterizedTest
    @CsvSource({
        "rsa --size 2048, RSA of 2048 bits, rsa-sha256",
        "ecdsa --size 256, ECDSA on P-256, ecdsa-sha256",
        "ecdsa, ECDSA on P-384, ecdsa-sha384",
        "ecdsa --size 521, ECDSA on P-521, ecdsa-sha512",
        "ed25519, Ed25519, ed25519",
        "ed448, Ed448, ed448",
        "mldsa44, ML-DSA-44, mldsa44",
        "mldsa65, ML-DSA-65, mldsa65",
        "mldsa87, ML-DSA-87, mldsa87"
    })
    void everyKindOfKeyCertifiesAndIsCertified(String type, String key, String scheme) throws Exception {
        pki.succeed("gen --out @ca.key --type " + type);
        pki.succeed("self --ca --in @ca.key --dn C=CH,_O=Ikebana,_CN=CA --out @ca.pem");
        pki.succeed("gen --out @a.key --type " + type);
        pki.succeed(ISSUE + "--in @a.key --dn C=CH,_CN=a --san a.example.org --out @a.pem");

        Certificate made = pki.certificate("a.pem");
        assertThat(made.publicKey()).hasToString(key);
        assertThat(made.publicKey()).isEqualTo(pki.file("a.key").privateKey().publicKey());
        assertThat(made.signatureScheme()).hasValueSatisfying(s -> assertThat(s).hasToString(scheme));
        assertThat(made.unfitForIke()).isEmpty();
        validate(made, pki.certificate("ca.pem"));
        assertThat(pki.succeed("verify --in @a.pem --cacert @ca.pem")).endsWith("\"C=CH,CN=a\" is good\n");
    }

    @ParameterizedTest
    @CsvSource({
        "--digest sha512, rsa-sha512",
        "--rsa-padding pss, rsa/pss-sha256",
        "--rsa-padding pss --digest sha384, rsa/pss-sha384"
    })
    void signsAsAsked(String options, String scheme) throws Exception {
        pki.succeed("self --newkey @a.key --keytype rsa --size 2048 --dn CN=a --out @a.pem " + options);
        assertThat(pki.certificate("a.pem").signatureScheme())
                .hasValueSatisfying(s -> assertThat(s).hasToString(scheme));
    }

    @Test
    void saysWhatItIsAskedTo() throws Exception {
        authority("--pathlen 1");
        pki.succeed(ISSUE + "--newkey @a.key --keytype ed25519 --dn C=CH,_O=Smith\\,_Jones,_CN=a"
                + " --san a.example.org --san 192.0.2.1 --san 2001:db8::1 --san carol@example.org --san CN=other"
                + " --flag serverAuth --flag clientAuth --flag ikeIntermediate --flag ocspSigning"
                + " --serial 01:02:03 --not-before 2026-01-01 --not-after 2026-12-31T23:59:59Z"
                + " --crl http://example.org/a.crl --ocsp http://example.org/ocsp --out @a.pem");

        X509Certificate made = x509(pki.certificate("a.pem"));
        assertThat(made.getSerialNumber()).isEqualTo(0x010203);
        assertThat(made.getNotBefore()).isEqualTo(Instant.parse("2026-01-01T00:00:00Z"));
        assertThat(made.getNotAfter()).isEqualTo(Instant.parse("2026-12-31T23:59:59Z"));
        assertThat(made.getBasicConstraints()).isEqualTo(-1);
        assertThat(made.getExtendedKeyUsage())
                .containsExactlyInAnyOrder(
                        "1.3.6.1.5.5.7.3.1", "1.3.6.1.5.5.7.3.2", "1.3.6.1.5.5.8.2.2", "1.3.6.1.5.5.7.3.9");
        assertThat(CertificateIdentities.of(pki.certificate("a.pem")))
                .containsExactly(
                        Identity.parse("C=CH, O=Smith\\, Jones, CN=a"),
                        Identity.parse("a.example.org"),
                        Identity.parse("192.0.2.1"),
                        Identity.parse("2001:db8::1"),
                        Identity.parse("carol@example.org"),
                        Identity.parse("CN=other"));
        assertThat(x509(pki.certificate("ca.pem")).getBasicConstraints()).isEqualTo(1);
        assertThat(pki.succeed("print --in @a.pem"))
                .contains(
                        "  subject:   \"C=CH, O=Smith\\, Jones, CN=a\"\n",
                        "  issuer:    \"CN=CA\"\n",
                        "  altNames:  a.example.org, 192.0.2.1, 2001:db8::1, carol@example.org, CN=other\n",
                        "  serial:    01:02:03\n",
                        "serverAuth",
                        "  CRL URIs:  http://example.org/a.crl\n",
                        "  OCSP URIs: http://example.org/ocsp\n",
                        "  pubkey:    Ed25519\n");
        assertThat(pki.succeed("print --in @ca.pem")).contains("  flags:     CA pathlen=1 CRLSign self-signed\n");
    }

    @Test
    void strongSwansSpellingsAreTaken() throws Exception {
        pki.succeed("--gen -t ecdsa -s 256 -f pem --out @ca.key");
        pki.succeed("--self -b -i @ca.key -t ecdsa -d CN=CA -l 10 -F 01.06.26_00:00:00 --out @ca.pem");
        Certificate made = pki.certificate("ca.pem");
        assertThat(made.notBefore()).isEqualTo(Instant.parse("2026-06-01T00:00:00Z"));
        assertThat(made.notAfter()).isEqualTo(Instant.parse("2026-06-11T00:00:00Z"));
    }

    @Test
    void aRequestIsCertified() throws Exception {
        authority("");
        pki.succeed(
                "req --newkey @a.key --dn CN=a --san a.example.org --flag serverAuth --password secret --out @a.req");
        assertThat(pki.succeed("print --in @a.req"))
                .startsWith("request\n")
                .contains("\"CN=a\"", "a.example.org", "serverAuth");
        pki.succeed(ISSUE + "--in @a.req --type pkcs10 --out @a.pem");
        pki.succeed(ISSUE + "--in @a.req --dn CN=b --san b.example.org --out @b.pem");

        Certificate asAsked = pki.certificate("a.pem");
        assertThat(asAsked.publicKey()).isEqualTo(pki.file("a.key").privateKey().publicKey());
        assertThat(CertificateIdentities.of(asAsked))
                .containsExactly(Identity.parse("CN=a"), Identity.parse("a.example.org"));
        assertThat(x509(asAsked).getExtendedKeyUsage()).containsExactly("1.3.6.1.5.5.7.3.1");
        assertThat(CertificateIdentities.of(pki.certificate("b.pem")))
                .containsExactly(Identity.parse("CN=b"), Identity.parse("b.example.org"));
    }

    @Test
    void aRequestOfAnotherKeyIsRefused() throws Exception {
        authority("");
        pki.succeed("req --newkey @a.key --keytype ed25519 --dn CN=aaaa --outform der --out @a.req");
        byte[] request = java.nio.file.Files.readAllBytes(folder.resolve("a.req"));
        int name = new String(request, java.nio.charset.StandardCharsets.ISO_8859_1).indexOf("aaaa");
        request[name] = 'b';
        java.nio.file.Files.write(folder.resolve("b.req"), request);
        assertThat(pki.fail(ISSUE + "--in @b.req"))
                .isEqualTo("pki issue: the request is not signed by the key that it is for; have it made anew by the"
                        + " key's owner");
    }

    @Test
    void doesNotOutliveItsAuthority() throws Exception {
        authority("--lifetime 100");
        pki.succeed(ISSUE + "--newkey @a.key --dn CN=a --out @a.pem");
        assertThat(pki.certificate("a.pem").notAfter())
                .isEqualTo(pki.certificate("ca.pem").notAfter());
        assertThat(pki.run(ISSUE + "--in @a.key --dn CN=a --lifetime 200").err())
                .contains("warning: it outlives its CA");
    }

    @Test
    void saysWhyItIsNotGood() {
        authority("");
        pki.succeed("self --ca --newkey @other.key --dn CN=Other --out @other.pem");
        pki.succeed(ISSUE + "--newkey @a.key --dn CN=a --not-before 2020-01-01 --not-after 2021-01-01 --out @a.pem");
        PkiRun.Outcome expired = pki.run("verify --in @a.pem --cacert @ca.pem");
        assertThat(expired.status()).isEqualTo(1);
        assertThat(expired.out())
                .isEqualTo("the certificate is NOT good: the certificate of \"CN=a\" has expired on"
                        + " 2021-01-01T00:00:00Z\n");
        assertThat(pki.run("verify --in @a.pem --cacert @other.pem").status()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "self --newkey @x.key | whose is it? Say it with --dn",
                "self --newkey @x.key --dn CN= | 'CN=' is no name that can be certified",
                "self --newkey @x.key --dn CN=* | 'CN=*' stands for several; a certificate names one",
                "self --newkey @x.key --dn CN=x --san *.example.org | '*.example.org' stands for several",
                "self --newkey @x.key --dn CN=x --san keyid:1 | 'keyid:1' cannot be a subjectAltName",
                "self --newkey @x.key --dn CN=x --flag codeSign | there is no flag 'codeSign'; take one of serverAuth",
                "self --newkey @x.key --dn CN=x --pathlen 1 | --pathlen is of CAs only",
                "self --newkey @x.key --dn CN=x --not-after 2001-01-01 | it would end on 2001-01-01T00:00:00Z",
                "self --newkey @x.key --keytype dsa --dn CN=x | there are no keys of type 'dsa'; take one of rsa",
                "self --newkey @x.key --keytype ed448 --size 1 --dn CN=x | keys of type ed448 are of one size",
                "self --newkey @x.key --dn CN=x --digest md5 | certificates are not signed with the digest 'md5'",
                "self --newkey @x.key --dn CN=x --rsa-padding pss | a key of ECDSA on P-384 has no --rsa-padding",
                "self --in @none --dn CN=x | there is no such file; check its name",
                "self --in @ca.pem --dn CN=x | it holds no private key; give a private key",
                "issue --cakey @a.key --cacert @ca.pem --in @a.key --dn CN=x | the private key is not the one of the CA"
                        + " certificate",
                "issue --cakey @a.key --cacert @a.pem --in @a.key --dn CN=x | is not one of a CA; make one with",
                "issue --cakey @ca.key --cacert @ca.pem --in @a.key | a certificate is for somebody",
                "pub --in @junk | it holds neither a key nor a certificate nor a request",
                "print --in @junk | it holds neither a key nor a certificate nor a request",
            })
    void saysWhatIsWrongAndLeavesNothingBehind(String words, String complaint) throws Exception {
        authority("");
        pki.succeed(ISSUE + "--newkey @a.key --keytype ed25519 --dn CN=a --out @a.pem");
        java.nio.file.Files.writeString(folder.resolve("junk"), "junk");
        assertThat(pki.fail(words))
                .startsWith("pki " + words.split(" ")[0] + ": ")
                .contains(complaint);
        assertThat(folder.resolve("x.key")).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"--serial 0", "--serial xyz", "--not-after tomorrow", "--outform text", "--lifetime x"})
    void wrongValuesAreWrongUsage(String option) {
        assertThat(pki.run("self --newkey @x.key --dn CN=x " + option).status()).isEqualTo(2);
        assertThat(folder.resolve("x.key")).doesNotExist();
    }

    private void authority(String options) {
        pki.succeed(("self --ca --newkey @ca.key --dn CN=CA --out @ca.pem " + options).strip());
    }

    private static void validate(Certificate certificate, Certificate anchor) throws Exception {
        var parameters = new PKIXParameters(Set.of(new TrustAnchor(x509(anchor), null)));
        parameters.setRevocationEnabled(false);
        var path = CertificateFactory.getInstance("X.509").generateCertPath(List.of(x509(certificate)));
        assertThat(CertPathValidator.getInstance("PKIX").validate(path, parameters))
                .isNotNull();
    }

    private static X509Certificate x509(Certificate certificate) throws Exception {
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(
                        new ByteArrayInputStream(certificate.encoded().toByteArray()));
    }
}
