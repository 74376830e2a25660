package org.ikebana.ike.control;

/** Hears of what happens, in order, on a thread of its own: it may take its time, but not for ever. */
public interface Subscriber {
    void on(Notice notice);

    /** It has been so slow that notices would have been lost; it hears nothing any more. */
    void cutOff();
}
