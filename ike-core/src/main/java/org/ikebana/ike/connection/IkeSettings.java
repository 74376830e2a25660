package org.ikebana.ike.connection;

import java.time.Duration;
import java.util.Optional;
import org.ikebana.ike.crypto.Secret;

/**
 * What {@code ikebana.conf} sets for the whole daemon.
 *
 * @param retransmitTimeout before the first retransmission (RFC 7296 2.4)
 * @param retransmitBase each further wait is longer by this factor
 * @param retransmitTries retransmissions before the peer counts as dead
 * @param retransmitJitterPercent how much of a wait is randomly taken off, 0 to 20
 * @param halfOpenTimeout how long an IKE SA may stay unauthenticated
 * @param cookieThreshold half-open SAs in all from which cookies are asked for (RFC 7296 2.6); 0 for never
 * @param cookieThresholdPerAddress the same for one address
 * @param blockThresholdPerAddress half-open SAs of one address from which more are dropped; 0 for never
 * @param halfOpenLimit half-open SAs in all from which more are dropped; 0 for no limit
 * @param waitingLimit datagrams that wait to be looked at from which new peers' are dropped; 0 for no limit
 * @param createChildLimit CREATE_CHILD_SA requests a second that a peer may make in the long run; 0 for no limit
 * @param requestLimit requests of any kind a second that a peer may make in the long run; 0 for no limit
 * @param repeatedReplyLimit replies a second that are said again, of one IKE SA, in the long run; 0 for no limit
 * @param natKeepalive zero for none
 * @param fragmentSize octets of the largest IP datagram that an IKE message is sent in where the peer takes fragments
 *     (RFC 7383); 0 for 576 with IPv4 and 1280 with IPv6
 * @param ppkIntermediate post-quantum preshared keys are mixed in before IKE_AUTH where the peer can do that (RFC 9867)
 * @param announceAuthMethods whether peers are told how we can be convinced, and theirs is heeded (RFC 9593)
 * @param quickCrashDetection whether tokens are told to peers, and theirs believed (RFC 6290)
 * @param expiryNotice how long before the end of a certificate a warning comes; zero for never
 * @param crashSecret what our tokens are made from; it outlives the daemon. Without it peers are told none
 */
public record IkeSettings(
        int port,
        int natPort,
        Duration retransmitTimeout,
        double retransmitBase,
        int retransmitTries,
        int retransmitJitterPercent,
        Duration halfOpenTimeout,
        int cookieThreshold,
        int cookieThresholdPerAddress,
        int blockThresholdPerAddress,
        int halfOpenLimit,
        int waitingLimit,
        int createChildLimit,
        int requestLimit,
        int repeatedReplyLimit,
        Duration natKeepalive,
        int fragmentSize,
        boolean ppkIntermediate,
        boolean announceAuthMethods,
        boolean quickCrashDetection,
        Duration expiryNotice,
        Optional<Secret> crashSecret) {
    /** strongSwan's defaults, where it has such a setting. */
    public static final IkeSettings DEFAULT = new IkeSettings(
            500,
            4500,
            Duration.ofSeconds(4),
            1.8,
            5,
            0,
            Duration.ofSeconds(30),
            30,
            3,
            5,
            0,
            0,
            20,
            100,
            10,
            Duration.ofSeconds(20),
            1280,
            true,
            true,
            true,
            Duration.ofDays(30),
            Optional.empty());

    /** With the ports that were taken where any free one was asked for. */
    public IkeSettings withPorts(int actualPort, int actualNatPort) {
        return changed().port(actualPort).natPort(actualNatPort).build();
    }

    /** To be changed; this one stays as it is. */
    public IkeSettingsBuilder changed() {
        return new IkeSettingsBuilder(this);
    }
}
