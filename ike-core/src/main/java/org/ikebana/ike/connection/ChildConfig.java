package org.ikebana.ike.connection;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ikebana.ike.kernel.Lifetimes;
import org.ikebana.ike.kernel.Mark;
import org.ikebana.ike.kernel.Policy;
import org.ikebana.ike.kernel.SaFlags;
import org.ikebana.ike.kernel.SaMode;
import org.ikebana.ike.kernel.SaOptions;
import org.ikebana.ike.proposal.Proposal;

/**
 * A {@code children} section.
 *
 * @param proposals ESP proposals in order of preference
 * @param shunt what becomes of its traffic without any SA, so that nothing is negotiated ({@code mode = pass}: ALLOW, {@code mode =
 *     drop}: BLOCK); empty for a tunnel
 * @param rekeyTime soft lifetime, zero for none
 * @param lifetimes hard and soft limits as configured; {@code softSeconds} is {@code rekeyTime}, nothing taken off
 * @param sha256At96 HMAC-SHA-256 is truncated to 96 bits in ESP, whatever RFC 4868 says
 * @param inactivity it is closed when nothing has gone through it for so long; zero for never
 * @param randTime the most that is randomly taken off {@code rekeyTime}
 * @param randBytes the most that is randomly taken off {@code lifetimes.softBytes}
 * @param randPackets the most that is randomly taken off {@code lifetimes.softPackets}
 * @param tfcPadding octets that shorter packets are padded to, 0 for none, 65535 for as many as the path has room for
 * @param reqid fixed by the configuration, 0 to have one assigned
 * @param markInSa {@code markIn} is of the inbound SA, too, so that packets need it before decryption
 * @param setMarkIn set on packets that have been decrypted; {@link Mark#NONE} leaves theirs
 * @param setMarkOut the same for packets that have been encrypted
 * @param offload to a network card
 * @param updown command of a shell that is run when the child comes up or goes down; empty for none
 * @param hostAccess what the updown script is told of {@code hostaccess}
 * @param places where the values of its keys stand, by key; the section itself under the empty key
 */
public record ChildConfig(
        String name,
        List<SelectorSpec> localSelectors,
        List<SelectorSpec> remoteSelectors,
        List<Proposal> proposals,
        boolean sha256At96,
        SaMode mode,
        Optional<Policy.Action> shunt,
        StartAction startAction,
        StartAction closeAction,
        StartAction dpdAction,
        Duration rekeyTime,
        Duration randTime,
        Lifetimes lifetimes,
        Duration inactivity,
        long randBytes,
        long randPackets,
        int replayWindow,
        int tfcPadding,
        int reqid,
        int priority,
        PolicyOptions policies,
        Mark markIn,
        boolean markInSa,
        Mark markOut,
        Mark setMarkIn,
        Mark setMarkOut,
        int ifIdIn,
        int ifIdOut,
        Optional<SaOptions.Offload> offload,
        SaFlags flags,
        String updown,
        boolean hostAccess,
        Map<String, SourceRef> places) {
    public ChildConfig {
        localSelectors = List.copyOf(localSelectors);
        remoteSelectors = List.copyOf(remoteSelectors);
        proposals = List.copyOf(proposals);
        places = Map.copyOf(places);
    }

    /** With strongSwan's defaults. */
    public static ChildBuilder named(String name) {
        return new ChildBuilder(name);
    }

    /** Where the value of a key stands, or else the section. */
    public SourceRef place(String key) {
        return SourceRef.nearest(places, key);
    }

    /** Whether it is policies alone, and nothing that is negotiated. */
    public boolean isShunt() {
        return shunt.isPresent();
    }

    /** Whether both ask for the same, wherever in the files it stands. */
    public boolean sameSettings(ChildConfig other) {
        return withoutPlaces().equals(other.withoutPlaces());
    }

    /** Whether SAs of one would do for the other, though it may be wanted in another way. */
    public boolean sameSas(ChildConfig other) {
        return withoutActions().equals(other.withoutActions());
    }

    /** To be changed; this one stays as it is. */
    public ChildBuilder changed() {
        return new ChildBuilder(this);
    }

    private ChildConfig withoutActions() {
        return changed()
                .startAction(StartAction.NONE)
                .closeAction(StartAction.NONE)
                .dpdAction(StartAction.NONE)
                .places(Map.of())
                .build();
    }

    ChildConfig withoutPlaces() {
        return changed().places(Map.of()).build();
    }
}
