package org.ikebana.kernel.xfrm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.ikebana.ike.event.IkeEvent;
import org.ikebana.ike.kernel.ForwardingBackend;
import org.ikebana.ike.kernel.IpPrefix;
import org.ikebana.ike.kernel.KernelBackend;
import org.ikebana.ike.kernel.KernelEvent;
import org.ikebana.ike.kernel.KernelListener;
import org.ikebana.ike.kernel.KernelSnapshot.InstalledSa;
import org.ikebana.ike.kernel.KernelUpdate;
import org.ikebana.ike.kernel.Policy;
import org.ikebana.ike.kernel.SaKey;
import org.ikebana.ike.kernel.TestNet;
import org.ikebana.ike.kernel.TestPolicy;
import org.ikebana.kernel.linux.NetworkNamespace;
import org.ikebana.kernel.netlink.Attributes;
import org.ikebana.kernel.netlink.Netlink;
import org.ikebana.kernel.netlink.NetlinkClient;
import org.ikebana.kernel.xfrm.message.XfrmDecoder;
import org.ikebana.kernel.xfrm.message.XfrmMessage;
import org.ikebana.kernel.xfrm.struct.XfrmUserExpire;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A port scan through a trap and expiries by the thousand, real ones of our own SAs among them, while the engine's listener stands still: the
 * kernel drops what its buffer does not hold, and yet engine and databases agree at both ends afterwards. The whole storm:
 * {@code -Dikebana.storm=100000}.
 */
@Tag("realkernel")
@Timeout(900)
class EngineStormTest {
    private static final int EVENTS = Integer.getInteger("ikebana.storm", 4000);
    private static final int BUFFER = EVENTS < 100_000 ? 1 << 18 : KernelEvents.XFRM_BUFFER;
    private static final int CHILDREN = 16;
    private static final int EXPIRED = 5;
    private static final TestNet NET = TestNet.IPV4;
    private static final InetAddress SOURCE = NET.innerLocal();
    private static final InetAddress NOBODY = InetAddress.ofLiteral("192.0.2.9");
    private static final IpPrefix SCANNED = new IpPrefix(InetAddress.ofLiteral("10.128.0.0"), 9);
    private static final long MEBIBYTE = 1 << 20;

    private final CountDownLatch go = new CountDownLatch(1);
    private final AtomicInteger losses = new AtomicInteger();

    @Test
    void engineAndDatabasesAgreeInTheEnd() throws Exception {
        try (NetworkNamespace.Visit west = NetworkNamespace.enter();
                Anchor anchor = new Anchor();
                StormEnd peer = east(anchor)) {
            NetworkNamespace.command("ip link set w up");
            NetworkNamespace.command("ip addr add 192.0.2.1/24 dev w");
            NetworkNamespace.command("ip addr add 10.1.0.1/16 dev w");
            NetworkNamespace.command("ip route add default dev w");
            try (Gate kernel = new Gate(XfrmBackend.open(BUFFER));
                    StormEnd end = new StormEnd(
                            kernel,
                            List.of(
                                    StormEnd.tunnels(CHILDREN, NET.local(), NET.peer(), true),
                                    StormEnd.onDemand("scanned", NET.local(), NOBODY, SCANNED.toString()),
                                    StormEnd.onDemand("marker", NET.local(), NOBODY, "10.3.0.0/16")))) {
                end.await("all children come up", () -> end.both().agree(2 * CHILDREN));
                long before = heap();
                Files.writeString(Path.of("/proc/sys/net/core/xfrm_acq_expires"), "2");
                askEachHost(kernel);
                kernel.shut = true;

                storm(kernel);
                expire(kernel);
                awaitExpiry(kernel);
                long waiting = heap();
                go.countDown();

                end.awaitEvent(
                        IkeEvent.AcquireReceived.class, "marker", () -> packet(InetAddress.ofLiteral("10.3.0.1")));
                assertThat(losses).as("not everything could be kept").hasPositiveValue();
                end.await("engine and kernel agree", () -> end.both().agree(2 * CHILDREN));
                peer.await("so they do at the other end", () -> peer.both().equals(end.both()));
                System.out.printf(
                        "%,d events, told %d times that some were lost; heap before %d, while they waited %d, after %d MiB%n",
                        EVENTS, losses.get(), before / MEBIBYTE, waiting / MEBIBYTE, heap() / MEBIBYTE);
                assertThat(waiting - before).as("they wait in the kernel").isLessThan(16 * MEBIBYTE);
            }
        }
    }

