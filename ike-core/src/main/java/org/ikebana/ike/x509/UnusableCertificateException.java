package org.ikebana.ike.x509;

/** A certificate that is malformed, or whose key is not accepted; the message says which. */
public final class UnusableCertificateException extends Exception {
    UnusableCertificateException(String message) {
        super(message);
    }
}
