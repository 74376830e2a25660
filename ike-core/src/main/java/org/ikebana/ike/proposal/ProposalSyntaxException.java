package org.ikebana.ike.proposal;

import java.util.Optional;

/** A proposal that cannot be understood or must not be used; the message names the word and the remedy. */
public final class ProposalSyntaxException extends Exception {
    private final String token;
    private final int index;
    private final Optional<String> suggestion;

    ProposalSyntaxException(String message, String token, int index, Optional<String> suggestion) {
        super(message);
        this.token = token;
        this.index = index;
        this.suggestion = suggestion;
    }

    /** The word at fault; the whole proposal where something is missing from it. */
    public String token() {
        return token;
    }

    /** Where the word stands in the text that was parsed, counted from 0. */
    public int index() {
        return index;
    }

    /** The nearest word that would have been understood. */
    public Optional<String> suggestion() {
        return suggestion;
    }
}
