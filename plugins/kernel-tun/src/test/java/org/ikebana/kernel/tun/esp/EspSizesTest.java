package org.ikebana.kernel.tun.esp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.ikebana.ike.crypto.Secret;
import org.ikebana.ike.kernel.EspSizes;
import org.ikebana.ike.kernel.SaAlgorithms;
import org.ikebana.ike.kernel.SaMode;
import org.ikebana.ike.proposal.Transform;
import org.ikebana.ike.wire.TransformType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The lengths that are told of ESP packets are those that packets get. */
class EspSizesTest {
    private static final int IPV4_HEADER = 20;

    @ParameterizedTest
    @MethodSource("org.ikebana.kernel.tun.esp.Suite#all")
    void packetsAreAsLongAsTold(Suite suite) throws Exception {
        EspSizes sizes = EspSizes.of(algorithms(suite), SaMode.TUNNEL, 4, false).orElseThrow();
        try (EspCipher cipher = suite.cipher(EspCiphers.portable())) {
            for (int length = 0; length < 70; length++) {
                assertThat(sizes.wireLength(length))
                        .as("%d octets", length)
                        .isEqualTo(IPV4_HEADER + cipher.sealedLength(length));
            }
        }
    }

    private static SaAlgorithms algorithms(Suite suite) {
        Secret none = Secret.wrap(new byte[0]);
        return new SaAlgorithms(
                new Transform(TransformType.ENCR, suite.encryption().id(), 0),
                none,
                Optional.ofNullable(suite.integrity())
                        .map(mac -> new SaAlgorithms.Keyed(Transform.of(TransformType.INTEG, mac.id()), none)));
    }
}
