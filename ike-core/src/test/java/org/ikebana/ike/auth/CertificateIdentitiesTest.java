package org.ikebana.ike.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.MessageDigest;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.ikebana.ike.wire.Octets;
import org.ikebana.ike.x509.Certificate;
import org.ikebana.ike.x509.TestAuthority;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whom a certificate is for, as strongSwan matches subject and subjectAltNames (RFC 4945 3.1). */
class CertificateIdentitiesTest {
    private final TestAuthority root = TestAuthority.root("CN=Root");
    private final Certificate moon = root.issue(
                    "C=CH, O=Ikebana, CN=moon",
                    "P-256",
                    builder -> builder.addExtension(
                            Extension.subjectAlternativeName, false, new GeneralNames(new GeneralName[] {
                                new GeneralName(GeneralName.dNSName, "Moon.example.org"),
                                new GeneralName(GeneralName.rfc822Name, "moon@example.org"),
                                new GeneralName(GeneralName.dNSName, "*.wild.example.org"),
                                new GeneralName(GeneralName.uniformResourceIdentifier, "http://uri.example.org"),
                                new GeneralName(
                                        GeneralName.iPAddress,
                                        new DEROctetString(
                                                Octets.ofHex("c0000201").toByteArray())),
                                new GeneralName(
                                        GeneralName.iPAddress,
                                        new DEROctetString(Octets.ofHex("20010db8000000000000000000000001")
                                                .toByteArray())),
                                new GeneralName(new X500Name("CN=other"))
                            })))
            .certificate();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "C=CH, O=Ikebana, CN=moon    | true",
                "/C=ch/O=IKEBANA/CN=Moon     | true",
                "C=CH, O=Ikebana, CN=*       | true",
                "C=CH, O=*, CN=*             | true",
                "CN=other                    | true",
                "CN=moon                     | false",
                "C=CH, O=Ikebana             | false",
                "moon.example.org            | true",
                "MOON.EXAMPLE.ORG            | true",
                "dns:moon.example.org        | true",
                "fqdn:moon.example.org       | true",
                "@moon.example.org           | true",
                "*.example.org               | true",
                "moon@example.org            | true",
                "email:moon@example.org      | true",
                "rfc822:Moon@Example.org     | true",
                "@@moon@example.org          | true",
                "*@example.org               | true",
                "192.0.2.1                   | true",
                "ipv4:192.0.2.1              | true",
                "192.0.2.0/24                | true",
                "ipv4net:192.0.2.0/30        | true",
                "192.0.2.1-192.0.2.9         | true",
                "192.0.2.2                   | false",
                "2001:db8::1                 | true",
                "ipv6net:2001:db8::/32       | true",
                "2001:db8::2                 | false",
                "%any                        | true",
                "moon                        | false",
                "sun.example.org             | false",
                "email:moon.example.org      | false",
                "fqdn:moon@example.org       | false",
                "fqdn:192.0.2.1              | false",
                "uri.example.org             | false",
                "a.wild.example.org          | false",
                "keyid:moon.example.org      | false",
            })
    void includesWhatStandsInIt(String identity, boolean included) throws Exception {
        assertThat(CertificateIdentities.includes(moon, Identity.parse(identity)))
                .isEqualTo(included);
    }

    @Test
    void keyIdsNameTheKeyOrTheCertificate() throws Exception {
        byte[] info = moon.publicKey().encoded().toByteArray();
        byte[] key = SubjectPublicKeyInfo.getInstance(info).getPublicKeyData().getOctets();
        for (byte[] hashed : new byte[][] {info, key, moon.encoded().toByteArray()}) {
            Octets sha1 = Octets.wrap(MessageDigest.getInstance("SHA-1").digest(hashed));
            assertThat(CertificateIdentities.includes(moon, Identity.parse("keyid:#" + sha1)))
                    .isTrue();
            assertThat(CertificateIdentities.includes(moon, Identity.parse("@#" + sha1)))
                    .isTrue();
        }
        assertThat(moon.subjectKeyIdentifier()).isEqualTo(moon.keyIdentifier());
        assertThat(CertificateIdentities.includes(moon, Identity.parse("keyid:")))
                .isFalse();
        assertThat(CertificateIdentities.includes(
                        moon, Identity.parse("@#" + moon.serialNumber().toString(16))))
                .isFalse();
    }

    /** A certificate without a key identifier is not found by an empty one. */
    @Test
    void nothingIsNoKeyId() throws Exception {
        assertThat(root.certificate().subjectKeyIdentifier().isEmpty()).isTrue();
        assertThat(CertificateIdentities.includes(root.certificate(), Identity.parse("keyid:")))
                .isFalse();
    }
}
