package org.ikebana.ike.crypto;

/** Kinds of public keys that sign. */
public enum KeyType {
    RSA("RSA"),
    ECDSA("ECDSA"),
    ED25519("Ed25519"),
    ED448("Ed448"),
    ML_DSA_44("ML-DSA-44"),
    ML_DSA_65("ML-DSA-65"),
    ML_DSA_87("ML-DSA-87");

    private final String words;

    KeyType(String words) {
        this.words = words;
    }

    /** For people. */
    @Override
    public String toString() {
        return words;
    }
}
