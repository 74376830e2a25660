package org.ikebana.ike.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.ikebana.ike.kernel.KernelEvent;
import org.ikebana.ike.kernel.Mark;
import org.ikebana.ike.kernel.SaKey;
import org.ikebana.ike.kernel.SaProtocol;
import org.ikebana.ike.kernel.Spi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A storm of events and an engine that is slow: memory has its limit, and what was dropped was told. */
@Timeout(60)
class KernelMailboxTest {
    private static final int STORM = 100_000;
    private static final InetAddress HERE = InetAddress.ofLiteral("192.0.2.1");

    private final EventLoop loop = new EventLoop("test");
    private final CountDownLatch begun = new CountDownLatch(1);
    private final CountDownLatch go = new CountDownLatch(1);
    private final CountDownLatch end = new CountDownLatch(1);
    /** What the engine believes to be installed. */
    private final Set<Integer> believed = new HashSet<>();

    /** What is. */
    private final Set<Integer> installed = new HashSet<>();

    private final List<Integer> losses = new ArrayList<>();
    private int heard;

    @AfterEach
    void close() {
        loop.close();
    }

    @Test
    void aStormIsBoundedAndWhatItCostIsTold() throws Exception {
        KernelMailbox mailbox = new KernelMailbox(loop, this::hear);
        for (int spi = 1; spi <= STORM; spi++) {
            believed.add(spi);
        }
        loop.start();
        mailbox.onEvent(new KernelEvent.AddressChanged());
        assertThat(begun.await(30, TimeUnit.SECONDS))
                .as("the engine is at its first event, and leaves the rest waiting")
                .isTrue();

        for (int spi = 1; spi <= STORM; spi++) {
            mailbox.onEvent(new KernelEvent.HardExpire(key(spi), 7));
            assertThat(mailbox.waiting()).isLessThanOrEqualTo(KernelMailbox.LIMIT);
        }
        go.countDown();
        loop.inform(end::countDown);

        assertThat(end.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(heard).isEqualTo(KernelMailbox.LIMIT);
        assertThat(losses).as("told once, after all that waited").containsExactly(heard);
        assertThat(believed).as("the databases and the engine agree").isEqualTo(installed);
        assertThat(mailbox.waiting()).isZero();
    }

    @Test
    void withoutAStormNothingIsLost() throws Exception {
        KernelMailbox mailbox = new KernelMailbox(loop, this::hear);
        go.countDown();
        for (int spi = 1; spi <= KernelMailbox.LIMIT; spi++) {
            mailbox.onEvent(new KernelEvent.HardExpire(key(spi), 7));
        }
        loop.start();
        loop.inform(end::countDown);

        assertThat(end.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(heard).isEqualTo(KernelMailbox.LIMIT);
        assertThat(losses).isEmpty();
    }

    /** Timers and datagrams have their turn while events keep coming. */
    @Test
    void aStormDoesNotKeepOthersWaiting() throws Exception {
        CountDownLatch datagram = new CountDownLatch(1);
        KernelMailbox[] mailbox = new KernelMailbox[1];
        mailbox[0] = new KernelMailbox(loop, event -> {
            if (datagram.getCount() > 0) {
                mailbox[0].onEvent(event);
            }
        });
        mailbox[0].onEvent(new KernelEvent.AddressChanged());
        loop.start();

        assertThat(loop.offer(datagram::countDown)).isTrue();

        assertThat(datagram.await(30, TimeUnit.SECONDS)).isTrue();
    }

    private void hear(KernelEvent event) {
        begun.countDown();
        try {
            assertThat(go.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        switch (event) {
            case KernelEvent.HardExpire expire -> {
                heard++;
                believed.remove(expire.key().spi().value());
            }
            case KernelEvent.EventsLost lost -> {
                losses.add(heard);
                believed.retainAll(installed);
            }
            default -> {}
        }
    }

    private static SaKey key(int spi) {
        return new SaKey(HERE, new Spi(spi), SaProtocol.ESP, Mark.NONE);
    }
}
