package org.ikebana.ike.auth;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.ikebana.ike.crypto.HashAlgorithm;
import org.ikebana.ike.crypto.KeyType;
import org.ikebana.ike.crypto.SignatureScheme;
import org.ikebana.ike.crypto.VerifyingKey;

/** In which order the schemes of a key are tried: as configured, else the digest that is as strong as the key first. */
final class SigningOrder {
    private static final List<HashAlgorithm> BY_LENGTH =
            List.of(HashAlgorithm.SHA2_256, HashAlgorithm.SHA2_384, HashAlgorithm.SHA2_512);

    private SigningOrder() {}

    static List<SignatureScheme> of(VerifyingKey key, SignatureConstraints.Rule rule) {
        List<HashAlgorithm> order = rule.hashes().isEmpty() ? preferred(key) : rule.hashes();
        return Arrays.stream(SignatureScheme.values())
                .filter(scheme -> scheme.keyType() == key.type() && rule.accepts(scheme))
                .filter(scheme -> scheme.isPss() == rule.pssOnly())
                .sorted(Comparator.comparingInt(scheme -> order.indexOf(scheme.hash())))
                .toList();
    }

    private static List<HashAlgorithm> preferred(VerifyingKey key) {
        int strength = strength(key);
        return Stream.concat(
                        BY_LENGTH.stream().filter(hash -> hash.length() * Byte.SIZE / 2 >= strength),
                        BY_LENGTH.reversed().stream())
                .distinct()
                .toList();
    }

    /** In bits (NIST SP 800-57, part 1, table 2). */
    private static int strength(VerifyingKey key) {
        if (key.type() != KeyType.RSA) {
            return Math.min(key.bits() / 2, 256);
        }
        return key.bits() <= 3072 ? 128 : key.bits() <= 7680 ? 192 : 256;
    }
}
