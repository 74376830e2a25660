package org.ikebana.ike.sa;

import java.time.Duration;
import java.util.Optional;
import org.ikebana.ike.connection.ChildConfig;
import org.ikebana.ike.event.ChildSaName;
import org.ikebana.ike.kernel.SaKey;
import org.ikebana.ike.kernel.SaMode;
import org.ikebana.ike.kernel.SaUsage;
import org.ikebana.ike.proposal.Suite;
import org.ikebana.ike.task.ChildSelectors;

/**
 * A child SA at one moment, for people and programs.
 *
 * @param encapsulated ESP goes in UDP
 * @param age since it was installed
 * @param untilRekey empty where none is to come
 * @param untilExpiry empty where its time has no limit
 * @param inboundUsage empty where it has not been asked for, or the kernel has no such SA
 * @param outboundUsage likewise
 */
public record ChildSaStatus(
        ChildSaName name,
        Stage stage,
        ChildConfig config,
        int reqid,
        SaMode mode,
        SaKey inbound,
        SaKey outbound,
        boolean encapsulated,
        Suite suite,
        ChildSelectors selectors,
        Duration age,
        Optional<Duration> untilRekey,
        Optional<Duration> untilExpiry,
        Optional<SaUsage> inboundUsage,
        Optional<SaUsage> outboundUsage) {
    /** How far it has come. */
    public enum Stage {
        /** To replace another one; its inbound SA alone is there. */
        INSTALLING,
        INSTALLED,
        /** Another one sends in its place, and the peer has not deleted it yet. */
        REKEYED,
        /** Deleted, its inbound SA kept for packets that are on their way. */
        DELETED
    }

    public ChildSaStatus with(Optional<SaUsage> in, Optional<SaUsage> out) {
        return new ChildSaStatus(
                name,
                stage,
                config,
                reqid,
                mode,
                inbound,
                outbound,
                encapsulated,
                suite,
                selectors,
                age,
                untilRekey,
                untilExpiry,
                in,
                out);
    }
}
