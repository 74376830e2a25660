package org.ikebana.ike.event;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** A part of the daemon whose lines of the log have a level of their own. */
public enum Subsystem {
    /** Start and stop. */
    DAEMON,
    /** IKE SAs: negotiation, rekeying, reauthentication, moves, what has failed. */
    IKE,
    /** Child SAs and traps, and when they are tried again. */
    CHILD,
    /** Sockets and datagrams; at debug a line for each of them. */
    NET,
    /** What protects packets: SAs, policies, routes and interfaces; what it asks of us. */
    KERNEL,
    /** Certificates, keys, tokens and revocation. */
    AUTH,
    /** The files of the configuration. */
    CONFIG,
    /** vici, metrics, and who uses them. */
    CONTROL,
    /** Scripts. */
    UPDOWN;

    /** As people write it. */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The name of its logger. */
    public String logger() {
        return "ikebana." + word();
    }

    public static Optional<Subsystem> of(String word) {
        return Stream.of(values())
                .filter(subsystem -> subsystem.word().equals(word))
                .findFirst();
    }
}
