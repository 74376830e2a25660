package org.ikebana.ike.control;

import org.ikebana.ike.connection.ChildConfig;
import org.ikebana.ike.event.IkeEvent;

/**
 * Hears of what happens, in order, on a thread of its own: it may take its time, but not for ever. What it wants it is asked on the
 * event loop, at once, when it has heard of all before: of what nobody wants no notice is made, and no thread wakes up.
 */
public interface Subscriber {
    void on(Notice notice);

    /** It has been so slow that notices would have been lost; it hears nothing any more. */
    void cutOff();

    /** Whether it is to hear of such an event. It may hear of others all the same. */
    default boolean wants(IkeEvent event) {
        return true;
    }

    /** Whether it is to hear of what becomes of IKE SAs. */
    default boolean wantsIkeSas() {
        return true;
    }

    /** Whether it is to hear of what becomes of SAs of such a child. */
    default boolean wantsChildSas(ChildConfig child) {
        return true;
    }
}
