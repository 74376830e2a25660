package org.ikebana.daemon.authority;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.ikebana.ike.crypto.KeyType;
import org.ikebana.ike.crypto.SignatureScheme;
import org.ikebana.ike.crypto.VerifyingKey;

/**
 * How to sign, as far as the key leaves a choice.
 *
 * @param digest {@code sha256}, {@code sha384} or {@code sha512}; by the key's strength if not given
 * @param pss RSASSA-PSS rather than PKCS #1 v1.5
 */
public record Signing(Optional<String> digest, boolean pss) {
    private static final List<String> DIGESTS = List.of("sha256", "sha384", "sha512");

    SignatureScheme scheme(VerifyingKey key) throws AuthorityException {
        if (digest.isPresent() && !DIGESTS.contains(digest.get())) {
            throw new AuthorityException("certificates are not signed with the digest '" + digest.get()
                    + "' here; take one of " + String.join(", ", DIGESTS));
        }
        if (pss && key.type() != KeyType.RSA) {
            throw new AuthorityException("a key of " + key + " has no --rsa-padding; leave it out");
        }
        boolean isFree = key.type() == KeyType.RSA || key.type() == KeyType.ECDSA;
        String wanted = isFree ? digest.orElse(usual(key)) : "";
        return Arrays.stream(SignatureScheme.values())
                .filter(scheme -> scheme.keyType() == key.type() && scheme.isPss() == pss)
                .filter(scheme -> !isFree || scheme.hash().keyword().equals(wanted))
                .findFirst()
                .orElseThrow(() -> new AuthorityException("a key of " + key + " cannot sign with " + wanted));
    }

    private static String usual(VerifyingKey key) {
        if (key.type() == KeyType.RSA || key.bits() <= 256) {
            return "sha256";
        }
        return key.bits() <= 384 ? "sha384" : "sha512";
    }
}
