package org.ikebana.ike.revocation;

/** What came of a look-up. */
sealed interface Answer<T> {
    /** @param value signed by whom it must be, and current when it came */
    record Known<T>(T value) implements Answer<T> {}

    /**
     * @param why as part of a sentence
     * @param isUnreachable the server gave no answer at all, to whatever question
     */
    record Failed<T>(String why, boolean isUnreachable) implements Answer<T> {}
}
