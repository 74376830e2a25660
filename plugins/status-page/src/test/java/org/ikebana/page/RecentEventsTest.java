package org.ikebana.page;

import static org.assertj.core.api.Assertions.assertThat;

import org.ikebana.ike.event.IkeEvent;
import org.ikebana.ike.event.Subsystem;
import org.junit.jupiter.api.Test;

class RecentEventsTest {
    private final RecentEvents events = new RecentEvents();

    @Test
    void keepsTheLastOnesNewestFirst() {
        for (int i = 1; i <= 3 * RecentEvents.MOST; i++) {
            events.add(new IkeEvent.TrapRemoved("site", "number " + i));
        }
        assertThat(events.lines()).hasSize(RecentEvents.MOST);
        assertThat(events.lines().getFirst().text()).isEqualTo("site/number 300: trap removed");
        assertThat(events.lines().getLast().text()).isEqualTo("site/number 201: trap removed");
    }

    @Test
    void whatAPeerMakesLongIsCut() {
        events.add(new IkeEvent.Warning(Subsystem.NET, "subject", "x".repeat(100_000)));
        RecentEvents.Line line = events.lines().getFirst();
        assertThat(line.text())
                .hasSize(Shortened.LONGEST_TEXT + 1)
                .startsWith("subject: xxx")
                .endsWith("…");
        assertThat(line.kind()).isEqualTo(RecentEvents.Kind.WARNING);
    }
}
