package org.ikebana.simulation;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.Extension;
import org.ikebana.ike.auth.CertificateIdentities;
import org.ikebana.ike.auth.Identity;
import org.ikebana.ike.auth.IdentitySyntaxException;
import org.ikebana.ike.corpus.Corpus;
import org.ikebana.ike.crypto.HashAlgorithm;
import org.ikebana.ike.wire.IdPayload;
import org.ikebana.ike.wire.Octets;
import org.ikebana.ike.wire.PayloadType;
import org.ikebana.ike.x509.Certificate;
import org.ikebana.ike.x509.OcspRequest;
import org.ikebana.ike.x509.OcspResponse;
import org.ikebana.ike.x509.PathFinder;
import org.ikebana.ike.x509.PathRules;
import org.ikebana.ike.x509.RevocationList;
import org.ikebana.ike.x509.TestAuthority;
import org.ikebana.ike.x509.TestAuthority.Issued;
import org.ikebana.ike.x509.TestList;
import org.ikebana.ike.x509.TestResponder;
import org.ikebana.ike.x509.UnusableCertificateException;
import org.ikebana.ike.x509.UnusableStatusException;

/**
 * What a peer or a server may send of certificates, and what takes it: read to the end, or refused by its own exception. For several
 * threads at a time.
 */
final class HostileCredentials {
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final PathRules RULES = new PathRules(NOW, Set.of(), scheme -> scheme.hash() != HashAlgorithm.SHA1);

    private final TestAuthority root = TestAuthority.root("C=CH, O=Ikebana, CN=Root");
    private final Issued own = root.issue(
            "CN=own",
            "P-256",
            RevocationScene.listAt("http://crl.example.org/")
                    .and(RevocationScene.responderAt("http://ocsp.example.org/"))
                    .and(b -> b.addExtension(
                            Extension.freshestCRL, false, TestList.distributionPoints("ldap://crl.example.org/cn=x"))));

    private final LongAdder printed = new LongAdder();

    /** The kinds, each with the seeds of the corpus. */
    enum Kind {
        CERTIFICATE("certs", "certs-crash"),
        LIST("crls"),
        OCSP_RESPONSE("ocsp_rsp", "ocsp_req"),
        IDENTITY("ids");

        private final List<String> archives;

        Kind(String... archives) {
            this.archives = List.of(archives);
        }
    }

    /** Characters, of identities that were understood. */
    long printed() {
        return printed.sum();
    }

    /** Of the corpus; skips the test where it is absent. */
    static List<byte[]> ofCorpus(Kind kind) throws IOException {
        List<byte[]> seeds = new ArrayList<>();
        for (String archive : kind.archives) {
            try (ZipFile zip = new ZipFile(
                    Corpus.path("fuzz-seeds/strongswan-" + archive + ".zip").toFile())) {
                for (ZipEntry entry : zip.stream().filter(e -> !e.isDirectory()).toList()) {
                    seeds.add(zip.getInputStream(entry).readAllBytes());
                }
            }
        }
        return seeds;
    }

    /** Right ones, with all that is looked at. */
    List<byte[]> own(Kind kind) {
        return switch (kind) {
            case CERTIFICATE ->
                List.of(
                        bytes(own.certificate().encoded()),
                        bytes(root.certificate().encoded()));
            case LIST ->
                List.of(bytes(TestList.of(root, TestAuthority.BEGIN, NOW.plus(Duration.ofDays(1)))
                        .number(7)
                        .deltaAt("http://crl.example.org/delta")
                        .revoke(own.certificate(), CRLReason.keyCompromise)
                        .encoded()));
            case OCSP_RESPONSE ->
                List.of(bytes(TestResponder.delegate(root, true)
                        .answer(OcspRequest.of(own.certificate(), root.certificate(), Octets.wrap(new byte[32]))
                                .encoded())));
            case IDENTITY -> List.of("C=CH, O=Ikebana, CN=*".getBytes(StandardCharsets.US_ASCII));
        };
    }

    /** Whether it is taken. */
    boolean take(Kind kind, byte[] octets) {
        try {
            switch (kind) {
                case CERTIFICATE -> takeCertificate(Octets.copyOf(octets));
                case LIST -> takeList(Octets.copyOf(octets));
                case OCSP_RESPONSE -> takeResponse(Octets.copyOf(octets));
                case IDENTITY -> takeIdentity(octets);
            }
            return true;
        } catch (UnusableCertificateException | UnusableStatusException | IdentitySyntaxException refused) {
            return false;
        }
    }

    /** As the peer's own, and as one that may have issued ours. */
    private void takeCertificate(Octets encoded) throws UnusableCertificateException {
        Certificate certificate = Certificate.decode(encoded);
        CertificateIdentities.of(certificate).forEach(this::print);
        new PathFinder(List.of(root.certificate()), List.of(certificate), RULES, path -> true).find(certificate);
        new PathFinder(List.of(certificate), List.of(), RULES, path -> true).find(own.certificate());
    }

    private void takeList(Octets encoded) throws UnusableStatusException {
        RevocationList.decode(encoded).trust(root.certificate(), Host.CRYPTO).status(own.certificate(), List.of(), NOW);
    }

    private void takeResponse(Octets encoded) throws UnusableStatusException {
        OcspResponse.decode(encoded)
                .status(own.certificate(), root.certificate(), List.of(), Optional.empty(), NOW, Host.CRYPTO);
    }

    private void print(Identity identity) {
        printed.add(identity.toString().length());
    }

    private void takeIdentity(byte[] octets) throws IdentitySyntaxException {
        for (int type = 0; type < 16; type++) {
            Identity sent = Identity.of(new IdPayload(PayloadType.IDI, type, Octets.copyOf(octets)));
            print(sent);
        }
        print(Identity.parse(new String(octets, StandardCharsets.ISO_8859_1)));
    }

    private static byte[] bytes(Octets octets) {
        return octets.toByteArray();
    }
}
