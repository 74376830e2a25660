package org.ikebana.ike.connection;

/** What becomes of a child by itself: at load ({@code start_action}), after a close, after a dead peer. */
public enum StartAction {
    /** Nothing: {@code none}, {@code clear}. */
    NONE,
    /** Policies stand and the first packet brings it up: {@code trap}. */
    TRAP,
    /** Brought up at once: {@code start}, {@code restart}. */
    START,
    /** Both: {@code trap|start}. */
    TRAP_AND_START
}
