package org.ikebana.kernel.tun.esp;

import java.security.GeneralSecurityException;
import javax.crypto.Cipher;

/** The Java platform's ciphers. */
final class Platform {
    private Platform() {}

    static Cipher cipher(String transformation) {
        try {
            return Cipher.getInstance(transformation);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java runtime is not complete: it offers no " + transformation, e);
        }
    }

    static IllegalStateException failed(Cipher cipher, GeneralSecurityException cause) {
        return new IllegalStateException(cipher.getAlgorithm() + " fails on a well-formed packet", cause);
    }
}
