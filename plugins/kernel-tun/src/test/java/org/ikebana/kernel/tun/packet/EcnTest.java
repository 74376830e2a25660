package org.ikebana.kernel.tun.packet;

import static org.assertj.core.api.Assertions.assertThat;

import org.ikebana.ike.kernel.SaFlags;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EcnTest {
    private static final SaFlags NOTHING = new SaFlags(false, false, false, false);
    private static final SaFlags ECN = new SaFlags(false, true, false, false);
    private static final SaFlags DSCP_IN = new SaFlags(false, false, false, true);
    private static final SaFlags ALL = new SaFlags(true, true, true, true);

    /** RFC 6040 figure 4, row by row: Not-ECT 0, ECT(1) 1, ECT(0) 2, CE 3. */
    @ParameterizedTest(name = "inner {0}, outer {1}")
    @CsvSource({
        "0, 0, 0", "0, 2, 0", "0, 1, 0", "0, 3, -1",
        "2, 0, 2", "2, 2, 2", "2, 1, 1", "2, 3, 3",
        "1, 0, 1", "1, 2, 1", "1, 1, 1", "1, 3, 3",
        "3, 0, 3", "3, 2, 3", "3, 1, 3", "3, 3, 3",
    })
    void decapsulatesAsRfc6040Says(int inner, int outer, int result) {
        assertThat(Ecn.inner(ECN, inner, outer)).isEqualTo(result);
        int dscp = 0xb8;
        assertThat(Ecn.inner(ECN, dscp | inner, 0x28 | outer)).isEqualTo(result == -1 ? Ecn.DROP : dscp | result);
    }

    @Test
    void leavesTheInnerHeaderAloneWhereNothingIsCopied() {
        for (int inner = 0; inner < 256; inner++) {
            for (int outer = 0; outer < 256; outer++) {
                assertThat(Ecn.inner(NOTHING, inner, outer)).isEqualTo(inner);
            }
        }
    }

    @Test
    void copiesTheDscpInwardsOnlyIfTold() {
        assertThat(Ecn.inner(DSCP_IN, 0x2a, 0xbb)).isEqualTo(0xba);
        assertThat(Ecn.inner(ALL, 0x2a, 0xbb)).isEqualTo(0xbb);
        assertThat(Ecn.inner(SaFlags.DEFAULT, 0x2a, 0xbb)).isEqualTo(0x2b);
    }

    @ParameterizedTest
    @CsvSource({"0x00", "0xb9", "0xba", "0xbb", "0xff"})
    void copiesOutwardsWhatItIsToldTo(int inner) {
        assertThat(Ecn.outer(NOTHING, inner)).isZero();
        assertThat(Ecn.outer(ECN, inner)).isEqualTo(inner & 3);
        assertThat(Ecn.outer(new SaFlags(false, false, true, false), inner)).isEqualTo(inner & 0xfc);
        assertThat(Ecn.outer(SaFlags.DEFAULT, inner)).isEqualTo(inner);
    }
}
