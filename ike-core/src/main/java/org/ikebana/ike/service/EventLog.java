package org.ikebana.ike.service;

import java.net.InetSocketAddress;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.ikebana.ike.event.Failure;
import org.ikebana.ike.event.IkeEvent;
import org.ikebana.ike.event.Subsystem;
import org.ikebana.ike.kernel.Policy;
import org.ikebana.ike.ts.TrafficSelector;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** One line of the log for each event. */
public final class EventLog {
    private static final Map<Subsystem, Logger> LOGGERS = loggers();

    private EventLog() {}

    /** With what it is about in the MDC; where the level is off, none of it is worked out. */
    public static void log(IkeEvent event) {
        Logger logger = Objects.requireNonNull(LOGGERS.get(event.subsystem()));
        Level level = level(event);
        if (logger.isEnabledForLevel(level)) {
            try (LogContext context = LogContext.of(event.context().fields())) {
                logger.atLevel(level).log("{}", describe(event));
            }
        }
    }

    private static Level level(IkeEvent event) {
        return switch (event) {
            case IkeEvent.NegotiationFailed failed -> Level.ERROR;
            case IkeEvent.Warning warning -> Level.WARN;
            case IkeEvent.CertificateExpiring expiring -> Level.WARN;
            default -> Level.INFO;
        };
    }

    private static Map<Subsystem, Logger> loggers() {
        Map<Subsystem, Logger> loggers = new EnumMap<>(Subsystem.class);
        for (Subsystem subsystem : Subsystem.values()) {
            loggers.put(subsystem, LoggerFactory.getLogger(subsystem.logger()));
        }
        return loggers;
    }

    /** What happened, in one line for people. */
    public static String describe(IkeEvent event) {
        return switch (event) {
            case IkeEvent.IkeSaInitiating e ->
                "%s: initiating from %s to %s".formatted(e.ikeSa(), text(e.local()), text(e.remote()));
            case IkeEvent.IkeSaEstablished e ->
                "%s: IKE SA established as %s, %s [%s] with %s [%s], %s%s%s"
                        .formatted(
                                e.ikeSa(),
                                e.initiator() ? "initiator" : "responder",
                                text(e.local()),
                                e.localId(),
                                text(e.remote()),
                                e.remoteId(),
                                e.suite(),
                                e.ppk().map(id -> " with PPK " + id).orElse(""),
                                e.natDetected() ? ", NAT on the way" : "");
            case IkeEvent.IkeSaClosed e -> "%s: IKE SA closed: %s".formatted(e.ikeSa(), e.reason());
            case IkeEvent.ChildSaEstablished e ->
                "%s: child SA %s established, SPIs in %s out %s, reqid %d, %s%s, %s === %s"
                        .formatted(
                                e.ikeSa(),
                                e.child(),
                                e.inbound(),
                                e.outbound(),
                                e.reqid(),
                                e.suite(),
                                e.encapsulated() ? " in UDP" : "",
                                text(e.local()),
                                text(e.remote()));
            case IkeEvent.IkeSaRekeyed e ->
                "%s: rekeyed, goes on as %s with %s".formatted(e.before(), e.now(), e.suite());
            case IkeEvent.IkeSaReauthenticated e -> "%s: reauthenticated, goes on as %s".formatted(e.before(), e.now());
            case IkeEvent.IkeSaMoved e ->
                "%s: moved from %s - %s to %s - %s%s: %s"
                        .formatted(
                                e.ikeSa(),
                                text(e.localBefore()),
                                text(e.remoteBefore()),
                                text(e.local()),
                                text(e.remote()),
                                e.natDetected() ? ", NAT on the way" : "",
                                e.cause().words());
            case IkeEvent.MessageIdsSynchronized e ->
                "%s: another member of the peer's cluster has taken over, our next message ID is %d, its is %d"
                        .formatted(e.ikeSa(), e.ourNext(), e.theirNext());
            case IkeEvent.ChildSaRekeyed e ->
                "%s: child %s rekeyed, goes on as %s with SPIs %s in, %s out, reqid %d, %s"
                        .formatted(e.ikeSa(), e.before(), e.now(), e.inbound(), e.outbound(), e.reqid(), e.suite());
            case IkeEvent.RekeysCollided e ->
                "%s: both ends rekey %s at once, the nonces decide which of the two goes on"
                        .formatted(
                                e.ikeSa(),
                                e.child().map(child -> "child " + child).orElse("the IKE SA"));
            case IkeEvent.ChildSaClosed e ->
                "%s: child SA %s closed: %s, SPIs in %s out %s"
                        .formatted(e.ikeSa(), e.child(), e.reason(), e.inbound(), e.outbound());
            case IkeEvent.NegotiationFailed e ->
                "%s: %s with %s failed: %s"
                        .formatted(
                                e.ikeSa(),
                                e.child().map(c -> "child " + c).orElse("negotiation"),
                                text(e.remote()),
                                text(e.failure()));
            case IkeEvent.RequestRetransmitted e ->
                "%s: no answer to %s from %s, retransmission %d"
                        .formatted(e.ikeSa(), e.exchange(), text(e.remote()), e.attempt());
            case IkeEvent.RetryScheduled e ->
                "%s/%s: next attempt in %.1f s"
                        .formatted(e.connection(), e.child(), e.delay().toMillis() / 1000.0);
            case IkeEvent.TrapInstalled e ->
                "%s/%s: trap installed, reqid %d, %s === %s"
                        .formatted(e.connection(), e.child(), e.reqid(), text(e.local()), text(e.remote()));
            case IkeEvent.TrapRemoved e -> "%s/%s: trap removed".formatted(e.connection(), e.child());
            case IkeEvent.ShuntInstalled e ->
                "%s/%s: %s policy installed, %s === %s"
                        .formatted(
                                e.connection(),
                                e.child(),
                                e.action() == Policy.Action.ALLOW ? "pass" : "drop",
                                text(e.local()),
                                text(e.remote()));
            case IkeEvent.ShuntRemoved e -> "%s/%s: policy removed".formatted(e.connection(), e.child());
            case IkeEvent.AcquireReceived e ->
                "%s/%s: a packet from %s to %s asks for the tunnel"
                        .formatted(
                                e.connection(),
                                e.child(),
                                e.packet().source().address().getHostAddress(),
                                e.packet().destination().address().getHostAddress());
            case IkeEvent.CertificateExpiring e -> describe(e);
            case IkeEvent.Warning e -> e.subject() + ": " + e.text();
        };
    }

    private static String describe(IkeEvent.CertificateExpiring e) {
        return "the certificate of %s %s %s on %s: put a new one into its place and send SIGHUP, %s"
                .formatted(
                        e.authority() ? "the CA" : "ours,",
                        e.subject(),
                        e.left().isNegative()
                                ? "has expired"
                                : "expires in " + e.left().toDays() + " days,",
                        e.end(),
                        e.authority() ? "or no peer of that CA is accepted" : "or no peer accepts it");
    }

    private static String text(Failure failure) {
        return failure.sentence() + failure.place().map(p -> " (see " + p + ")").orElse("");
    }

    private static String text(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + address.getPort();
    }

    private static String text(List<TrafficSelector> selectors) {
        return selectors.stream().map(TrafficSelector::toString).collect(Collectors.joining(","));
    }
}
