package org.ikebana.ike.connection;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.ikebana.ike.kernel.Lifetimes;
import org.ikebana.ike.kernel.Mark;
import org.ikebana.ike.kernel.SaFlags;
import org.ikebana.ike.kernel.SaMode;
import org.ikebana.ike.proposal.Proposal;

/**
 * A {@code children} section.
 *
 * @param proposals ESP proposals in order of preference
 * @param rekeyTime soft lifetime, zero for none
 * @param lifetimes hard limits and soft limits by bytes and packets, as configured; seconds from {@code life_time}
 * @param randTime what is randomly taken off {@code rekeyTime}
 * @param reqid fixed by the configuration, 0 to have one assigned
 * @param places where its keys stand, by key
 */
public record ChildConfig(
        String name,
        List<SelectorSpec> localSelectors,
        List<SelectorSpec> remoteSelectors,
        List<Proposal> proposals,
        SaMode mode,
        StartAction startAction,
        StartAction closeAction,
        StartAction dpdAction,
        Duration rekeyTime,
        Duration randTime,
        Lifetimes lifetimes,
        int replayWindow,
        int reqid,
        int priority,
        Mark markIn,
        Mark markOut,
        int ifIdIn,
        int ifIdOut,
        SaFlags flags,
        Map<String, SourceRef> places) {
    public ChildConfig {
        localSelectors = List.copyOf(localSelectors);
        remoteSelectors = List.copyOf(remoteSelectors);
        proposals = List.copyOf(proposals);
        places = Map.copyOf(places);
    }

    ChildConfig withoutPlaces() {
        return new ChildConfig(
                name,
                localSelectors,
                remoteSelectors,
                proposals,
                mode,
                startAction,
                closeAction,
                dpdAction,
                rekeyTime,
                randTime,
                lifetimes,
                replayWindow,
                reqid,
                priority,
                markIn,
                markOut,
                ifIdIn,
                ifIdOut,
                flags,
                Map.of());
    }
}
