package org.ikebana.config.schema;

/** What becomes of a key or a section of strongSwan here. */
public enum Support {
    /** It does what its documentation says. */
    SUPPORTED("supported"),
    /** It is right, but there is nothing for it to act upon. */
    WITHOUT_EFFECT("no effect"),
    /** It belongs to IKEv1, which is not spoken here. */
    IKEV1_ONLY("IKEv1 only"),
    /** Not there yet; without it all works but less comfortably, so that a warning will do. */
    IGNORED("not yet, ignored"),
    /** Not there yet; without it a connection would be less safe, or not reach what it should: an error. */
    REFUSED("not yet, refused");

    private final String words;

    Support(String words) {
        this.words = words;
    }

    /** For the documentation. */
    public String words() {
        return words;
    }
}
