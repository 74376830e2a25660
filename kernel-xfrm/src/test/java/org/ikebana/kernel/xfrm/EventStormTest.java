package org.ikebana.kernel.xfrm;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.ikebana.ike.kernel.IpPrefix;
import org.ikebana.ike.kernel.KernelBench;
import org.ikebana.ike.kernel.KernelContract;
import org.ikebana.ike.kernel.KernelEvent;
import org.ikebana.ike.kernel.KernelException;
import org.ikebana.ike.kernel.KernelSnapshot.InstalledSa;
import org.ikebana.ike.kernel.Spi;
import org.ikebana.ike.kernel.TestNet;
import org.ikebana.ike.kernel.TestPacket;
import org.ikebana.ike.kernel.TestPolicy;
import org.ikebana.kernel.linux.LogCapture;
import org.ikebana.kernel.netlink.NetlinkListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Acquires and expiries by the thousand while the listener stands still: the kernel keeps as many as the socket's buffer
 * holds, tells that some are lost, and a listener that then looks at the snapshot knows what there is. The whole storm, with
 * the daemon's own buffer: {@code -Dikebana.storm=100000}.
 */
@Timeout(300)
class EventStormTest implements KernelContract {
    private static final int EVENTS = Integer.getInteger("ikebana.storm", 4000);
    private static final int BUFFER = EVENTS < 100_000 ? 1 << 18 : KernelEvents.XFRM_BUFFER;
    private static final TestNet NET = TestNet.IPV4;
    private static final int MARKER = 99;
    private static final Duration STEP = Duration.ofMillis(100);
    private static final int STEPS = 600;

    @RegisterExtension
    private final OwnKernel kernel = new OwnKernel();

    /** Reservations that the listener believes to stand. */
    private final Set<Spi> believed = ConcurrentHashMap.newKeySet();

    private final Set<Integer> acquires = ConcurrentHashMap.newKeySet();
    private final AtomicInteger losses = new AtomicInteger();
    private final CountDownLatch go = new CountDownLatch(1);
    private final CountDownLatch marker = new CountDownLatch(1);

    @Override
    public KernelBench bench() {
        return kernel.bench();
    }

    @Test
    void nothingIsLostUntold() throws Exception {
        apply(
                TestPolicy.transport(NET, 7)
                        .between(NET.localNet(), new IpPrefix(address(0), 9))
                        .put(),
                TestPolicy.transport(NET, MARKER)
                        .between(NET.localNet(), NET.peerNet())
                        .put());
        try (LogCapture log = new LogCapture(NetlinkListener.class);
                KernelEvents events = new KernelEvents(BUFFER)) {
            events.listen(this::hear);
            for (int i = 1; i <= EVENTS / 2; i++) {
                believed.add(backend().allocateSpi(NET.spiRequest(1)));
                bench().leave(TestPacket.udp(NET.innerLocal(), address(i), 5000));
            }
            awaitExpiry();
            Files.writeString(Path.of("/proc/sys/net/core/xfrm_acq_expires"), "3600");
            Set<Spi> kept = new HashSet<>();
            for (int i = 0; i < 10; i++) {
                kept.add(backend().allocateSpi(NET.spiRequest(1)));
            }
            believed.addAll(kept);

            go.countDown();
            awaitMarker();

            assertThat(losses).hasPositiveValue();
            assertThat(log.lines()).hasSameSizeAs(new int[losses.get()]);
            assertThat(acquires).as("not all could be kept").hasSizeLessThan(EVENTS / 2);
            assertThat(believed).as("the listener knows what there is").isEqualTo(kept);
            assertThat(reservations()).isEqualTo(kept);
        }
    }

    private void hear(KernelEvent event) {
        await(go);
        switch (event) {
            case KernelEvent.Acquire acquire -> {
                acquires.add(acquire.acquireSeq());
                if (acquire.reqid() == MARKER) {
                    marker.countDown();
                }
            }
            case KernelEvent.HardExpire expire -> believed.remove(expire.key().spi());
            case KernelEvent.EventsLost lost -> {
                losses.incrementAndGet();
                believed.retainAll(reservations());
            }
            default -> {}
        }
    }

    private Set<Spi> reservations() {
        try {
            return sas().stream()
                    .map(InstalledSa::key)
                    .map(key -> key.spi())
                    .filter(spi -> spi.value() != 0)
                    .collect(Collectors.toSet());
        } catch (KernelException e) {
            throw new IllegalStateException(e);
        }
    }

    /** All that was reserved or asked for lapses in the kernel, unheard. */
    private void awaitExpiry() throws Exception {
        for (int i = 0; !sas().isEmpty(); i++) {
            assertThat(i).as("larval SAs stay").isLessThan(STEPS);
            bench().advance(STEP);
        }
    }

    /** Asks until it is heard, as the first may be among the lost. */
    private void awaitMarker() throws Exception {
        for (int i = 1; !marker.await(STEP.toMillis(), TimeUnit.MILLISECONDS); i++) {
            assertThat(i).as("the listener hears nothing any more").isLessThan(STEPS);
            bench().leave(TestPacket.udp(NET.innerLocal(), InetAddress.ofLiteral("10.2.1." + i % 250), 5000));
        }
    }

    /** In 10.128.0.0/9, another one for each number. */
    private static InetAddress address(int i) throws Exception {
        return InetAddress.getByAddress(new byte[] {10, (byte) (0x80 | i >> 16), (byte) (i >> 8), (byte) i});
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(4, TimeUnit.MINUTES)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
