package org.ikebana.simulation;

import java.time.Duration;
import java.util.Map;
import org.ikebana.ike.connection.ChildConfig;
import org.ikebana.ike.connection.SourceRef;
import org.ikebana.ike.connection.StartAction;
import org.ikebana.ike.kernel.Lifetimes;

/** Children as a test changes them. */
final class Children {
    private Children() {}

    static ChildConfig withDpdAction(ChildConfig child, StartAction action) {
        return with(child, child.closeAction(), action, child.rekeyTime(), child.lifetimes());
    }

    /** As if {@code close_action} stood in the configuration. */
    static ChildConfig withCloseAction(ChildConfig child, StartAction action) {
        return with(child, action, child.dpdAction(), child.rekeyTime(), child.lifetimes());
    }

    static ChildConfig limited(ChildConfig child, Duration rekeyTime, Lifetimes lifetimes) {
        return with(child, child.closeAction(), child.dpdAction(), rekeyTime, lifetimes);
    }

    private static ChildConfig with(
            ChildConfig child, StartAction close, StartAction dpd, Duration rekeyTime, Lifetimes lifetimes) {
        return child.changed()
                .closeAction(close)
                .dpdAction(dpd)
                .rekeyTime(rekeyTime)
                .lifetimes(lifetimes)
                .randBytes(0)
                .randPackets(0)
                .places(Map.of("close_action", SourceRef.UNKNOWN))
                .build();
    }
}
