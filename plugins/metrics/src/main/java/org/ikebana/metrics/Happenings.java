package org.ikebana.metrics;

import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import org.ikebana.ike.control.ChildTraffic;
import org.ikebana.ike.control.Notice;
import org.ikebana.ike.control.Subscriber;
import org.ikebana.ike.event.IkeEvent;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts what happens. */
final class Happenings implements Subscriber {
    private static final Logger LOG = LoggerFactory.getLogger("ikebana.control.metrics");

    private final ChildTraffic traffic;
    private final Counter established;
    private final Counter failures;
    private final Counter ikeRekeys;
    private final Counter childRekeys;
    private final Counter rekeyCollisions;
    private final Counter reauthentications;
    private final Counter moves;
    private final Counter retransmissions;
    private final Counter acquires;
    private final Gauge certificateEnd;
    private final Gauge complete;

    Happenings(PrometheusRegistry registry, ChildTraffic traffic) {
        this.traffic = traffic;
        established = counter(registry, "ike_sas_established", "IKE SAs established by IKE_AUTH", "connection", "role");
        failures = counter(registry, "negotiation_failures", "Negotiations that have failed", "connection", "reason");
        ikeRekeys = counter(registry, "ike_rekeys", "IKE SAs rekeyed", "connection");
        childRekeys = counter(registry, "child_rekeys", "Child SAs rekeyed", "connection", "child");
        rekeyCollisions =
                counter(registry, "rekey_collisions", "Rekeys that both ends have begun at once", "connection", "sa");
        reauthentications = counter(registry, "reauthentications", "IKE SAs reauthenticated", "connection");
        moves = counter(registry, "ike_moves", "IKE SAs that have gone to other addresses", "connection");
        retransmissions = counter(registry, "retransmissions", "Requests sent again", "connection");
        acquires = counter(registry, "acquires", "Tunnels asked for by traffic", "connection", "child");
        certificateEnd = Gauge.builder()
                .name("ikebana_certificate_end_timestamp_seconds")
                .help("End of certificates that are about to expire, or have expired")
                .labelNames("subject")
                .register(registry);
        complete = Gauge.builder()
                .name("ikebana_events_complete")
                .help("1 while every event is counted; 0 after counting has been too slow, until a restart")
                .register(registry);
        complete.set(1);
    }

    @Override
    public void on(Notice notice) {
        switch (notice) {
            case Notice.Happened happened -> count(happened.event());
            case Notice.IkeSaUp up ->
                established
                        .labelValues(
                                up.ikeSa().name().connection(), up.ikeSa().isInitiator() ? "initiator" : "responder")
                        .inc();
            case Notice.ChildSaDown down -> traffic.look(down.ikeSa().name().connection(), down.child());
            case Notice.ChildSaRekeyed rekeyed -> {
                traffic.look(rekeyed.ikeSa().name().connection(), rekeyed.before());
                childRekeys
                        .labelValues(
                                rekeyed.ikeSa().name().connection(),
                                rekeyed.now().config().name())
                        .inc();
            }
            case Notice.IkeSaRekeyed rekeyed ->
                ikeRekeys.labelValues(rekeyed.now().name().connection()).inc();
            case Notice.IkeSaDown down -> {}
            case Notice.ChildSaUp up -> {}
        }
    }

    @Override
    public void cutOff() {
        complete.set(0);
        LOG.warn(
                "events came faster than they could be counted: metrics of events stand still until the daemon is restarted");
    }

    private void count(IkeEvent event) {
        switch (event) {
            case IkeEvent.NegotiationFailed failed ->
                failures.labelValues(
                                failed.ikeSa().connection(), failed.failure().kind())
                        .inc();
            case IkeEvent.IkeSaReauthenticated again ->
                reauthentications.labelValues(again.now().connection()).inc();
            case IkeEvent.RekeysCollided collided ->
                rekeyCollisions
                        .labelValues(
                                collided.ikeSa().connection(), collided.child().isPresent() ? "child" : "ike")
                        .inc();
            case IkeEvent.IkeSaMoved moved ->
                moves.labelValues(moved.ikeSa().connection()).inc();
            case IkeEvent.RequestRetransmitted again ->
                retransmissions.labelValues(again.ikeSa().connection()).inc();
            case IkeEvent.AcquireReceived acquire ->
                acquires.labelValues(acquire.connection(), acquire.child()).inc();
            case IkeEvent.CertificateExpiring expiring ->
                certificateEnd
                        .labelValues(expiring.subject())
                        .set(expiring.end().getEpochSecond());
            default -> {} // counted as notices, or nothing to be counted
        }
    }

    private static Counter counter(PrometheusRegistry registry, String name, String help, String... labels) {
        return Counter.builder()
                .name("ikebana_" + name)
                .help(help)
                .labelNames(labels)
                .register(registry);
    }
}
