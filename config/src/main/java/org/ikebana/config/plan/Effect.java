package org.ikebana.config.plan;

/** What becomes of a connection, a child or a credential. */
public enum Effect {
    ADDED('+', "added"),
    REMOVED('-', "removed: its SAs are deleted"),
    UNTOUCHED('=', "left alone: its SAs stay"),
    /** A connection whose children alone are others. */
    CONTINUED('~', "goes on: its IKE SAs stay, and the children that are left alone"),
    /** A child. */
    REDIRECTED('~', "wanted in another way: its SAs stay"),
    /** A child whose {@code start_action} is gone. */
    UNWANTED('~', "not wanted any more: its SAs are deleted, and it waits for the peer or for a command"),
    /** A child. */
    REPLACED('!', "replaced: its SAs are deleted, and others negotiated on the IKE SA that is there"),
    RESTARTED('!', "restarted: its SAs are deleted and negotiated anew"),
    /** A credential. */
    CHANGED('~', "changed");

    private final char sign;
    private final String words;

    Effect(char sign, String words) {
        this.sign = sign;
        this.words = words;
    }

    /** At the beginning of its line. */
    public char sign() {
        return sign;
    }

    /** For people. */
    public String words() {
        return words;
    }
}
