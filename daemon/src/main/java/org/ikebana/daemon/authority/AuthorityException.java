package org.ikebana.daemon.authority;

/** What was asked for cannot be made; the message says why, and what to do. */
public final class AuthorityException extends Exception {
    public AuthorityException(String message) {
        super(message);
    }
}