    private static StormEnd east(Anchor west) throws Exception {
        try (NetworkNamespace.Visit east = NetworkNamespace.enter()) {
            NetworkNamespace.command("ip link add e type veth peer name w netns " + west.pid());
            NetworkNamespace.command("ip link set e up");
            NetworkNamespace.command("ip addr add 192.0.2.2/24 dev e");
            return new StormEnd(
                    XfrmBackend.open(), List.of(StormEnd.tunnels(CHILDREN, NET.peer(), NET.local(), false)));
        }
    }

    /** The trap of a tunnel asks once and waits; one in transport mode asks anew for each host: the worst case. */
    private static void askEachHost(KernelBackend kernel) throws Exception {
        Policy trap = kernel.snapshot().policies().stream()
                .filter(policy -> policy.key().selector().destination().equals(SCANNED))
                .findFirst()
                .orElseThrow();
        TestPolicy worst = TestPolicy.transport(NET, trap.templates().getFirst().reqid())
                .between(NET.localNet(), SCANNED)
                .priority(1);
        kernel.apply(KernelUpdate.of(worst.put()));
    }

    /** Half of it SPIs that lapse, half of it packets to ever new hosts. */
    private static void storm(KernelBackend kernel) throws Exception {
        for (int i = 1; i <= EVENTS / 2; i++) {
            kernel.allocateSpi(NET.spiRequest(1));
            packet(InetAddress.getByAddress(new byte[] {10, (byte) (0x80 | i >> 16), (byte) (i >> 8), (byte) i}));
        }
    }

    private static void packet(InetAddress destination) throws IOException {
        try (DatagramSocket socket = new DatagramSocket(0, SOURCE)) {
            socket.send(new DatagramPacket(new byte[] {1}, 1, destination, 5000));
        } catch (IOException held) {
            assertThat(held).hasMessageContaining("unavailable"); // EAGAIN: the kernel has no SA for it yet
        }
    }

    /** Ends the hard lifetime of some inbound SAs now: the kernel deletes them and tells. */
    private static void expire(KernelBackend kernel) throws Exception {
        List<SaKey> inbound = kernel.snapshot().sas().stream()
                .filter(sa -> !sa.larval())
                .map(InstalledSa::key)
                .filter(key -> key.destination().equals(NET.local()))
                .limit(EXPIRED)
                .toList();
        assertThat(inbound).hasSize(EXPIRED);
        try (NetlinkClient<XfrmMessage> client = NetlinkClient.open(Netlink.NETLINK_XFRM, XfrmDecoder::decode)) {
            for (XfrmMessage entry : client.dump(new XfrmMessage.DumpSa(Attributes.NONE).request())) {
                if (entry instanceof XfrmMessage.NewSa sa
                        && inbound.stream()
                                .anyMatch(key ->
                                        key.spi().value() == sa.body().id().spi())) {
                    XfrmMessage expire = new XfrmMessage.Expire(new XfrmUserExpire(sa.body(), 1), Attributes.NONE);
                    assertThat(client.exchange(expire.request()).isDone()).isTrue();
                }
            }
        }
    }

    /** All that was reserved or asked for lapses in the kernel, unheard. */
    private static void awaitExpiry(KernelBackend kernel) throws Exception {
        for (int i = 0; kernel.snapshot().sas().stream().anyMatch(InstalledSa::larval); i++) {
            assertThat(i).as("larval SAs stay").isLessThan(600);
            assertThat(new CountDownLatch(1).await(100, TimeUnit.MILLISECONDS)).isFalse();
        }
    }

    private static long heap() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    /** Once it is shut, the listener stands still with the next event, until it may go on. */
    private final class Gate implements ForwardingBackend {
        private final KernelBackend kernel;
        private volatile boolean shut;

        private Gate(KernelBackend kernel) {
            this.kernel = kernel;
        }

        @Override
        public KernelBackend kernel() {
            return kernel;
        }

        @Override
        public void listen(KernelListener listener) {
            kernel.listen(event -> {
                if (shut) {
                    pass();
                }
                if (event instanceof KernelEvent.EventsLost) {
                    losses.incrementAndGet();
                }
                listener.onEvent(event);
            });
        }

        private void pass() {
            try {
                assertThat(go.await(10, TimeUnit.MINUTES)).isTrue();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }

    /** A process in the calling thread's namespace, by which other programs find that. */
    private static final class Anchor implements AutoCloseable {
        private final Process process;

        private Anchor() throws IOException {
            process = new ProcessBuilder("cat").start();
        }

        private long pid() {
            return process.pid();
        }

        @Override
        public void close() {
            process.destroy();
        }
    }
}
