package org.ikebana.ike.x509;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.x509.CertificatePolicies;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.bouncycastle.asn1.x509.PolicyInformation;
import org.ikebana.ike.crypto.HashAlgorithm;
import org.ikebana.ike.x509.TestAuthority.Content;
import org.ikebana.ike.x509.TestAuthority.Issued;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PathFinderTest {
    private static final Instant NOW = Instant.parse("2026-11-23T12:00:00Z");
    private static final PathRules RULES = new PathRules(NOW, Set.of(), scheme -> scheme.hash() != HashAlgorithm.SHA1);
    private static final Content NOTHING = builder -> {};

    private final TestAuthority root = TestAuthority.root("CN=Root");

    @ParameterizedTest
    @ValueSource(strings = {"RSA-2048", "P-384", "brainpoolP256r1", "Ed25519", "Ed448", "ML-DSA-65"})
    void findsTheIssuer(String key) {
        Issued sun = root.issue("CN=sun", key, NOTHING);
        PathFinder finder = finder(RULES, root);
        assertThat(finder.find(sun.certificate()))
                .contains(new TrustPath(List.of(sun.certificate()), root.certificate()));
    }

    @Test
    void findsTheWayThroughIntermediates() {
        TestAuthority middle = root.intermediate("CN=Middle", 1);
        TestAuthority low = middle.intermediate("CN=Low", 0);
        Certificate sun = low.issue("CN=sun", "P-256", NOTHING).certificate();
        assertThat(finder(RULES, root, low.certificate(), middle.certificate())
                        .find(sun)
                        .orElseThrow()
                        .certificates())
                .containsExactly(sun, low.certificate(), middle.certificate());
    }

    /** RFC 5280 4.2.1.9. */
    @Test
    void refusesAPathThatIsLongerThanItsAuthorityAllows() {
        TestAuthority middle = root.intermediate("CN=Middle", 0);
        TestAuthority low = middle.intermediate("CN=Low", 0);
        Certificate sun = low.issue("CN=sun", "P-256", NOTHING).certificate();
        assertThat(fault(finder(RULES, root, low.certificate(), middle.certificate()), sun))
                .containsIgnoringCase("path length");
    }

    @Test
    void refusesAnIssuerThatIsNoAuthority() {
        Issued moon = root.issue("CN=moon", "P-256", NOTHING);
        TestAuthority impostor = TestAuthority.root("CN=moon");
        Certificate sun = impostor.issue("CN=sun", "P-256", NOTHING).certificate();
        assertThat(fault(finder(RULES, root, moon.certificate()), sun))
                .isEqualTo(
                        "no trusted CA and none of the certificates at hand is \"CN=moon\", which issued \"CN=sun\"");
    }

    /** The same name, another key: the key identifiers tell, and without them the signature. */
    @Test
    void refusesAnAuthorityOfTheSameName() {
        Certificate sun =
                TestAuthority.root("CN=Root").issue("CN=sun", "P-256", NOTHING).certificate();
        assertThat(fault(finder(RULES, root), sun)).contains("certificate validation failed", "CN=sun");
    }

    @Test
    void refusesWhatHasExpired() {
        Certificate sun = root.issue(
                        "CN=sun",
                        "P-256",
                        TestAuthority.BEGIN,
                        NOW.minus(Duration.ofSeconds(1)),
                        NOTHING,
                        "SHA256withECDSA")
                .certificate();
        assertThat(fault(finder(RULES, root), sun))
                .isEqualTo("the certificate of \"CN=sun\" has expired on 2026-11-23T11:59:59Z");
    }

    @Test
    void refusesWhatIsNotValidYet() {
        Certificate sun = root.issue(
                        "CN=sun", "P-256", NOW.plusSeconds(60), TestAuthority.END, NOTHING, "SHA256withECDSA")
                .certificate();
        assertThat(fault(finder(RULES, root), sun))
                .contains("is not valid before 2026-11-23T12:01:00Z", "is the clock right?");
    }

    @Test
    void refusesSha1() {
        Certificate sun = root.issue(
                        "CN=sun", "P-256", TestAuthority.BEGIN, TestAuthority.END, NOTHING, "SHA1withECDSA")
                .certificate();
        assertThat(fault(finder(RULES, root), sun))
                .contains("\"CN=sun\" is signed by an algorithm that is not accepted");
    }

    /** RFC 5280 4.2.1.10. */
    @Test
    void refusesNamesThatTheAuthorityMustNotGive() {
        TestAuthority middle = root.intermediate(
                "CN=Middle",
                0,
                builder -> builder.addExtension(
                        Extension.nameConstraints,
                        true,
                        new NameConstraints(
                                new GeneralSubtree[] {
                                    new GeneralSubtree(new GeneralName(GeneralName.dNSName, "example.org"))
                                },
                                null)));
        Certificate good =
                middle.issue("CN=a", "P-256", dnsName("sun.example.org")).certificate();
        Certificate bad =
                middle.issue("CN=b", "P-256", dnsName("sun.example.net")).certificate();
        assertThat(finder(RULES, root, middle.certificate()).find(good)).isPresent();
        assertThat(fault(finder(RULES, root, middle.certificate()), bad))
                .contains("subject alternative name failed", "CN=b");
    }

    /** RFC 5280 4.2.1.4. */
    @Test
    void wantsAPolicyWhereOneIsAskedFor() {
        Content policy = builder -> builder.addExtension(
                Extension.certificatePolicies,
                false,
                new CertificatePolicies(new PolicyInformation(new ASN1ObjectIdentifier("1.3.6.1.4.1.99999.1"))));
        Certificate sun = root.issue("CN=sun", "P-256", policy).certificate();
        PathRules asked = new PathRules(NOW, Set.of("1.3.6.1.4.1.99999.1"), scheme -> true);
        PathRules other = new PathRules(NOW, Set.of("1.3.6.1.4.1.99999.2"), scheme -> true);
        assertThat(finder(asked, root).find(sun)).isPresent();
        assertThat(fault(finder(other, root), sun)).containsIgnoringCase("polic");
    }

    @Test
    void refusesCriticalExtensionsThatNobodyKnows() {
        Content unknown = builder ->
                builder.addExtension(new ASN1ObjectIdentifier("1.3.6.1.4.1.99999.7"), true, new DERSequence());
        Certificate sun = root.issue("CN=sun", "P-256", unknown).certificate();
        assertThat(fault(finder(RULES, root), sun)).contains("unsupported critical extension");
    }

    @Test
    void goesOverACrossCertificate() {
        TestAuthority trusted = TestAuthority.root("CN=Trusted");
        Certificate sun = root.issue("CN=sun", "P-256", NOTHING).certificate();
        Certificate cross = root.crossCertifiedBy(trusted);
        assertThat(finder(RULES, trusted, root.certificate(), cross)
                        .find(sun)
                        .orElseThrow()
                        .certificates())
                .containsExactly(sun, cross);
    }

    /** A peer may send many certificates that could all have issued each other. */
    @Test
    void givesUpInAMazeOfCertificates() {
        List<TestAuthority> maze = new ArrayList<>();
        for (int i = 0; i < 15; i++) {
            maze.add(TestAuthority.root("CN=Maze"));
        }
        Certificate[] sent = maze.stream().map(TestAuthority::certificate).toArray(Certificate[]::new);
        Certificate sun = maze.getFirst().issue("CN=sun", "P-256", NOTHING).certificate();
        PathFinder finder = finder(RULES, root, sent);
        assertThat(finder.find(sun)).isEmpty();
        assertThat(finder.steps()).isLessThanOrEqualTo(PathFinder.MAX_STEPS);
    }

    @Test
    void whatIsProvenIsReadAndValidatedOnce() throws Exception {
        ProvenPaths proven = new ProvenPaths();
        Certificate sun = root.issue("CN=sun", "P-256", NOTHING).certificate();
        assertThat(proven.decode(sun.encoded())).as("not proven yet").isNotSameAs(sun);
        assertThat(remembering(proven, RULES, root).find(sun)).isPresent();
        assertThat(proven.include(List.of(sun), root.certificate(), Set.of())).isTrue();
        assertThat(proven.decode(sun.encoded())).isSameAs(sun);

        proven.clear();
        assertThat(proven.include(List.of(sun), root.certificate(), Set.of())).isFalse();
        assertThat(proven.decode(sun.encoded())).isNotSameAs(sun);
    }

    @Test
    void aProvenPathIsStillHeldAgainstTheClockAndTheRules() {
        ProvenPaths proven = new ProvenPaths();
        Certificate sun = root.issue("CN=sun", "P-256", NOTHING).certificate();
        assertThat(remembering(proven, RULES, root).find(sun)).isPresent();

        PathRules later = new PathRules(sun.notAfter().plusSeconds(1), Set.of(), scheme -> true);
        assertThat(fault(remembering(proven, later, root), sun)).contains("has expired");
        PathRules stricter = new PathRules(NOW, Set.of(), scheme -> false);
        assertThat(fault(remembering(proven, stricter, root), sun)).contains("does not accept");
        PathRules withPolicy = new PathRules(NOW, Set.of("1.2.3.4"), scheme -> true);
        assertThat(remembering(proven, withPolicy, root).find(sun)).isEmpty();
    }

    @Test
    void whatIsNotUnderATrustedCaIsNotRemembered() throws Exception {
        ProvenPaths proven = new ProvenPaths();
        TestAuthority stranger = TestAuthority.root("CN=Root"); // the same name, another key
        Certificate sun = stranger.issue("CN=sun", "P-256", NOTHING).certificate();
        assertThat(remembering(proven, RULES, root).find(sun)).isEmpty();
        assertThat(proven.decode(sun.encoded())).isNotSameAs(sun);
        assertThat(proven.include(List.of(sun), root.certificate(), Set.of())).isFalse();
    }

    @Test
    void onlyTheLatestAreRemembered() {
        ProvenPaths proven = new ProvenPaths();
        Certificate first = root.issue("CN=sun", "P-256", NOTHING).certificate();
        proven.add(List.of(first), root.certificate(), Set.of());
        for (int i = 0; i < ProvenPaths.MOST; i++) {
            proven.add(List.of(root.certificate()), root.certificate(), Set.of(Integer.toString(i)));
        }
        assertThat(proven.include(List.of(first), root.certificate(), Set.of())).isFalse();
    }

    private static PathFinder remembering(ProvenPaths proven, PathRules rules, TestAuthority anchor) {
        return new PathFinder(List.of(anchor.certificate()), List.of(), rules, path -> true, proven);
    }

    private static Content dnsName(String name) {
        return builder -> builder.addExtension(
                Extension.subjectAlternativeName, false, new GeneralNames(new GeneralName(GeneralName.dNSName, name)));
    }

    private static String fault(PathFinder finder, Certificate endEntity) {
        Optional<TrustPath> path = finder.find(endEntity);
        assertThat(path).isEmpty();
        return finder.fault();
    }

    private static PathFinder finder(PathRules rules, TestAuthority anchor, Certificate... others) {
        return new PathFinder(List.of(anchor.certificate()), List.of(others), rules, path -> true);
    }
}
