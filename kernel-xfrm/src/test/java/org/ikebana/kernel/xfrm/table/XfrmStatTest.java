package org.ikebana.kernel.xfrm.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class XfrmStatTest {
    @Test
    void readsLabelsAndNumbers() throws Exception {
        XfrmStat stat = XfrmStat.parse(List.of("XfrmInNoStates          \t3", "XfrmOfLater\t4"));

        assertThat(stat.count(XfrmCounter.IN_NO_STATES)).isEqualTo(3);
        assertThat(stat.count(XfrmCounter.IN_ERROR)).isZero();
        assertThat(stat.counts()).containsEntry("XfrmOfLater", 4L);
    }

    @Test
    void refusesWhatIsNoCounter() {
        assertThatThrownBy(() -> XfrmStat.parse(List.of("XfrmInNoStates many")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("XfrmInNoStates many");
    }

    @Test
    void everyCounterOfThisKernelIsExplained() throws Exception {
        assertThat(XfrmStat.read().counts().keySet())
                .allSatisfy(label -> assertThat(XfrmCounter.labelled(label)).isPresent());
    }
}
