package org.ikebana.ike.environment;

/** Where something is done outside the event loop. */
public sealed interface Place {
    /**
     * A token, which does one thing after the other.
     *
     * @param name for people
     */
    record Token(String name) implements Place {
        @Override
        public String toString() {
            return "the token " + name;
        }
    }

    /**
     * The processors of this machine but for the one that the event loop has: as many things at once as these are, and one at least.
     *
     * @param purpose what they are used for, since a crowd that wants one thing is not to keep those waiting who want another
     */
    record Processors(String purpose) implements Place {
        @Override
        public String toString() {
            return "this machine";
        }
    }
}
