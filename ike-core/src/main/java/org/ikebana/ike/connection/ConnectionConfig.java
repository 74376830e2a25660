package org.ikebana.ike.connection;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ikebana.ike.proposal.Proposal;

/**
 * A {@code connections} section.
 *
 * @param localPort 500 unless set; a port other than 500 and 4500 means UDP encapsulation from the start
 * @param proposals IKE proposals in order of preference
 * @param rekeyTime zero for none
 * @param reauthTime zero for none
 * @param overTime how long after the sooner of the two an IKE SA ends for which they came to nothing
 * @param randTime the most that is randomly taken off both
 * @param dpdDelay zero for no liveness checks
 * @param forceEncap {@code encap = yes}: UDP encapsulation without a NAT
 * @param mobike addresses may change (RFC 4555): {@code local_addrs} and {@code remote_addrs} say where an IKE SA begins,
 *     not where it may go
 * @param keyingTries attempts to bring a child up, after which only its trap is left; 0 to go on for ever
 * @param places where the values of its keys stand, by key ({@code proposals}); the section itself under the empty key. Those of
 *     {@code local} and {@code remote} come from there ({@code local.id})
 */
public record ConnectionConfig(
        String name,
        List<AddressSpec> localAddresses,
        List<AddressSpec> remoteAddresses,
        int localPort,
        int remotePort,
        List<Proposal> proposals,
        Duration rekeyTime,
        Duration reauthTime,
        Duration overTime,
        Duration randTime,
        Duration dpdDelay,
        boolean forceEncap,
        boolean mobike,
        Fragmentation fragmentation,
        Childless childless,
        PpkPolicy ppk,
        int keyingTries,
        UniquePolicy unique,
        AuthConfig local,
        AuthConfig remote,
        List<ChildConfig> children,
        Map<String, SourceRef> places) {
    public ConnectionConfig {
        localAddresses = List.copyOf(localAddresses);
        remoteAddresses = List.copyOf(remoteAddresses);
        proposals = List.copyOf(proposals);
        children = List.copyOf(children);
        places = withSections(places, local, remote);
    }

    /** With strongSwan's defaults. */
    public static ConnectionBuilder named(String name) {
        return new ConnectionBuilder(name);
    }

    /** Where the value of a key stands, or else the section. */
    public SourceRef place(String key) {
        return SourceRef.nearest(places, key);
    }

    /** The children that are negotiated: those that are no policies alone. */
    public List<ChildConfig> tunnels() {
        return children.stream().filter(child -> !child.isShunt()).toList();
    }

    /** Whether it has policies alone, so that there is no peer, and nobody can come on it. */
    public boolean isOfShunts() {
        return !children.isEmpty() && tunnels().isEmpty();
    }

    /** Whether either side has several authentications (RFC 4739). */
    public boolean isAuthenticatedSeveralTimes() {
        return !local.further().isEmpty() || !remote.further().isEmpty();
    }

    /** As if these were the only authentications of both sides. */
    public ConnectionConfig inRound(AuthConfig ours, AuthConfig theirs) {
        return changed().local(ours).remote(theirs).build();
    }

    /**
     * Whether both ask for the same, wherever in the files it stands, and whichever certificates this side has for it: what has been
     * authenticated with an older one stays.
     */
    public boolean sameSettings(ConnectionConfig other) {
        return equals(other) || comparable().equals(other.comparable());
    }

    /** The same but for what an IKE SA can take on as it is, and in what {@link #sameSettings} leaves out: an IKE SA may go on. */
    boolean sameIkeSa(ConnectionConfig other) {
        return ofIkeSa().equals(other.ofIkeSa());
    }

    /** The same but for the children. */
    boolean sameButForChildren(ConnectionConfig other) {
        return comparable()
                .changed()
                .children(List.of())
                .build()
                .equals(other.comparable().changed().children(List.of()).build());
    }

    /** To be changed; this one stays as it is. */
    public ConnectionBuilder changed() {
        return new ConnectionBuilder(this);
    }

    private static Map<String, SourceRef> withSections(
            Map<String, SourceRef> own, AuthConfig local, AuthConfig remote) {
        Map<String, SourceRef> all = new HashMap<>(own);
        all.keySet().removeIf(key -> key.contains("."));
        local.places().forEach((key, place) -> all.put("local." + key, place));
        remote.places().forEach((key, place) -> all.put("remote." + key, place));
        return Map.copyOf(all);
    }

    /**
     * What an IKE SA is about for as long as it lives. Not so how often the peer is asked if it lives, how often we try, what becomes
     * of other IKE SAs, and whether later ones begin without a child.
     */
    private ConnectionConfig ofIkeSa() {
        return comparable()
                .changed()
                .children(List.of())
                .dpdDelay(Duration.ZERO)
                .keyingTries(0)
                .unique(UniquePolicy.NO)
                .childless(Childless.ALLOW)
                .build();
    }

    private ConnectionConfig comparable() {
        return changed()
                .local(local.withoutCertificates().withoutPlaces())
                .remote(remote.withoutPlaces())
                .children(children.stream().map(ChildConfig::withoutPlaces).toList())
                .places(Map.of())
                .build();
    }
}
