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
    /** The part of the daemon that it is of. */
    default Subsystem subsystem() {
        return switch (this) {
            case IkeSaInitiating e -> Subsystem.IKE;
            case IkeSaEstablished e -> Subsystem.IKE;
            case IkeSaClosed e -> Subsystem.IKE;
            case IkeSaRekeyed e -> Subsystem.IKE;
            case IkeSaReauthenticated e -> Subsystem.IKE;
            case IkeSaMoved e -> Subsystem.IKE;
            case MessageIdsSynchronized e -> Subsystem.IKE;
            case RekeysCollided e -> e.child().isPresent() ? Subsystem.CHILD : Subsystem.IKE;
            case NegotiationFailed e -> e.child().isPresent() ? Subsystem.CHILD : Subsystem.IKE;
            case ChildSaEstablished e -> Subsystem.CHILD;
            case ChildSaRekeyed e -> Subsystem.CHILD;
            case ChildSaClosed e -> Subsystem.CHILD;
            case RetryScheduled e -> Subsystem.CHILD;
            case TrapInstalled e -> Subsystem.CHILD;
            case TrapRemoved e -> Subsystem.CHILD;
            case ShuntInstalled e -> Subsystem.CHILD;
            case ShuntRemoved e -> Subsystem.CHILD;
            case RequestRetransmitted e -> Subsystem.NET;
            case AcquireReceived e -> Subsystem.KERNEL;
            case CertificateExpiring e -> Subsystem.AUTH;
            case Warning e -> e.subsystem();
        };
    }

    /** What it is about. */
    default EventContext context() {
        return EventContext.of(this);
    }

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

    /**
     * Both ends rekey the same at once; the nonces decide which of the two successors is left (RFC 7296 2.8.1, 2.8.2).
     *
     * @param child empty where it is the IKE SA itself
     */
    record RekeysCollided(IkeSaName ikeSa, Optional<ChildSaName> child) implements IkeEvent {}

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

    /**
     * Something that a person should know, with what to do about it.
     *
     * @param subject for people
     */
    record Warning(Subsystem subsystem, EventContext context, String subject, String text) implements IkeEvent {
        /** About no tunnel in particular. */
        public Warning(Subsystem subsystem, String subject, String text) {
            this(subsystem, EventContext.NONE, subject, text);
        }

        /** About an IKE SA. */
        public Warning(IkeSaName ikeSa, String text) {
            this(Subsystem.IKE, EventContext.of(ikeSa), ikeSa.toString(), text);
        }

        /** About a child that is configured. */
        public Warning(String connection, String child, String text) {
            this(Subsystem.CHILD, EventContext.of(connection, child), connection + "/" + child, text);
        }
    }
}
