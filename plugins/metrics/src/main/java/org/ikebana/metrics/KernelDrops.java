package org.ikebana.metrics;

import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.IOException;
import org.ikebana.kernel.xfrm.table.XfrmStat;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Packets that the kernel's IPsec has dropped, by its own names of the causes; nothing where it does not count. */
final class KernelDrops implements MultiCollector {
    private static final Logger LOG = LoggerFactory.getLogger("ikebana.control.metrics");

    @Override
    public MetricSnapshots collect() {
        try {
            CounterSnapshot.Builder drops = CounterSnapshot.builder()
                    .name("ikebana_kernel_dropped_packets")
                    .help("Packets that the kernel's IPsec has dropped: /proc/net/xfrm_stat");
            XfrmStat.read()
                    .counts()
                    .forEach((label, count) -> drops.dataPoint(CounterSnapshot.CounterDataPointSnapshot.builder()
                            .labels(Labels.of("counter", label))
                            .value(count)
                            .build()));
            return MetricSnapshots.of(drops.build());
        } catch (IOException e) {
            LOG.debug("no counters of the kernel", e);
            return MetricSnapshots.of();
        }
    }
}
