package org.ikebana.kernel.xfrm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.ikebana.ike.kernel.KernelCapabilities;
import org.ikebana.ike.kernel.TestPacket;
import org.ikebana.kernel.linux.NetworkNamespace;
import org.ikebana.kernel.netlink.Attributes;
import org.ikebana.kernel.netlink.Netlink;
import org.ikebana.kernel.netlink.NetlinkClient;
import org.ikebana.kernel.netlink.NetlinkOutcome;
import org.ikebana.kernel.xfrm.message.XfrmDecoder;
import org.ikebana.kernel.xfrm.message.XfrmMessage;
import org.ikebana.kernel.xfrm.message.XfrmMessage.FlushPolicy;
import org.ikebana.kernel.xfrm.message.XfrmMessage.FlushSa;
import org.ikebana.kernel.xfrm.struct.XfrmUsersaFlush;
import org.ikebana.kernel.xfrm.table.XfrmMonitor;

/** A kernel with ESP that is sent messages, without the backend's doing, and what it tells everybody. */
final class MessageBench implements AutoCloseable {
    private static final long LIMIT_SECONDS = 30;

    private final XfrmBench bench;
    private final NetlinkClient<XfrmMessage> client;
    private final XfrmMonitor monitor;
    private final Heard heard = new Heard();
    private final SaMessages sas;

    private MessageBench(XfrmBench bench) throws IOException {
        this.bench = bench;
        this.client = NetlinkClient.open(Netlink.NETLINK_XFRM, XfrmDecoder::decode);
        this.monitor = XfrmMonitor.start(heard);
        this.sas = new SaMessages(bench.backend().capabilities().saDirection());
    }

    /** Skips the calling test, loudly, where the kernel has no ESP. */
    static MessageBench open() throws Exception {
        XfrmBench bench = XfrmBench.open();
        KernelCapabilities capabilities = bench.backend().capabilities();
        if (!capabilities.esp()) {
            bench.close();
            NetworkNamespace.skip(capabilities.espReason() + "; run it by integration-tests/rig/in-real-kernel");
        }
        Files.writeString(Path.of("/proc/sys/net/core/xfrm_acq_expires"), "120"); // emulation is slow
        return new MessageBench(bench);
    }

    SaMessages sas() {
        return sas;
    }

    void leave(TestPacket packet) throws IOException {
        bench.leave(packet);
    }

    NetlinkOutcome<XfrmMessage> send(XfrmMessage message) throws IOException {
        return client.exchange(message.request());
    }

    void done(XfrmMessage message) throws IOException {
        NetlinkOutcome<XfrmMessage> outcome = send(message);
        assertThat(outcome.errno()).as("%s: %s", message, outcome.text()).isZero();
    }

    <T extends XfrmMessage> T answer(XfrmMessage question, Class<T> type) throws IOException {
        NetlinkOutcome<XfrmMessage> outcome = send(question);
        assertThat(outcome.errno()).as("%s: %s", question, outcome.text()).isZero();
        XfrmMessage answer = outcome.answer().orElseThrow();
        nothingIsUnknown(answer);
        return type.cast(answer);
    }

    List<XfrmMessage> dump(XfrmMessage question) throws IOException {
        return client.dump(question.request());
    }

    /** The first of those that the kernel has told or will. */
    <T extends XfrmMessage> T told(Class<T> type, Predicate<T> wanted) throws InterruptedException {
        T message = heard.await(type, wanted);
        nothingIsUnknown(message);
        return message;
    }

    /** Nothing is installed, and nothing has been told. */
    void clear() throws IOException {
        done(new FlushSa(new XfrmUsersaFlush(0), Attributes.NONE));
        done(new FlushPolicy(Attributes.NONE));
        heard.forget();
    }

    @Override
    public void close() {
        monitor.close();
        client.close();
        bench.close();
    }

    private static void nothingIsUnknown(XfrmMessage message) {
        assertThat(message.attributes().list())
                .allMatch(attribute -> attribute.type().name().startsWith("XFRMA_"));
    }

    private static final class Heard implements XfrmMonitor.Watcher {
        private final List<XfrmMessage> messages = new ArrayList<>();

        @Override
        public synchronized void onMessage(XfrmMessage message) {
            messages.add(message);
            notifyAll();
        }

        @Override
        public void onLost() {
            throw new AssertionError("the kernel told more than was heard");
        }

        synchronized void forget() {
            messages.clear();
        }

        synchronized <T extends XfrmMessage> T await(Class<T> type, Predicate<T> wanted) throws InterruptedException {
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
            while (true) {
                for (XfrmMessage message : messages) {
                    if (type.isInstance(message) && wanted.test(type.cast(message))) {
                        return type.cast(message);
                    }
                }
                long left = end - System.nanoTime();
                assertThat(left)
                        .as("waiting for %s, heard %s", type.getSimpleName(), messages)
                        .isPositive();
                TimeUnit.NANOSECONDS.timedWait(this, left);
            }
        }
    }
}
