package org.ikebana.ike.auth;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.ikebana.ike.crypto.HashAlgorithm;
import org.ikebana.ike.crypto.KeyType;
import org.ikebana.ike.crypto.SignatureScheme;
import org.ikebana.ike.crypto.VerifyingKey;

/**
 * Which keys may sign, and how: what strongSwan writes after {@code auth = }, as in {@code
 * rsa-3072-sha384-ecdsa-256-sha256}. A key or scheme is accepted if one rule accepts it.
 */
public record SignatureConstraints(List<Rule> rules) {
    /** Any key, any of SHA-2: {@code pubkey}. */
    public static final SignatureConstraints ANY =
            new SignatureConstraints(List.of(new Rule(EnumSet.allOf(KeyType.class), false, 0, List.of())));

    public SignatureConstraints {
        rules = List.copyOf(rules);
    }

    /**
     * @param pssOnly of RSA only RSASSA-PSS
     * @param minBits of the key; 0 for any
     * @param hashes in order of preference; empty for SHA-2, as suits the key
     */
    public record Rule(Set<KeyType> types, boolean pssOnly, int minBits, List<HashAlgorithm> hashes) {
        public Rule {
            types = Set.copyOf(types);
            hashes = List.copyOf(hashes);
        }

        boolean accepts(SignatureScheme scheme) {
            return types.contains(scheme.keyType())
                    && (!pssOnly || scheme.keyType() != KeyType.RSA || scheme.isPss())
                    && acceptsHash(scheme);
        }

        boolean accepts(VerifyingKey key) {
            return types.contains(key.type()) && key.bits() >= minBits;
        }

        private boolean acceptsHash(SignatureScheme scheme) {
            if (hashes.isEmpty()) {
                return scheme.hash() != HashAlgorithm.SHA1;
            }
            // A rule for Ed25519 alone need not name the identity hash: there is no other.
            return hashes.contains(scheme.hash()) || (types.size() == 1 && scheme.hash() == HashAlgorithm.IDENTITY);
        }
    }

    /** Empty for what is not of this syntax. The words {@code sha1} and so on belong to the kind of key before them. */
    public static Optional<SignatureConstraints> parse(String text) {
        List<Rule> rules = new ArrayList<>();
        for (String word : text.toLowerCase(Locale.ROOT).split("-", -1)) {
            Optional<Rule> next = keyWord(word);
            if (next.isPresent()) {
                rules.add(next.get());
                continue;
            }
            Optional<Rule> refined = rules.isEmpty() ? Optional.empty() : refine(rules.removeLast(), word);
            if (refined.isEmpty()) {
                return Optional.empty();
            }
            rules.add(refined.get());
        }
        return Optional.of(new SignatureConstraints(rules));
    }

    public boolean accepts(SignatureScheme scheme) {
        return rules.stream().anyMatch(rule -> rule.accepts(scheme));
    }

    public boolean accepts(VerifyingKey key) {
        return rules.stream().anyMatch(rule -> rule.accepts(key));
    }

    /** With this key by this scheme. */
    public boolean accepts(VerifyingKey key, SignatureScheme scheme) {
        return rules.stream().anyMatch(rule -> rule.accepts(key) && rule.accepts(scheme));
    }

    /** How a key may sign, the preferred scheme first; RSASSA-PSS only where it is asked for. */
    public List<SignatureScheme> schemes(VerifyingKey key) {
        return rules.stream()
                .filter(rule -> rule.accepts(key))
                .flatMap(rule -> SigningOrder.of(key, rule).stream())
                .distinct()
                .toList();
    }

    private static Optional<Rule> keyWord(String word) {
        return switch (word) {
            case "pubkey" -> rule(EnumSet.allOf(KeyType.class), false);
            case "rsa" -> rule(EnumSet.of(KeyType.RSA), false);
            case "rsa/pss" -> rule(EnumSet.of(KeyType.RSA), true);
            case "ecdsa" -> rule(EnumSet.of(KeyType.ECDSA), false);
            case "ed25519" -> rule(EnumSet.of(KeyType.ED25519), false);
            case "ed448" -> rule(EnumSet.of(KeyType.ED448), false);
            case "mldsa44" -> rule(EnumSet.of(KeyType.ML_DSA_44), false);
            case "mldsa65" -> rule(EnumSet.of(KeyType.ML_DSA_65), false);
            case "mldsa87" -> rule(EnumSet.of(KeyType.ML_DSA_87), false);
            default -> Optional.empty();
        };
    }

    private static Optional<Rule> rule(Set<KeyType> types, boolean pssOnly) {
        return Optional.of(new Rule(types, pssOnly, 0, List.of()));
    }

    private static Optional<Rule> refine(Rule rule, String word) {
        if (word.matches("[1-9][0-9]{0,4}")) {
            return Optional.of(new Rule(rule.types(), rule.pssOnly(), Integer.parseInt(word), rule.hashes()));
        }
        return HashAlgorithm.ofKeyword(word).map(hash -> {
            List<HashAlgorithm> hashes = new ArrayList<>(rule.hashes());
            hashes.add(hash);
            return new Rule(rule.types(), rule.pssOnly(), rule.minBits(), hashes);
        });
    }
}
