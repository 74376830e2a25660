package org.ikebana.kernel.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.ikebana.kernel.memory.TwoMachines.NET;

import java.util.Optional;
import java.util.stream.Stream;
import org.ikebana.ike.crypto.Secret;
import org.ikebana.ike.kernel.KernelException;
import org.ikebana.ike.kernel.SaAlgorithms;
import org.ikebana.ike.kernel.SaMode;
import org.ikebana.ike.kernel.Spi;
import org.ikebana.ike.kernel.TestAlgorithms;
import org.ikebana.ike.kernel.TestPolicy;
import org.ikebana.ike.kernel.TestSa;
import org.ikebana.ike.proposal.Transform;
import org.ikebana.ike.wire.EncrId;
import org.ikebana.ike.wire.IntegId;
import org.ikebana.ike.wire.TransformType;
import org.ikebana.kernel.model.Errno;
import org.ikebana.kernel.model.KernelOptions;
import org.ikebana.kernel.model.SaRules;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SaRulesTest {
    private static final Transform GCM = new Transform(TransformType.ENCR, EncrId.AES_GCM_16, 256);
    private static final Transform CBC = new Transform(TransformType.ENCR, EncrId.AES_CBC, 256);
    private static final Transform SHA256 = Transform.of(TransformType.INTEG, IntegId.HMAC_SHA2_256_128);

    static Stream<Arguments> refused() {
        return Stream.of(
                Arguments.of(sa().algorithms(aead(GCM, 32)), Errno.EINVAL, "key of 32 octets where"),
                Arguments.of(sa().algorithms(keyed(GCM, 36, SHA256, 32)), Errno.EINVAL, "exclude each other"),
                Arguments.of(sa().algorithms(aead(CBC, 32)), Errno.EINVAL, "Nothing protects integrity"),
                Arguments.of(sa().algorithms(keyed(CBC, 32, SHA256, 20)), Errno.EINVAL, "Integrity key of 20"),
                Arguments.of(
                        sa().algorithms(keyed(CBC, 32, Transform.of(TransformType.INTEG, 1024), 32)),
                        Errno.ENOSYS,
                        "AUTH algorithm not found"),
                Arguments.of(
                        sa().algorithms(aead(Transform.of(TransformType.ENCR, 1024), 32)),
                        Errno.ENOSYS,
                        "CRYPT algorithm not found"),
                Arguments.of(
                        sa().algorithms(aead(new Transform(TransformType.ENCR, EncrId.AES_CBC, 100), 12)),
                        Errno.ENOSYS,
                        "CRYPT algorithm not found"),
                Arguments.of(
                        sa().algorithms(aead(new Transform(TransformType.PRF, EncrId.AES_GCM_16, 256), 36)),
                        Errno.ENOSYS,
                        "CRYPT algorithm not found"),
                Arguments.of(TestSa.outbound(NET, 0), Errno.EINVAL, "SPI 0"),
                Arguments.of(sa().encapsulation(0, 4500), Errno.EINVAL, "UDP ports"),
                Arguments.of(sa().encapsulation(4500, 65_536), Errno.EINVAL, "UDP ports"),
                Arguments.of(
                        sa().selector(TestPolicy.pass(NET).build().key().selector()),
                        Errno.EINVAL,
                        "one traffic selector only"),
                Arguments.of(
                        TestSa.inbound(NET, new Spi(1001))
                                .extendedSequenceNumbers()
                                .replayWindow(0),
                        Errno.EINVAL,
                        "ESN replay window must be > 0"),
                Arguments.of(
                        TestSa.inbound(NET, new Spi(1001)).replayWindow(4097),
                        Errno.EINVAL,
                        "bitmap length must be <= 128"));
    }

    @ParameterizedTest
    @MethodSource
    void refused(TestSa sa, Errno errno, String rule) {
        assertThatExceptionOfType(KernelException.class)
                .isThrownBy(() -> SaRules.check(sa.build()))
                .satisfies(refusal -> {
                    assertThat(refusal.element()).isEqualTo(sa.build().key().toString());
                    assertThat(refusal.errno()).isEqualTo(errno.number());
                    assertThat(refusal.kernelText())
                            .hasValueSatisfying(text -> assertThat(text).contains(rule));
                    assertThat(refusal).hasMessageContaining(errno.words()).hasMessageContaining(rule);
                });
    }

    @Test
    void taken() throws Exception {
        for (TestAlgorithms algorithms : TestAlgorithms.values()) {
            SaRules.check(sa().algorithms(algorithms.withKeys()).build());
        }
        SaRules.check(sa().mode(SaMode.TRANSPORT)
                .selector(TestPolicy.pass(NET).build().key().selector())
                .build());
        SaRules.check(sa().extendedSequenceNumbers().replayWindow(0).build());
        SaRules.check(TestSa.inbound(NET, new Spi(1001)).replayWindow(4096).build());
    }

    @Test
    void withoutEspNothingIsInstalled() throws Exception {
        TwoMachines machines = new TwoMachines(KernelOptions.DEFAULT.withoutEsp());

        assertThatExceptionOfType(KernelException.class)
                .isThrownBy(() -> machines.left(sa().add()))
                .satisfies(refusal -> assertThat(refusal.errno()).isEqualTo(93));

        assertThat(machines.left.capabilities().esp()).isFalse();
        assertThat(machines.left.capabilities().espReason()).isNotBlank();
        machines.left(TestPolicy.tunnel(NET, 1).put());
        assertThat(machines.left.packetOut(TwoMachines.packet())).isInstanceOf(OutboundVerdict.Held.class);
    }

    private static TestSa sa() {
        return TestSa.outbound(NET, 1001);
    }

    private static SaAlgorithms aead(Transform encryption, int keyOctets) {
        return new SaAlgorithms(encryption, Secret.wrap(new byte[keyOctets]), Optional.empty());
    }

    private static SaAlgorithms keyed(Transform encryption, int keyOctets, Transform integrity, int integrityOctets) {
        return new SaAlgorithms(
                encryption,
                Secret.wrap(new byte[keyOctets]),
                Optional.of(new SaAlgorithms.Keyed(integrity, Secret.wrap(new byte[integrityOctets]))));
    }
}
