package org.ikebana.config;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a shared secret is for, by the words of vici's {@code load-shared}. */
public enum SecretKind {
    /** A preshared key. */
    IKE,
    /** A post-quantum preshared key. */
    PPK,
    /** A password of EAP. */
    EAP,
    /** An old name of the same. */
    XAUTH,
    /** The NT hash of a password. */
    NTLM;

    static Optional<SecretKind> ofWord(String word) {
        return Arrays.stream(values())
                .filter(kind -> kind.name().equals(word.toUpperCase(Locale.ROOT)))
                .findFirst();
    }
}
