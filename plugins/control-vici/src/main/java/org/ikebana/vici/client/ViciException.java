package org.ikebana.vici.client;

import java.io.IOException;

/** The daemon is out of reach, or does not do what it is asked: the message says why, and what to do. */
public final class ViciException extends IOException {
    private static final long serialVersionUID = 1L;

    public ViciException(String message) {
        super(message);
    }

    ViciException(String message, Throwable cause) {
        super(message, cause);
    }
}
