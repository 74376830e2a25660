package org.ikebana.it.crowd;

/** Of the three parties; those who begin are on one machine. */
final class Address {
    static final String CROWD = "192.0.2.1";
    static final String GATEWAY = "192.0.2.2";
    static final String SHARED = "192.0.2.3";

    private Address() {}
}
