package org.ikebana.ike.eap;

/** A conversation cannot go on. The sentence is for people on this side; the peer does not learn it. */
public final class EapException extends Exception {
    private final String sentence;

    public EapException(String sentence) {
        super(sentence);
        this.sentence = sentence;
    }

    public String sentence() {
        return sentence;
    }
}
