package org.ikebana.it.peer;

import java.util.List;

/** What a test can do with a daemon of either kind. */
public sealed interface IkeDaemon permits StrongSwan, IkebanaDaemon, IkebanaOnCommand {
    /**
     * Waits until it has logged a line in which the expression is found, since it was started.
     *
     * @throws AssertionError with the end of its log, if it does not
     */
    String awaitLog(String regex);

    /** How many lines it has logged; for {@link #awaitLogAfter}. */
    int logged();

    /** The same, in what it has logged after its first {@code from} lines. */
    String awaitLogAfter(int from, String regex);

    /** All lines it has logged. */
    List<String> log();

    /** Stops it; it deletes its SAs and says so to its peers. */
    void stop();

    /** Ends it as a crash would: its peers hear nothing, and what is in the kernel stays there. */
    void kill();

    /** Its process, for accounting. */
    long pid();
}
