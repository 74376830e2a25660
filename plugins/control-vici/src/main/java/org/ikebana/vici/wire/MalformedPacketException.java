package org.ikebana.vici.wire;

/** Octets that are no packet; the message says why. */
public final class MalformedPacketException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedPacketException(String message) {
        super(message);
    }
}
