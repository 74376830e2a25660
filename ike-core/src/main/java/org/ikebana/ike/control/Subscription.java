package org.ikebana.ike.control;

/** Ends when it is closed, with what the subscriber has not heard yet. */
public interface Subscription extends AutoCloseable {
    @Override
    void close();
}
