package org.ikebana.it.kill;

import org.ikebana.it.net.Site;

/** One end of a tunnel. Its daemon may be killed, and started again over what the one before has left. */
interface End {
    Site site();

    /** Starts a daemon. */
    void launch(Pace pace);

    /** SIGKILL. */
    void kill();

    /** SIGTERM. */
    void stop();

    /** Waits until the daemon that was last started has had a pair of SAs. */
    void awaitTunnel();

    /** Of what the daemon knows: one IKE SA, and one pair of SAs. */
    boolean hasOnePair();

    /** What it knows, for people. */
    String status();

    /** How long SAs live. */
    enum Pace {
        /** Rekeys all the time. */
        BUSY,
        /** No rekey during a test. */
        CALM
    }
}
