package org.ikebana.ike.sa;

/** Counts the SAs of a daemon, for their names. */
public final class SaNumbers {
    private int ikeSas;
    private int childSas;

    int nextIkeSa() {
        return ++ikeSas;
    }

    int nextChildSa() {
        return ++childSas;
    }
}
