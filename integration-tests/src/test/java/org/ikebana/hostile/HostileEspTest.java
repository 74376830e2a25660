package org.ikebana.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.ikebana.ike.kernel.TestAlgorithms;
import org.ikebana.ike.kernel.TestSa;
import org.ikebana.kernel.tun.plane.Drop;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code integration-tests/hostile} throws a hundred times as much. */
@Timeout(120)
class HostileEspTest {
    private static final long HOSTILE = 25_000;
    private static final long TOLERANCE_BYTES = 8 << 20;

    @ParameterizedTest
    @CsvSource({
        "AES_GCM_16, false, false",
        "AES_CBC_SHA256, true, false",
        "CHACHA20_POLY1305, true, true",
        "AES_CTR_SHA512, false, true",
    })
    void nothingGetsThroughButWhatWasSent(TestAlgorithms algorithms, boolean inUdp, boolean extended) throws Exception {
        TestSa sa = AttackedTunnel.sa().algorithms(algorithms.withKeys()).replayWindow(128);
        if (inUdp) {
            sa.encapsulation(4500, 4500);
        }
        if (extended) {
            sa.extendedSequenceNumbers();
        }
        try (AttackedTunnel tunnel = new AttackedTunnel(sa, 1)) {
            HostileCampaign campaign = tunnel.campaign();
            campaign.run(HOSTILE / 10); // what is loaded once is loaded
            Footing before = Footing.now();
            campaign.run(HOSTILE);
            Footing growth = Footing.now().growth(before);

            assertThat(campaign.sent()).containsOnlyKeys(Hostility.values());
            assertThat(tunnel.usage().packets()).isEqualTo(campaign.genuine());
            assertThat(List.of(Drop.IN_NO_STATES, Drop.IN_STATE_SEQ_ERROR, Drop.IN_STATE_PROTO_ERROR))
                    .allMatch(cause -> tunnel.drops(cause) > HOSTILE / 100);
            assertThat(tunnel.events()).isEmpty();
            assertThat(growth.heapBytes()).isLessThan(TOLERANCE_BYTES);
            assertThat(growth.directBytes()).isLessThan(TOLERANCE_BYTES);
            assertThat(growth.descriptors()).isLessThanOrEqualTo(2);
        }
    }
}
