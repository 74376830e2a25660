package org.ikebana.metrics;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.Unit;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ikebana.ike.control.ChildTraffic;
import org.ikebana.ike.control.DaemonControl;
import org.ikebana.ike.control.TunnelName;

/** Of each configured child whether it is wanted and up, since when it is down, and what it has carried. */
final class Tunnels implements MultiCollector {
    private final DaemonControl daemon;
    private final ChildTraffic traffic;
    private final Map<TunnelName, Long> downSince = new HashMap<>();

    Tunnels(DaemonControl daemon, ChildTraffic traffic) {
        this.daemon = daemon;
        this.traffic = traffic;
    }

    @Override
    public MetricSnapshots collect() {
        try {
            List<Tunnel> tunnels = Tunnel.all(daemon);
            daemon.ikeSas(any -> true).forEach(traffic::look);
            traffic.keepOnly(tunnels.stream().map(Tunnel::name).toList());
            return snapshots(tunnels, System.nanoTime());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return MetricSnapshots.of();
        }
    }

    private synchronized MetricSnapshots snapshots(List<Tunnel> tunnels, long now) {
        GaugeSnapshot.Builder wanted = GaugeSnapshot.builder()
                .name("ikebana_tunnel_wanted")
                .help("1 while the child is to be up all the time");
        GaugeSnapshot.Builder up =
                GaugeSnapshot.builder().name("ikebana_tunnel_up").help("1 while the child has a pair of SAs");
        GaugeSnapshot.Builder down = GaugeSnapshot.builder()
                .name("ikebana_tunnel_down_seconds")
                .unit(Unit.SECONDS)
                .help("For how long a wanted child has been seen down; 0 while it is up or not wanted");
        for (Tunnel tunnel : tunnels) {
            Labels labels = labels(tunnel.name());
            wanted.dataPoint(gauge(labels, tunnel.wanted() ? 1 : 0));
            up.dataPoint(gauge(labels, tunnel.up() ? 1 : 0));
            down.dataPoint(gauge(labels, downSeconds(tunnel, now)));
        }
        downSince.keySet().retainAll(tunnels.stream().map(Tunnel::name).toList());
        return MetricSnapshots.of(
                wanted.build(),
                up.build(),
                down.build(),
                counter("ikebana_child_bytes", "Octets of packets that the child's SAs have carried", tunnels, true),
                counter("ikebana_child_packets", "Packets that the child's SAs have carried", tunnels, false));
    }

    private double downSeconds(Tunnel tunnel, long now) {
        if (tunnel.up() || !tunnel.wanted()) {
            downSince.remove(tunnel.name());
            return 0;
        }
        long since = downSince.computeIfAbsent(tunnel.name(), name -> now);
        return Duration.ofNanos(now - since).toMillis() / 1000.0;
    }

    private CounterSnapshot counter(String name, String help, List<Tunnel> tunnels, boolean bytes) {
        CounterSnapshot.Builder counter = CounterSnapshot.builder().name(name).help(help);
        for (Tunnel tunnel : tunnels) {
            ChildTraffic.Total total = traffic.of(tunnel.name());
            counter.dataPoint(count(tunnel, "in", bytes ? total.bytesIn() : total.packetsIn()));
            counter.dataPoint(count(tunnel, "out", bytes ? total.bytesOut() : total.packetsOut()));
        }
        return counter.build();
    }

    private static CounterSnapshot.CounterDataPointSnapshot count(Tunnel tunnel, String direction, long value) {
        return CounterSnapshot.CounterDataPointSnapshot.builder()
                .labels(labels(tunnel.name()).add("direction", direction))
                .value(value)
                .build();
    }

    private static GaugeSnapshot.GaugeDataPointSnapshot gauge(Labels labels, double value) {
        return GaugeSnapshot.GaugeDataPointSnapshot.builder()
                .labels(labels)
                .value(value)
                .build();
    }

    private static Labels labels(TunnelName name) {
        return Labels.of("connection", name.connection(), "child", name.child());
    }
}
