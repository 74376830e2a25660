package org.ikebana.ike.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Optional;
import org.ikebana.ike.crypto.Secret;
import org.ikebana.ike.kernel.KernelSnapshot.InstalledSa;
import org.ikebana.ike.proposal.Transform;
import org.ikebana.ike.wire.TransformType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Adding, looking at and deleting SAs. */
public interface SaContract extends KernelContract {
    Spi SPI = new Spi(0xc0ffee01);

    @ParameterizedTest
    @EnumSource
    default void anOutboundSaIsInstalled(TestNet net) throws Exception {
        needsEsp("installing an SA");
        SecurityAssociation sa = TestSa.outbound(net, 0x11223344)
                .reqid(9)
                .encapsulation(4500, 4501)
                .build();

        apply(new KernelChange.AddSa(sa));

        assertThat(sas()).singleElement().satisfies(installed -> {
            assertThat(installed.key()).isEqualTo(sa.key());
            assertThat(installed.source()).isEqualTo(net.local());
            assertThat(installed.mode()).isEqualTo(SaMode.TUNNEL);
            assertThat(installed.reqid()).isEqualTo(9);
            assertThat(installed.larval()).isFalse();
            assertThat(installed.encapsulation()).contains(new Encapsulation(4500, 4501));
            assertThat(installed.usage().packets()).isZero();
            assertThat(installed.usage().bytes()).isZero();
        });
    }

    @Test
    default void anInboundSaNeedsNoReservation() throws Exception {
        needsEsp("installing an inbound SA");

        apply(TestSa.inbound(TestNet.IPV4, SPI).add());

        assertThat(completeSas()).extracting(sa -> sa.key().spi()).containsExactly(SPI);
    }

    @Test
    default void transportModeAndIntegrityWithoutAead() throws Exception {
        needsEsp("transport mode");

        apply(TestSa.inbound(TestNet.IPV4, SPI)
                .mode(SaMode.TRANSPORT)
                .aesCbcWithSha256()
                .add());

        assertThat(sas()).extracting(InstalledSa::mode).containsExactly(SaMode.TRANSPORT);
    }

    @ParameterizedTest
    @EnumSource
    default void everyAlgorithmIsTaken(TestAlgorithms algorithms) throws Exception {
        needsEsp("installing " + algorithms);

        apply(
                TestSa.inbound(TestNet.IPV4, SPI)
                        .algorithms(algorithms.withKeys())
                        .add(),
                TestSa.outbound(TestNet.IPV4, 0x11223344)
                        .algorithms(algorithms.withKeys())
                        .add());

        assertThat(completeSas()).hasSize(2);
    }

    @Test
    default void anUnknownAlgorithmIsRefused() throws Exception {
        needsEsp("an unknown algorithm");
        SaAlgorithms privateUse =
                new SaAlgorithms(Transform.of(TransformType.ENCR, 1024), Secret.copyOf(new byte[16]), Optional.empty());

        assertThatExceptionOfType(KernelException.class)
                .isThrownBy(() -> apply(TestSa.outbound(TestNet.IPV4, 0x11223344)
                        .algorithms(privateUse)
                        .add()))
                .satisfies(refusal -> assertThat(refusal.element()).isEqualTo("ESP SA 11223344 to 192.0.2.2"));
        assertThat(sas()).isEmpty();
    }

    @Test
    default void theKeysMayBeWipedOnceTheSaIsInstalled() throws Exception {
        needsEsp("wiping keys");
        TestSa outbound = TestSa.outbound(TestNet.IPV4, 0x11223344);
        apply(outbound.add(), TestPolicy.tunnel(TestNet.IPV4, 1).put());

        outbound.build().algorithms().encryptionKey().close();
        bench().leave(TestPacket.udp(TestNet.IPV4, 5000));

        assertThat(backend().usage(outbound.build().key()).map(SaUsage::packets))
                .contains(1L);
    }

    @Test
    default void aCompleteSaIsNotReplaced() throws Exception {
        needsEsp("a duplicate SA");
        TestSa inbound = TestSa.inbound(TestNet.IPV4, SPI);
        TestSa outbound = TestSa.outbound(TestNet.IPV4, 0x11223344);
        apply(inbound.add(), outbound.add());

        KernelException refusal =
                refused(EEXIST, "ESP SA c0ffee01 to 192.0.2.1", inbound.reqid(2).add());
        refused(EEXIST, "ESP SA 11223344 to 192.0.2.2", outbound.reqid(2).add());

        assertThat(refusal).hasMessageStartingWith("ESP SA c0ffee01 to 192.0.2.1: ");
        assertThat(refusal.getMessage()).as("reason in words").containsPattern("[a-z]{3,} [a-z]{3,}");
        assertThat(completeSas()).hasSize(2).extracting(InstalledSa::reqid).containsOnly(1);
    }

