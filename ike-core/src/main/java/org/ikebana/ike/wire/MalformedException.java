package org.ikebana.ike.wire;

/** Octets that do not make up what they should. Leaves this package as data only; thrown without a stack trace. */
final class MalformedException extends Exception {
    private static final long serialVersionUID = 1;

    private final String detail;

    MalformedException(String detail) {
        super(detail, null, false, false);
        this.detail = detail;
    }

    String detail() {
        return detail;
    }
}
