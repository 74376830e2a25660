package org.ikebana.kernel.xfrm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ikebana.kernel.linux.NetworkNamespace.command;

import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.ikebana.ike.kernel.KernelBench;
import org.ikebana.ike.kernel.KernelChange;
import org.ikebana.ike.kernel.KernelContract;
import org.ikebana.ike.kernel.Mark;
import org.ikebana.ike.kernel.SaOptions;
import org.ikebana.ike.kernel.Spi;
import org.ikebana.ike.kernel.TestNet;
import org.ikebana.ike.kernel.TestPacket;
import org.ikebana.ike.kernel.TestPolicy;
import org.ikebana.ike.kernel.TestSa;
import org.ikebana.kernel.linux.NetworkNamespace;
import org.ikebana.kernel.netlink.Attributes;
import org.ikebana.kernel.netlink.Netlink;
import org.ikebana.kernel.netlink.NetlinkClient;
import org.ikebana.kernel.xfrm.message.XfrmDecoder;
import org.ikebana.kernel.xfrm.message.XfrmMessage;
import org.ikebana.kernel.xfrm.message.XfrmMessage.NewSa;
import org.ikebana.kernel.xfrm.message.Xfrma;
import org.ikebana.kernel.xfrm.table.SaEntry;
import org.ikebana.kernel.xfrm.table.XfrmTables;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * {@code XFRMA_SA_DIR} of Linux 6.10 and later. Debian's {@code ip xfrm} knows nothing of it, so that our own decoder reads it
 * from a dump, and the kernel's counters are the judge. User Mode Linux is too old: {@code in-real-kernel --engine qemu}.
 */
@Tag("realkernel")
@Timeout(120)
class SaDirectionInKernelTest implements KernelContract {
    private static final TestNet NET = TestNet.IPV4;
    private static final int IN = 1;

    @RegisterExtension
    private final OwnKernel kernel = new OwnKernel();

    @Override
    public KernelBench bench() {
        return kernel.bench();
    }

    @Test
    void eachSaIsToldItsDirectionAndTellsIt() throws Exception {
        needsDirections();
        Files.writeString(Path.of("/proc/sys/net/core/xfrm_acq_expires"), "120"); // emulation is slow
        Spi reserved = backend().allocateSpi(NET.spiRequest(7));
        TestSa out = TestSa.outbound(NET, 0x1002);
        apply(TestSa.inbound(NET, new Spi(0x1001)).add(), out.add());
        command("ip xfrm state add src 192.0.2.2 dst 192.0.2.1 proto comp spi 0x1003 mode transport comp deflate");

        assertThat(directions())
                .containsExactlyInAnyOrderEntriesOf(Map.of(
                        reserved,
                        Optional.of("in"),
                        new Spi(0x1001),
                        Optional.of("in"),
                        new Spi(0x1002),
                        Optional.of("out"),
                        new Spi(0x1003),
                        Optional.empty()));

        InetAddress elsewhere = InetAddress.ofLiteral("198.51.100.7");
        apply(
                new KernelChange.MoveSa(out.build().key(), NET.local(), elsewhere, Optional.empty()),
                TestSa.inbound(NET, reserved).add());
        assertThat(directions()).as("moved, and completed").containsEntry(new Spi(0x1002), Optional.of("out"));
        assertThat(directions()).containsEntry(reserved, Optional.of("in"));
    }

    @Test
    void aDumpIsReadWhole() throws Exception {
        needsDirections();
        apply(TestSa.inbound(NET, new Spi(0x1001)).extendedSequenceNumbers().add());
        apply(TestSa.outbound(NET, 0x1002)
                .extendedSequenceNumbers()
                .encapsulation(4500, 4501)
                .add());

        assertThat(XfrmTables.read(XfrmTables.Keys.WIPED).sas())
                .hasSize(2)
                .allSatisfy(sa -> assertThat(sa.attributes().list())
                        .allMatch(attribute -> attribute.type().name().startsWith("XFRMA_")));
    }

    /** Which are as young, and for SAs of one direction only. */
    @Test
    void natKeepalivesOfTheKernelAreTold() throws Exception {
        needsDirections();
        if (backend().features().stream()
                .noneMatch(feature -> feature.name().startsWith("NAT keepalives") && feature.present())) {
            NetworkNamespace.skip("this kernel sends no NAT keepalives (Linux 6.11)");
        }
        SaOptions options =
                new SaOptions(Mark.NONE, Optional.empty(), Optional.empty(), 20, OptionalInt.empty(), false, false);
        TestSa out = TestSa.outbound(NET, 0x1001).encapsulation(4500, 4501).options(options);
        apply(
                out.add(),
                TestSa.inbound(NET, new Spi(0x1002))
                        .encapsulation(4501, 4500)
                        .options(options)
                        .add());

        Map<Spi, Optional<Integer>> intervals = XfrmTables.read(XfrmTables.Keys.WIPED).sas().stream()
                .collect(Collectors.toMap(SaEntry::spi, sa -> sa.attributes().get(Xfrma.NAT_KEEPALIVE_INTERVAL)));
        assertThat(intervals)
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(new Spi(0x1001), Optional.of(20), new Spi(0x1002), Optional.empty()));
    }

    /** So that it is the kernel that knows the direction, and not we alone: the same SA, but for one octet of its message. */
    @Test
    void theKernelSendsNothingWithAnSaThatReceives() throws Exception {
        needsDirections();
        TestSa out = TestSa.outbound(NET, 0x1001).reqid(7);
        apply(out.add(), TestPolicy.tunnel(NET, 7).put());
        bench().leave(TestPacket.udp(NET, 5000));
        assertThat(backend().usage(out.build().key()).orElseThrow().packets()).isEqualTo(1);
        assertThat(refusedForDirection()).isZero();
        apply(out.delete());

        NewSa addition = new SaMessages(true).add(out.build());
        Attributes reversed = addition.attributes().without(Xfrma.SA_DIR).with(Xfrma.SA_DIR, IN);
        try (NetlinkClient<XfrmMessage> client = NetlinkClient.open(Netlink.NETLINK_XFRM, XfrmDecoder::decode)) {
            assertThat(client.exchange(new NewSa(addition.body(), reversed).request())
                            .isDone())
                    .isTrue();
        }
        bench().leave(TestPacket.udp(NET, 5000));

        assertThat(refusedForDirection()).isPositive();
        assertThat(backend().usage(out.build().key()).orElseThrow().packets()).isZero();
    }

    private void needsDirections() {
        if (!backend().capabilities().saDirection()) {
            NetworkNamespace.skip("this kernel knows no direction of an SA (Linux 6.10); run it in"
                    + " integration-tests/rig/in-real-kernel --engine qemu");
        }
    }

    private static Map<Spi, Optional<String>> directions() throws Exception {
        List<SaEntry> sas = XfrmTables.read(XfrmTables.Keys.WIPED).sas();
        return sas.stream().collect(Collectors.toMap(SaEntry::spi, SaEntry::direction));
    }

    private static int refusedForDirection() throws Exception {
        return command("cat /proc/net/xfrm_stat")
                .lines()
                .filter(line -> line.startsWith("XfrmOutStateDirError"))
                .mapToInt(line -> Integer.parseInt(line.replaceAll("\\D", "")))
                .sum();
    }
}
