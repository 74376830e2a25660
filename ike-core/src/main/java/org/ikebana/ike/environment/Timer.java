package org.ikebana.ike.environment;

/** A pending action; cancelling one that has run does nothing. */
@FunctionalInterface
public interface Timer {
    void cancel();
}
