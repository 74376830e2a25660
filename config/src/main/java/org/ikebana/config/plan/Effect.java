package org.ikebana.config.plan;

/** What becomes of a connection, a child or a credential. */
public enum Effect {
    ADDED('+', "added"),
    REMOVED('-', "removed: its SAs are deleted"),
    UNTOUCHED('=', "left alone: its SAs stay"),
    /** A connection that its SAs take on as it is now. */
    ADJUSTED('~', "changed without interruption: its SAs stay"),
    /** A connection with other children. */
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

    /** The same of a child that is policies alone, now or before. */
    String wordsOfShunt() {
        return switch (this) {
            case ADDED, CHANGED, CONTINUED, ADJUSTED -> words;
            case REMOVED -> "removed: its policies go";
            case UNTOUCHED -> "left alone: its policies stay";
            case REDIRECTED -> "wanted in another way";
            case UNWANTED -> "not wanted any more: its policies go, and come with a command";
            case REPLACED, RESTARTED -> "replaced: what it was goes once its policies, or its trap, stand";
        };
    }
}
