package org.ikebana.vici.event;

import java.util.Set;

/** The events of the daemon's own accord. */
public final class EventNames {
    static final String LOG = "log";
    static final String IKE_UPDOWN = "ike-updown";
    static final String IKE_REKEY = "ike-rekey";
    static final String IKE_UPDATE = "ike-update";
    static final String CHILD_UPDOWN = "child-updown";
    static final String CHILD_REKEY = "child-rekey";
    static final String ALERT = "alert";

    /** All of them. */
    public static final Set<String> ALL =
            Set.of(LOG, IKE_UPDOWN, IKE_REKEY, IKE_UPDATE, CHILD_UPDOWN, CHILD_REKEY, ALERT);

    private EventNames() {}
}
