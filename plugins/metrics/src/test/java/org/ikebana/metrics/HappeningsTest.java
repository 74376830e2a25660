package org.ikebana.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.Optional;
import org.ikebana.ike.control.ChildTraffic;
import org.ikebana.ike.control.Notice;
import org.ikebana.ike.event.ChildSaName;
import org.ikebana.ike.event.IkeEvent;
import org.ikebana.ike.event.IkeSaName;
import org.junit.jupiter.api.Test;

class HappeningsTest {
    private static final IkeSaName SITE = new IkeSaName("site", 1);

    private final PrometheusRegistry registry = new PrometheusRegistry();
    private final Happenings happenings = new Happenings(registry, new ChildTraffic(System::nanoTime));

    @Test
    void rekeysOfBothEndsAtOnceAreCounted() {
        collision(Optional.of(new ChildSaName("lan", 1)));
        collision(Optional.of(new ChildSaName("lan", 2)));
        collision(Optional.empty());

        assertThat(counted("ikebana_rekey_collisions", Labels.of("connection", "site", "sa", "child")))
                .isEqualTo(2);
        assertThat(counted("ikebana_rekey_collisions", Labels.of("connection", "site", "sa", "ike")))
                .isEqualTo(1);
    }

    private void collision(Optional<ChildSaName> child) {
        happenings.on(new Notice.Happened(new IkeEvent.RekeysCollided(SITE, child)));
    }

    private double counted(String name, Labels labels) {
        for (MetricSnapshot snapshot : registry.scrape()) {
            if (snapshot instanceof CounterSnapshot counter
                    && counter.getMetadata().getName().equals(name)) {
                for (CounterDataPointSnapshot point : counter.getDataPoints()) {
                    if (point.getLabels().equals(labels)) {
                        return point.getValue();
                    }
                }
            }
        }
        return 0;
    }
}
