package org.ikebana.ike.crypto;

/** A signature algorithm for some of the keys that its scheme is for. */
public interface ProvidedSignature extends SignatureAlgorithm {
    boolean takes(VerifyingKey key);
}
