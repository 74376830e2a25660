package org.ikebana.ike.crypto;

/** A library for cryptography does not work here; the message says why, and what to do. */
public final class CryptoProviderException extends Exception {
    public CryptoProviderException(String message, Throwable cause) {
        super(message, cause);
    }
}
