package org.ikebana.ike.x509;

/** A revocation list or an OCSP response that says nothing of a certificate that can be relied on; the message says why. */
public final class UnusableStatusException extends Exception {
    UnusableStatusException(String message) {
        super(message);
    }
}
