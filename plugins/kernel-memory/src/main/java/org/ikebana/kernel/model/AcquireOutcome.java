package org.ikebana.kernel.model;

/** What became of a packet's wish for an SA. */
public sealed interface AcquireOutcome {
    /** Someone negotiates, since this packet or an earlier one asked. */
    record Asked(int acquireSeq) implements AcquireOutcome {}

    /** Nobody listens. */
    record NoKeyManager() implements AcquireOutcome {}

    record TooManySas() implements AcquireOutcome {}
}