    @Test
    default void oneSpiMayServeSeveralDestinations() throws Exception {
        needsEsp("the same SPI at two destinations");

        apply(
                TestSa.inbound(TestNet.IPV4, SPI).add(),
                TestSa.inbound(TestNet.IPV6, SPI).add());

        assertThat(completeSas())
                .extracting(sa -> sa.key().destination())
                .containsExactlyInAnyOrder(TestNet.IPV4.local(), TestNet.IPV6.local());
    }

    @Test
    default void marksTellSasApart() throws Exception {
        needsEsp("marks of SAs");
        TestSa first = TestSa.inbound(TestNet.IPV4, SPI).mark(new Mark(1, 0xff));
        TestSa second =
                TestSa.inbound(TestNet.IPV4, SPI).mark(new Mark(2, 0xff)).reqid(2);
        apply(first.add(), second.add());
        assertThat(completeSas())
                .extracting(sa -> sa.key().mark())
                .containsExactlyInAnyOrder(new Mark(1, 0xff), new Mark(2, 0xff));

        apply(first.delete());

        assertThat(completeSas()).extracting(InstalledSa::reqid).containsExactly(2);
    }

    @Test
    default void extendedSequenceNumbersAndLargeWindows() throws Exception {
        needsEsp("replay windows");
        apply(TestSa.inbound(TestNet.IPV4, SPI)
                .extendedSequenceNumbers()
                .replayWindow(4096)
                .add());
        apply(TestSa.outbound(TestNet.IPV4, 1001)
                .extendedSequenceNumbers()
                .replayWindow(0)
                .add());
        apply(TestSa.inbound(TestNet.IPV6, SPI).replayWindow(128).add());
        apply(TestSa.inbound(TestNet.IPV6, new Spi(1002)).replayWindow(0).add());
        assertThat(completeSas()).hasSize(4);

        TestSa withoutWindow = TestSa.inbound(TestNet.IPV4, new Spi(1003)).extendedSequenceNumbers();
        refused(
                EINVAL,
                "ESP SA 000003eb to 192.0.2.1",
                withoutWindow.replayWindow(0).add());
        refused(
                EINVAL,
                "ESP SA 000003eb to 192.0.2.1",
                withoutWindow.replayWindow(4097).add());
    }

    @Test
    default void deletingAMissingSaIsNoError() throws Exception {
        apply(
                TestSa.inbound(TestNet.IPV4, SPI).delete(),
                TestSa.outbound(TestNet.IPV6, 1).delete());

        assertThat(sas()).isEmpty();
    }

    @Test
    default void aDeletedSaIsGone() throws Exception {
        needsEsp("deleting an SA");
        TestSa inbound = TestSa.inbound(TestNet.IPV4, SPI);
        TestSa outbound = TestSa.outbound(TestNet.IPV4, 0x11223344);
        apply(inbound.add(), outbound.add());

        apply(inbound.delete());

        assertThat(sas())
                .extracting(InstalledSa::key)
                .containsExactly(outbound.build().key());
        assertThat(backend().usage(inbound.build().key())).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    default void trafficIsCounted(TestNet net) throws Exception {
        needsEsp("usage counters");
        TestSa outbound = TestSa.outbound(net, 0x11223344);
        apply(outbound.add(), TestPolicy.tunnel(net, 1).put());
        SaKey key = outbound.build().key();
        assertThat(backend().usage(key).map(SaUsage::packets)).contains(0L);

        bench().leave(TestPacket.udp(net, 5000));
        bench().leave(TestPacket.udp(net, 5000));

        SaUsage usage = backend().usage(key).orElseThrow();
        assertThat(usage.packets()).isEqualTo(2);
        assertThat(usage.bytes()).isBetween(100L, 2000L);
        assertThat(usage.lastUsed().filter(last -> last.isBefore(usage.added())))
                .isEmpty();
        assertThat(sas()).singleElement().extracting(sa -> sa.usage().packets()).isEqualTo(2L);
    }

    @Test
    default void usageOfAMissingSaIsEmpty() throws Exception {
        assertThat(backend().usage(new SaKey(TestNet.IPV4.local(), SPI, SaProtocol.ESP, Mark.NONE)))
                .isEqualTo(Optional.empty());
    }
}
