package org.ikebana.ike.event;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.ikebana.ike.auth.Identity;
import org.ikebana.ike.kernel.Policy;
import org.ikebana.ike.kernel.PolicySelector;
import org.ikebana.ike.kernel.Spi;
import org.ikebana.ike.proposal.Suite;
import org.ikebana.ike.ts.TrafficSelector;

/** What happened. One event is one line of the log. */
public sealed interface IkeEvent {
    record IkeSaInitiating(IkeSaName ikeSa, InetSocketAddress local, InetSocketAddress remote) implements IkeEvent {}

    /** @param ppk the post-quantum preshared key that has come into the keys (RFC 8784), for people */
    record IkeSaEstablished(
            IkeSaName ikeSa,
            boolean initiator,
            InetSocketAddress local,
            InetSocketAddress remote,
            Identity localId,
            Identity remoteId,
            Suite suite,
            boolean natDetected,
            Optional<String> ppk)
            implements IkeEvent {}

    record IkeSaClosed(IkeSaName ikeSa, String reason) implements IkeEvent {}

    record ChildSaEstablished(
            IkeSaName ikeSa,
            ChildSaName child,
            Spi inbound,
            Spi outbound,
            int reqid,
            Suite suite,
            boolean encapsulated,
            List<TrafficSelector> local,
            List<TrafficSelector> remote)
            implements IkeEvent {}

    /** Fresh keys for what was there; traffic goes on without a gap. */
    record IkeSaRekeyed(IkeSaName before, IkeSaName now, Suite suite) implements IkeEvent {}

    /** Both ends have authenticated anew; the old IKE SA is deleted. */
    record IkeSaReauthenticated(IkeSaName before, IkeSaName now) implements IkeEvent {}

    /**
     * The IKE SA and its children have gone to other addresses or ports, traffic with them.
     *
     * @param natDetected ESP goes in UDP now
     */
    record IkeSaMoved(
            IkeSaName ikeSa,
            InetSocketAddress localBefore,
            InetSocketAddress remoteBefore,
            InetSocketAddress local,
            InetSocketAddress remote,
            boolean natDetected,
            MoveCause cause)
            implements IkeEvent {}

    /**
     * Another member of the peer's cluster has taken over (RFC 6311).
     *
     * @param ourNext message ID of our next request
     * @param theirNext of the peer's
     */
    record MessageIdsSynchronized(IkeSaName ikeSa, int ourNext, int theirNext) implements IkeEvent {}

    record ChildSaRekeyed(
            IkeSaName ikeSa, ChildSaName before, ChildSaName now, Spi inbound, Spi outbound, int reqid, Suite suite)
            implements IkeEvent {}

    record ChildSaClosed(IkeSaName ikeSa, ChildSaName child, Spi inbound, Spi outbound, String reason)
            implements IkeEvent {}

    /** @param child empty where the IKE SA itself failed */
    record NegotiationFailed(IkeSaName ikeSa, Optional<String> child, InetSocketAddress remote, Failure failure)
            implements IkeEvent {}

    /** @param attempt counts from 1 */
    record RequestRetransmitted(IkeSaName ikeSa, String exchange, int attempt, InetSocketAddress remote)
            implements IkeEvent {}

    record RetryScheduled(String connection, String child, Duration delay) implements IkeEvent {}

    record TrapInstalled(
            String connection, String child, int reqid, List<TrafficSelector> local, List<TrafficSelector> remote)
            implements IkeEvent {}

    record TrapRemoved(String connection, String child) implements IkeEvent {}

    /** @param action what becomes of the traffic from now on, with no SA: ALLOW passes, BLOCK drops */
    record ShuntInstalled(
            String connection,
            String child,
            Policy.Action action,
            List<TrafficSelector> local,
            List<TrafficSelector> remote)
            implements IkeEvent {}

    record ShuntRemoved(String connection, String child) implements IkeEvent {}

    record AcquireReceived(String connection, String child, PolicySelector packet) implements IkeEvent {}

    /**
     * A certificate that the configuration uses ends soon, or has ended: no peer will accept it then, or no peer of that CA will be
     * accepted.
     *
     * @param subject of the certificate, for people
     * @param authority whether it is one of a CA; else it is our own
     * @param end the last moment that it is valid
     * @param left until then; negative if that is past
     */
    record CertificateExpiring(String subject, boolean authority, Instant end, Duration left) implements IkeEvent {}

    /** Something that a person should know, with what to do about it. */
    record Warning(String subject, String text) implements IkeEvent {}
}
