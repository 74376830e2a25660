package org.ikebana.kernel.xfrm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ikebana.kernel.linux.NetworkNamespace.command;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.ikebana.ike.kernel.EventLog;
import org.ikebana.ike.kernel.KernelBench;
import org.ikebana.ike.kernel.KernelContract;
import org.ikebana.ike.kernel.KernelEvent;
import org.ikebana.ike.kernel.PortMatch;
import org.ikebana.ike.kernel.TestNet;
import org.ikebana.ike.kernel.TestPacket;
import org.ikebana.ike.kernel.TestPolicy;
import org.ikebana.kernel.linux.LogCapture;
import org.ikebana.kernel.netlink.NetlinkListener;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the common contract of kernels does not ask for. */
@Timeout(60)
class KernelEventsTest implements KernelContract {
    private static final TestNet NET = TestNet.IPV4;
    private static final int SMALL_BUFFER = 2048;
    private static final int MANY = 60;

    @RegisterExtension
    private final OwnKernel kernel = new OwnKernel();

    @Override
    public KernelBench bench() {
        return kernel.bench();
    }

    @Test
    void tellsThatAddressesAndRoutesChanged() throws Exception {
        EventLog events = EventLog.of(bench());

        command("ip addr add 203.0.113.1/24 dev d0");
        events.first(KernelEvent.AddressChanged.class);
        int heard = events.all(KernelEvent.AddressChanged.class).size();
        command("ip route add 203.0.114.0/24 dev d0");

        events.nth(KernelEvent.AddressChanged.class, heard + 1);
    }

    @Test
    void tellsThatEventsWereLost() throws Exception {
        CountDownLatch first = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        CountDownLatch lost = new CountDownLatch(1);
        for (int i = 1; i <= MANY; i++) {
            apply(TestPolicy.tunnel(NET, i).udpTo(PortMatch.exactly(i)).put());
        }
        try (LogCapture log = new LogCapture(NetlinkListener.class);
                KernelEvents events = new KernelEvents(SMALL_BUFFER)) {
            events.listen(event -> {
                first.countDown();
                await(go);
                if (event instanceof KernelEvent.EventsLost) {
                    lost.countDown();
                }
            });
            bench().leave(TestPacket.udp(NET, 1));
            await(first);
            for (int i = 2; i <= MANY; i++) {
                bench().leave(TestPacket.udp(NET, i));
            }
            go.countDown();
            await(lost);
            assertThat(log.lines()).isNotEmpty();
        }
    }

    @Test
    void aListenerThatFailsHearsTheNextEvent() throws Exception {
        CountDownLatch second = new CountDownLatch(2);
        apply(
                TestPolicy.tunnel(NET, 1).udpTo(PortMatch.exactly(1)).put(),
                TestPolicy.tunnel(NET, 2).udpTo(PortMatch.exactly(2)).put());
        backend().listen(event -> {
            if (event instanceof KernelEvent.Acquire) { // interfaces may still be coming up
                second.countDown();
                throw new IllegalStateException("as the test wants it");
            }
        });

        try (LogCapture log = new LogCapture(KernelEvents.class)) {
            bench().leave(TestPacket.udp(NET, 1));
            bench().leave(TestPacket.udp(NET, 2));
            await(second);
            backend().close();
            assertThat(log.lines()).hasSize(2).allMatch(line -> line.endsWith(" was not dealt with"));
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
