package org.ikebana.kernel.netlink;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.ikebana.kernel.linux.LogCapture;
import org.ikebana.kernel.linux.NetworkNamespace;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class NetlinkListenerTest {
    private static final int RTMGRP_IPV4_IFADDR = 0x10;
    private static final int RTM_NEWADDR = 20;
    private static final int SMALL_BUFFER = 2048;

    @Test
    void tellsWhatHappensUntilItIsClosed() throws Exception {
        NetworkNamespace.run(() -> {
            Recorder recorder = new Recorder();
            NetlinkListener listener = start(recorder, 1 << 16);

            NetworkNamespace.command("ip addr add 10.0.0.1/24 dev lo");
            assertThat(recorder.next()).isEqualTo("message " + RTM_NEWADDR);
            assertThat(recorder.next()).isEqualTo("pause");
            listener.close();
            listener.close();
            NetworkNamespace.command("ip addr add 10.0.0.2/24 dev lo");

            assertThat(recorder.heard).isEmpty();
        });
    }

    @Test
    void tellsThatMessagesWereLostAndGoesOn(@TempDir Path folder) throws Exception {
        Path many = Files.write(
                folder.resolve("many.ip"),
                IntStream.range(2, 40)
                        .mapToObj(i -> "addr add 10.0.0." + i + "/24 dev lo")
                        .toList());
        NetworkNamespace.run(() -> {
            Recorder recorder = new Recorder();
            try (LogCapture log = new LogCapture(NetlinkListener.class);
                    NetlinkListener listener = start(recorder, SMALL_BUFFER)) {
                assertThat(listener).isNotNull();
                recorder.hold();
                NetworkNamespace.command("ip addr add 10.0.0.1/24 dev lo");
                recorder.awaitHeld();
                NetworkNamespace.command("ip -batch " + many);
                recorder.release();

                String heard = recorder.next();
                while (!heard.equals("lost")) {
                    assertThat(heard).isNotEqualTo("nothing");
                    heard = recorder.next();
                }
                while (!heard.equals("pause")) {
                    heard = recorder.next();
                }
                assertThat(log.lines()).allMatch(line -> line.startsWith("WARN Kernel events were lost: "));
                recorder.heard.clear();
                NetworkNamespace.command("ip addr add 10.0.1.1/24 dev lo");
                assertThat(recorder.next()).isEqualTo("message " + RTM_NEWADDR);
            }
        });
    }

    @Test
    void survivesASinkThatFails() throws Exception {
        NetworkNamespace.run(() -> {
            Recorder recorder = new Recorder();
            recorder.failing = true;
            try (LogCapture log = new LogCapture(NetlinkListener.class);
                    NetlinkListener listener = start(recorder, 1 << 16)) {
                assertThat(listener).isNotNull();
                NetworkNamespace.command("ip addr add 10.0.0.1/24 dev lo");
                assertThat(recorder.next()).isEqualTo("pause");
                assertThat(log.lines()).containsExactly("ERROR A kernel event was not dealt with");
                recorder.failing = false;
                NetworkNamespace.command("ip addr add 10.0.0.2/24 dev lo");
                assertThat(recorder.next()).isEqualTo("message " + RTM_NEWADDR);
            }
        });
    }

    private static NetlinkListener start(Recorder recorder, int buffer) throws Exception {
        NetlinkSocket socket = NetlinkSocket.open(Netlink.NETLINK_ROUTE, RTMGRP_IPV4_IFADDR, buffer);
        return NetlinkListener.start("listener-test", new NetlinkListener.Source(socket, recorder));
    }

    private static final class Recorder implements NetlinkListener.Sink {
        final BlockingQueue<String> heard = new LinkedBlockingQueue<>();
        volatile boolean failing;
        private volatile CountDownLatch held = new CountDownLatch(0);
        private volatile CountDownLatch go = new CountDownLatch(0);

        @Override
        public void onMessage(NetlinkMessage message) {
            if (failing) {
                throw new IllegalStateException("as the test wants it");
            }
            heard.add("message " + message.header().type());
            held.countDown();
            await(go);
        }

        @Override
        public void onLost() {
            heard.add("lost");
        }

        @Override
        public void onPause() {
            heard.add("pause");
        }

        String next() throws InterruptedException {
            String word = heard.poll(20, TimeUnit.SECONDS);
            return word == null ? "nothing" : word;
        }

        void hold() {
            held = new CountDownLatch(1);
            go = new CountDownLatch(1);
        }

        void awaitHeld() {
            await(held);
        }

        void release() {
            go.countDown();
        }

        private static void await(CountDownLatch latch) {
            try {
                assertThat(latch.await(40, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException(e);
            }
        }
    }
}
