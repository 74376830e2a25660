package org.ikebana.ike.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.ikebana.ike.crypto.Secret;
import org.ikebana.ike.proposal.Transform;
import org.ikebana.ike.wire.EncrId;
import org.ikebana.ike.wire.IntegId;
import org.ikebana.ike.wire.TransformType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EspSizesTest {
    private static final int NONE = 0;

    /** Worked out by hand from RFC 4303 2: outer header, UDP, 8, IV, and text in whole blocks with a trailer of 2, ICV. */
    @ParameterizedTest
    @CsvSource({
        // encryption, integrity, mode, outer address, UDP, path, MTU, MSS over IPv4
        "20, 0, TUNNEL, 4, false, 1500, 1446, 1406",
        "20, 0, TUNNEL, 4, true, 1500, 1438, 1398",
        "20, 0, TUNNEL, 16, false, 1500, 1426, 1386",
        "20, 0, TUNNEL, 16, true, 1500, 1418, 1378",
        "20, 0, TRANSPORT, 4, false, 1500, 1466, 1426",
        "20, 0, TUNNEL, 4, false, 1492, 1438, 1398",
        "20, 0, TUNNEL, 4, false, 1499, 1442, 1402",
        "18, 0, TUNNEL, 4, false, 1500, 1454, 1414",
        "28, 0, TUNNEL, 4, false, 1500, 1446, 1406",
        "12, 12, TUNNEL, 4, false, 1500, 1438, 1398",
        "12, 12, TUNNEL, 4, true, 1500, 1422, 1382",
        "12, 14, TUNNEL, 4, false, 1500, 1422, 1382",
        "12, 2, TRANSPORT, 4, false, 1500, 1458, 1418",
        "13, 13, TUNNEL, 4, false, 1500, 1438, 1398",
        "3, 2, TUNNEL, 4, false, 1500, 1446, 1406",
        "2, 2, TUNNEL, 4, false, 1500, 1446, 1406",
        "6, 2, TUNNEL, 4, false, 1500, 1446, 1406",
        "7, 2, TUNNEL, 4, false, 1500, 1446, 1406",
        "11, 12, TUNNEL, 4, false, 1500, 1454, 1414",
    })
    void knowsWhatFits(
            int encryption, int integrity, SaMode mode, int addressLength, boolean udp, int path, int mtu, int mss) {
        EspSizes sizes = EspSizes.of(algorithms(encryption, integrity), mode, addressLength, udp)
                .orElseThrow();

        assertThat(sizes.mtu(path)).isEqualTo(mtu);
        assertThat(sizes.tcpMss(path, 4)).isEqualTo(mss);
        assertThat(sizes.tcpMss(path, 16)).isEqualTo(mss - 20);
        assertThat(sizes.wireLength(mtu)).isLessThanOrEqualTo(path);
        assertThat(sizes.wireLength(mtu + 1)).isGreaterThan(path);
    }

    @Test
    void saysNothingOfWhatItDoesNotKnow() {
        assertThat(EspSizes.of(algorithms(999, NONE), SaMode.TUNNEL, 4, false)).isEmpty();
        assertThat(EspSizes.of(algorithms(EncrId.AES_CBC, 999), SaMode.TUNNEL, 4, false))
                .isEmpty();
        assertThat(EspSizes.of(algorithms(EncrId.AES_CBC, IntegId.HMAC_SHA2_256_128), SaMode.TUNNEL, 4, false))
                .isPresent();
    }

    private static SaAlgorithms algorithms(int encryption, int integrity) {
        Optional<SaAlgorithms.Keyed> mac = integrity == NONE
                ? Optional.empty()
                : Optional.of(
                        new SaAlgorithms.Keyed(Transform.of(TransformType.INTEG, integrity), Secret.wrap(new byte[0])));
        return new SaAlgorithms(new Transform(TransformType.ENCR, encryption, 256), Secret.wrap(new byte[0]), mac);
    }
}
