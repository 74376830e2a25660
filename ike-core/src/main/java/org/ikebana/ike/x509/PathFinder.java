package org.ikebana.ike.x509;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Looks for a path from a certificate to an anchor (RFC 4158), by names and key identifiers, depth first. What a peer
 * sends may be made so that there are very many: only so many are tried, and signatures are verified from the anchor
 * on, so that a key that nobody trusts is never computed with.
 */
public final class PathFinder {
    /** Certificates in a path, the end entity and the anchor included. */
    public static final int MAX_LENGTH = 8;
    /** Paths that are validated before the search is given up. */
    static final int MAX_PATHS = 16;
    /** Issuers that are looked at before the search is given up. */
    static final int MAX_STEPS = 1024;

    private final List<Certificate> anchors;
    private final List<Certificate> others;
    private final PathRules rules;
    private final Predicate<TrustPath> wanted;
    private final ProvenPaths proven;
    private Optional<String> fault = Optional.empty();
    private int paths;
    private int steps;

    /** For once, with nothing remembered. */
    public PathFinder(
            List<Certificate> anchors, List<Certificate> others, PathRules rules, Predicate<TrustPath> wanted) {
        this(anchors, others, rules, wanted, new ProvenPaths());
    }

    /**
     * @param anchors certification authorities that are trusted
     * @param others certificates that may lie in between, trusted or not
     * @param wanted what else the path must be
     * @param proven what need not be validated again
     */
    public PathFinder(
            List<Certificate> anchors,
            List<Certificate> others,
            PathRules rules,
            Predicate<TrustPath> wanted,
            ProvenPaths proven) {
        this.anchors = anchors;
        this.others = others;
        this.rules = rules;
        this.wanted = wanted;
        this.proven = proven;
    }

    /** To be called once. */
    public Optional<TrustPath> find(Certificate endEntity) {
        return untimely(endEntity) ? Optional.empty() : extend(List.of(endEntity));
    }

    /** After {@link #find} found none: why, as part of a sentence. */
    public String fault() {
        return fault.orElse("there is no reason");
    }

    int steps() {
        return steps;
    }

    private Optional<TrustPath> extend(List<Certificate> path) {
        Certificate last = path.getLast();
        boolean isIssued = false;
        for (Certificate issuer : issuers(last, path)) {
            isIssued = true;
            if (steps >= MAX_STEPS || paths >= MAX_PATHS || path.size() >= MAX_LENGTH) {
                note("the search for a path to a trusted CA has been given up: too many certificates");
                return Optional.empty();
            }
            steps++;
            Optional<TrustPath> found = anchors.contains(issuer) ? finish(path, issuer) : further(path, issuer);
            if (found.isPresent()) {
                return found;
            }
        }
        if (!isIssued) {
            note(
                    anchors.contains(last) || last.isSelfIssued()
                            ? last + " is self-signed and not trusted"
                            : "no trusted CA and none of the certificates at hand is " + last.issuer()
                                    + ", which issued " + last);
        }
        return Optional.empty();
    }

    private Optional<TrustPath> further(List<Certificate> path, Certificate issuer) {
        if (untimely(issuer)) {
            return Optional.empty();
        }
        List<Certificate> longer = new ArrayList<>(path);
        longer.add(issuer);
        return extend(longer);
    }

    private Optional<TrustPath> finish(List<Certificate> path, Certificate anchor) {
        paths++;
        if (untimely(anchor) || badlySigned(path)) {
            return Optional.empty();
        }
        if (!isValid(path, anchor)) {
            return Optional.empty();
        }
        TrustPath found = new TrustPath(path, anchor);
        if (!wanted.test(found)) {
            note("its path ends at " + anchor + ", which is not among the CAs that this connection accepts");
            return Optional.empty();
        }
        return Optional.of(found);
    }

    private boolean isValid(List<Certificate> path, Certificate anchor) {
        if (proven.include(path, anchor, rules.policies())) {
            return true;
        }
        Optional<String> invalid = Pkix.fault(path, anchor, rules);
        if (invalid.isPresent()) {
            note(invalid.get());
            return false;
        }
        proven.add(path, anchor, rules.policies());
        return true;
    }

    private List<Certificate> issuers(Certificate certificate, List<Certificate> path) {
        return Stream.concat(anchors.stream(), others.stream())
                .distinct()
                .filter(issuer -> path.stream().noneMatch(step -> isOfTheSame(step, issuer)))
                .filter(issuer -> issuer.mayHaveIssued(certificate))
                .toList();
    }

    /** One name and key in a path are enough, however often they are certified (RFC 4158 2.4.2). */
    private static boolean isOfTheSame(Certificate one, Certificate other) {
        return one.subject().equals(other.subject()) && one.publicKey().equals(other.publicKey());
    }

    private boolean untimely(Certificate certificate) {
        Optional<String> fault = certificate.outOfDate(rules.now());
        fault.ifPresent(words -> note("the certificate of " + certificate + " " + words));
        return fault.isPresent();
    }

    private boolean badlySigned(List<Certificate> path) {
        for (Certificate certificate : path) {
            if (certificate.signatureScheme().filter(rules.accepts()).isEmpty()) {
                note("the certificate of " + certificate + " is signed by "
                        + certificate
                                .signatureScheme()
                                .map(scheme -> scheme + ", which this connection does not accept")
                                .orElse("an algorithm that is not accepted; have it issued anew with SHA-256"));
                return true;
            }
        }
        return false;
    }

    /** The first that stood in the way is the one to tell: the others are of paths less likely. */
    private void note(String sentence) {
        if (fault.isEmpty()) {
            fault = Optional.of(sentence);
        }
    }
}
