package org.ikebana.kernel.netlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.ikebana.kernel.linux.Errno;
import org.ikebana.kernel.linux.ErrnoException;
import org.ikebana.kernel.linux.NetworkNamespace;
import org.ikebana.kernel.xfrm.message.XfrmDecoder;
import org.ikebana.kernel.xfrm.message.XfrmMessage;
import org.ikebana.kernel.xfrm.message.XfrmMessage.DeletePolicy;
import org.ikebana.kernel.xfrm.message.XfrmMessage.DumpPolicy;
import org.ikebana.kernel.xfrm.message.XfrmMessage.GetPolicy;
import org.ikebana.kernel.xfrm.message.XfrmMessage.NewPolicy;
import org.ikebana.kernel.xfrm.struct.XfrmAddress;
import org.ikebana.kernel.xfrm.struct.XfrmLifetimeCfg;
import org.ikebana.kernel.xfrm.struct.XfrmLifetimeCur;
import org.ikebana.kernel.xfrm.struct.XfrmSelector;
import org.ikebana.kernel.xfrm.struct.XfrmUserpolicyId;
import org.ikebana.kernel.xfrm.struct.XfrmUserpolicyInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Against the kernel of this machine, with policies that block nothing but a documentation prefix. */
@Timeout(60)
class NetlinkClientTest {
    /** So many that a dump takes dozens of datagrams and a batch several. */
    private static final int MANY = 1000;

    @Test
    void batchesAndDumpsOfAnySize() throws Exception {
        NetworkNamespace.run(() -> {
            try (NetlinkClient<XfrmMessage> client = client()) {
                List<NetlinkOutcome<XfrmMessage>> added = client.exchange(
                        IntStream.range(0, MANY).mapToObj(i -> add(i)).toList());
                List<XfrmMessage> dump = client.dump(new DumpPolicy(Attributes.NONE).request());
                List<NetlinkOutcome<XfrmMessage>> found = client.exchange(
                        IntStream.range(0, MANY).mapToObj(i -> get(i)).toList());

                assertThat(added).hasSize(MANY).allMatch(NetlinkOutcome::isDone);
                assertThat(dump)
                        .hasSize(MANY)
                        .extracting(message -> ((NewPolicy) message).body().priority())
                        .containsExactlyInAnyOrderElementsOf(
                                IntStream.range(0, MANY).boxed().toList());
                assertThat(found)
                        .extracting(outcome -> priority(outcome))
                        .containsExactlyElementsOf(
                                IntStream.range(0, MANY).boxed().toList());
            }
        });
    }

    @Test
    void tellsEachOfABatchItsOwnOutcome() throws Exception {
        NetworkNamespace.run(() -> {
            try (NetlinkClient<XfrmMessage> client = client()) {
                List<NetlinkOutcome<XfrmMessage>> outcomes =
                        client.exchange(List.of(get(1), add(1), add(1), get(1), delete(1), delete(1)));

                assertThat(outcomes)
                        .extracting(NetlinkOutcome::errno)
                        .containsExactly(Errno.ENOENT.number(), 0, Errno.EEXIST.number(), 0, 0, Errno.ENOENT.number());
                assertThat(priority(outcomes.get(3))).isEqualTo(1);
            }
        });
    }

    @Test
    void handsOnTheKernelsOwnWords() throws Exception {
        NetworkNamespace.run(() -> {
            try (NetlinkClient<XfrmMessage> client = client()) {
                XfrmUserpolicyInfo noSuchDirection = info(1, 7);

                NetlinkOutcome<XfrmMessage> outcome =
                        client.exchange(new NewPolicy(noSuchDirection, Attributes.NONE).request());

                assertThat(outcome.failedWith(Errno.EINVAL)).isTrue();
                assertThat(outcome.text()).contains("Invalid policy direction");
            }
        });
    }

    @Test
    void knowsItsOwnPort() throws Exception {
        try (NetlinkClient<XfrmMessage> one = client();
                NetlinkClient<XfrmMessage> other = client()) {
            assertThat(one.port()).isNotZero().isNotEqualTo(other.port()).isEqualTo(one.port());
        }
    }

    @Test
    void severalThreadsTakeTurns() throws Exception {
        NetworkNamespace.run(() -> {
            try (NetlinkClient<XfrmMessage> client = client();
                    ExecutorService executor = Executors.newFixedThreadPool(4)) {
                List<Callable<Boolean>> workers = new ArrayList<>();
                for (int worker = 0; worker < 4; worker++) {
                    int first = worker * 100;
                    workers.add(() -> addAndFind(client, first, 100));
                }
                for (Future<Boolean> done : executor.invokeAll(workers)) {
                    assertThat(done.get()).isTrue();
                }
            }
        });
    }

    @Test
    void leavesNoKeysBehind() throws Exception {
        NetworkNamespace.run(() -> {
            try (NetlinkClient<XfrmMessage> client = client()) {
                client.exchange(add(1));
                assertThat(client.isWiped()).isTrue();
                client.dump(new DumpPolicy(Attributes.NONE).request());
                assertThat(client.isWiped()).isTrue();
            }
        });
    }

    @Test
    void refusesWhenClosed() throws Exception {
        NetlinkClient<XfrmMessage> client = client();
        client.close();
        client.close();

        assertThatThrownBy(() -> client.exchange(get(1)))
                .isInstanceOf(IOException.class)
                .hasMessage("the netlink socket is closed");
    }

    private static boolean addAndFind(NetlinkClient<XfrmMessage> client, int first, int count) throws IOException {
        for (int i = first; i < first + count; i++) {
            List<NetlinkOutcome<XfrmMessage>> outcomes = client.exchange(List.of(add(i), get(i), delete(i)));
            assertThat(outcomes).allMatch(NetlinkOutcome::isDone);
            assertThat(priority(outcomes.get(1))).isEqualTo(i);
        }
        return true;
    }

    private static NetlinkClient<XfrmMessage> client() throws ErrnoException {
        return NetlinkClient.open(Netlink.NETLINK_XFRM, XfrmDecoder::decode);
    }

    private static int priority(NetlinkOutcome<XfrmMessage> outcome) {
        return ((NewPolicy) outcome.answer().orElseThrow()).body().priority();
    }

    private static NetlinkRequest add(int number) {
        return new NewPolicy(info(number, 1), Attributes.NONE).request();
    }

    private static NetlinkRequest get(int number) {
        return new GetPolicy(new XfrmUserpolicyId(selector(number), 0, 1), Attributes.NONE).request();
    }

    private static NetlinkRequest delete(int number) {
        return new DeletePolicy(new XfrmUserpolicyId(selector(number), 0, 1), Attributes.NONE).request();
    }

    private static XfrmUserpolicyInfo info(int number, int direction) {
        return new XfrmUserpolicyInfo(
                selector(number), XfrmLifetimeCfg.UNLIMITED, XfrmLifetimeCur.NONE, number, 0, direction, 1, 0, 0);
    }

    private static XfrmSelector selector(int number) {
        XfrmAddress destination = XfrmAddress.of(InetAddress.ofLiteral("192.0.2.0"));
        return new XfrmSelector(destination, XfrmAddress.ANY, number, 0xffff, 0, 0, 2, 24, 0, 17, 0, 0);
    }
}
