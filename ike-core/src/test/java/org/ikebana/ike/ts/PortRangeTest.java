package org.ikebana.ike.ts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PortRangeTest {
    @Test
    void anyEncompassesOpaque() {
        assertThat(PortRange.ANY.contains(PortRange.OPAQUE)).isTrue();
        assertThat(PortRange.OPAQUE.contains(PortRange.ANY)).isFalse();
        assertThat(PortRange.ANY.intersect(PortRange.OPAQUE)).contains(PortRange.OPAQUE);
        assertThat(PortRange.OPAQUE.intersect(PortRange.ANY)).contains(PortRange.OPAQUE);
        assertThat(new PortRange(1, 0xffff).contains(PortRange.OPAQUE)).isFalse();
        assertThat(PortRange.OPAQUE.intersect(new PortRange(80, 80))).isEmpty();
        assertThat(PortRange.OPAQUE.contains(PortRange.OPAQUE)).isTrue();
    }

    @Test
    void splitsIntoWhatAMaskCanTell() {
        assertThat(PortRange.ANY.blocks()).containsExactly(PortRange.ANY);
        assertThat(PortRange.OPAQUE.blocks()).containsExactly(PortRange.OPAQUE);
        assertThat(new PortRange(1000, 1010).blocks())
                .containsExactly(new PortRange(1000, 1007), new PortRange(1008, 1009), new PortRange(1010, 1010));
        assertThat(new PortRange(1, 0xfffe).blocks())
                .as("the most there can be")
                .hasSize(30);
    }

    @Test
    void itsBlocksAreJustItself() {
        for (long seed = 0; seed < 2_000; seed++) {
            PortRange ports = new RandomSelectors(seed).ports();
            List<PortRange> blocks = ports.blocks();

            assertThat(blocks.getFirst().start()).as("seed %d", seed).isEqualTo(ports.start());
            assertThat(blocks.getLast().end()).as("seed %d", seed).isEqualTo(ports.end());
            for (int i = 1; i < blocks.size(); i++) {
                assertThat(blocks.get(i).start())
                        .as("seed %d", seed)
                        .isEqualTo(blocks.get(i - 1).end() + 1);
            }
            if (!ports.isOpaque()) {
                assertThat(blocks).as("seed %d", seed).allSatisfy(block -> {
                    int size = block.end() - block.start() + 1;
                    assertThat(Integer.bitCount(size)).isEqualTo(1);
                    assertThat(block.start() % size).isZero();
                });
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"-1, 5", "5, 65536", "6, 5", "65535, 1", "65534, 0"})
    void refusesWhatIsNoRange(int start, int end) {
        assertThatIllegalArgumentException().isThrownBy(() -> new PortRange(start, end));
    }
}
