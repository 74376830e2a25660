package org.ikebana.metrics;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.Unit;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import org.ikebana.ike.control.DaemonControl;
import org.ikebana.ike.control.Workload;
import org.ikebana.ike.engine.Counters;
import org.ikebana.ike.engine.IkeEngine;
import org.ikebana.ike.event.DatagramDrop;
import org.ikebana.ike.sa.IkeSa;

/** What the engine counts itself, and how busy it is. */
record Engine(DaemonControl daemon) implements MultiCollector {
    private record State(
            int ikeSas,
            int established,
            int halfOpen,
            long cookieDemands,
            Map<DatagramDrop, Long> drops,
            Map<Counters.Kind, Long> counts) {
        static State of(IkeEngine engine) {
            int established = Math.toIntExact(
                    engine.ikeSas().stream().filter(IkeSa::isEstablished).count());
            return new State(
                    engine.ikeSas().size(),
                    established,
                    engine.halfOpen(),
                    engine.cookieDemands(),
                    engine.drops(),
                    new EnumMap<>(engine.counters().total()));
        }
    }

    @Override
    public MetricSnapshots collect() {
        try {
            return snapshots(daemon.ask(State::of), daemon.workload());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return MetricSnapshots.of();
        }
    }

    private MetricSnapshots snapshots(State state, Workload workload) {
        CounterSnapshot.Builder drops =
                CounterSnapshot.builder().name("ikebana_datagrams_dropped").help("Datagrams dropped, by cause");
        for (DatagramDrop cause : DatagramDrop.values()) {
            drops.dataPoint(count(Labels.of("cause", word(cause)), state.drops().getOrDefault(cause, 0L)));
        }
        CounterSnapshot.Builder messages = CounterSnapshot.builder()
                .name("ikebana_messages")
                .help("Messages and rekeys as strongSwan's counters name them");
        state.counts().forEach((kind, count) -> messages.dataPoint(count(Labels.of("kind", kind.toString()), count)));
        return MetricSnapshots.of(
                InfoSnapshot.builder()
                        .name("ikebana_build")
                        .help("The daemon")
                        .dataPoint(InfoSnapshot.InfoDataPointSnapshot.builder()
                                .labels(Labels.of("version", daemon.facts().version()))
                                .build())
                        .build(),
                GaugeSnapshot.builder()
                        .name("ikebana_start_timestamp_seconds")
                        .unit(Unit.SECONDS)
                        .help("When the daemon was started, in seconds since 1970")
                        .dataPoint(gauge(daemon.facts().started().toEpochMilli() / 1000.0))
                        .build(),
                single("ikebana_ike_sas", "IKE SAs of any kind", state.ikeSas()),
                single("ikebana_ike_sas_up", "IKE SAs that are established", state.established()),
                single(
                        "ikebana_ike_sas_half_open",
                        "IKE SAs that peers have begun and not authenticated",
                        state.halfOpen()),
                single(
                        "ikebana_waiting",
                        "Datagrams, commands and events that wait for the event loop",
                        workload.waiting()),
                CounterSnapshot.builder()
                        .name("ikebana_cookie_demands")
                        .help("New peers that were asked for a cookie, which says that they are where they claim to be")
                        .dataPoint(count(Labels.EMPTY, state.cookieDemands()))
                        .build(),
                drops.build(),
                messages.build());
    }

    private static GaugeSnapshot single(String name, String help, double value) {
        return GaugeSnapshot.builder()
                .name(name)
                .help(help)
                .dataPoint(gauge(value))
                .build();
    }

    private static GaugeSnapshot.GaugeDataPointSnapshot gauge(double value) {
        return GaugeSnapshot.GaugeDataPointSnapshot.builder().value(value).build();
    }

    private static CounterSnapshot.CounterDataPointSnapshot count(Labels labels, long value) {
        return CounterSnapshot.CounterDataPointSnapshot.builder()
                .labels(labels)
                .value(value)
                .build();
    }

    private static String word(DatagramDrop cause) {
        return cause.name().toLowerCase(Locale.ROOT);
    }
}
