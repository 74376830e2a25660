package org.ikebana.daemon.authority;

import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.Provider;
import java.security.SecureRandom;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.ikebana.ike.crypto.Secret;

/** The kinds of private keys that can be made, by strongSwan's words for them. */
public enum KeyRecipe {
    RSA("rsa", "RSA", List.of(3072, 2048, 4096, 6144, 8192)),
    ECDSA("ecdsa", "EC", List.of(384, 256, 521)),
    ED25519("ed25519", "Ed25519", List.of()),
    ED448("ed448", "Ed448", List.of()),
    ML_DSA_44("mldsa44", "ML-DSA-44", List.of()),
    ML_DSA_65("mldsa65", "ML-DSA-65", List.of()),
    ML_DSA_87("mldsa87", "ML-DSA-87", List.of());

    private static final Provider PROVIDER = new BouncyCastleProvider();

    private final String word;
    private final String algorithm;
    private final List<Integer> sizes;

    KeyRecipe(String word, String algorithm, List<Integer> sizes) {
        this.word = word;
        this.algorithm = algorithm;
        this.sizes = sizes;
    }

    /** @throws AuthorityException naming all words there are */
    public static KeyRecipe of(String word) throws AuthorityException {
        return Arrays.stream(values())
                .filter(recipe -> recipe.word.equals(word))
                .findFirst()
                .orElseThrow(() -> new AuthorityException("there are no keys of type '" + word + "'; take one of "
                        + Arrays.stream(values()).map(KeyRecipe::toString).collect(Collectors.joining(", "))));
    }

    /**
     * @param size in bits; empty for the default
     * @return a fresh private key in PKCS #8, DER
     */
    public Secret make(Optional<Integer> size, SecureRandom random) throws AuthorityException {
        if (size.isPresent() && !sizes.contains(size.get())) {
            throw new AuthorityException(
                    sizes.isEmpty()
                            ? "keys of type " + word + " are of one size; leave --size out"
                            : "a key of type " + word + " cannot have " + size.get() + " bits; take one of "
                                    + sizes.stream()
                                            .sorted()
                                            .map(String::valueOf)
                                            .collect(Collectors.joining(", ")));
        }
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm, PROVIDER);
            if (!sizes.isEmpty()) {
                generator.initialize(parameters(size.orElse(sizes.getFirst())), random);
            }
            return Secret.wrap(generator.generateKeyPair().getPrivate().getEncoded());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Bouncy Castle makes no keys of " + algorithm, e);
        }
    }

    private AlgorithmParameterSpec parameters(int size) {
        return this == RSA
                ? new RSAKeyGenParameterSpec(size, RSAKeyGenParameterSpec.F4)
                : new ECGenParameterSpec("P-" + size);
    }

    @Override
    public String toString() {
        return word;
    }
}
