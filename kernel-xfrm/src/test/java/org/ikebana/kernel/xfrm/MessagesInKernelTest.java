package org.ikebana.kernel.xfrm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.ikebana.kernel.linux.NetworkNamespace.command;

import java.util.List;
import org.ikebana.ike.kernel.SaProtocol;
import org.ikebana.ike.kernel.TestNet;
import org.ikebana.ike.kernel.TestPolicy;
import org.ikebana.ike.kernel.TestSa;
import org.ikebana.kernel.linux.Errno;
import org.ikebana.kernel.linux.IpFamily;
import org.ikebana.kernel.netlink.Attributes;
import org.ikebana.kernel.xfrm.message.XfrmMessage;
import org.ikebana.kernel.xfrm.message.XfrmMessage.AllocSpi;
import org.ikebana.kernel.xfrm.message.XfrmMessage.DumpSa;
import org.ikebana.kernel.xfrm.message.XfrmMessage.FlushPolicy;
import org.ikebana.kernel.xfrm.message.XfrmMessage.FlushSa;
import org.ikebana.kernel.xfrm.message.XfrmMessage.NewPolicy;
import org.ikebana.kernel.xfrm.message.XfrmMessage.NewSa;
import org.ikebana.kernel.xfrm.message.XfrmMessage.UpdatePolicy;
import org.ikebana.kernel.xfrm.message.XfrmMessage.UpdateSa;
import org.ikebana.kernel.xfrm.message.Xfrma;
import org.ikebana.kernel.xfrm.struct.XfrmAddress;
import org.ikebana.kernel.xfrm.struct.XfrmAddressFilter;
import org.ikebana.kernel.xfrm.struct.XfrmUsersaFlush;
import org.ikebana.kernel.xfrm.struct.XfrmUserspiInfo;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** Messages that the backend has no use for, or uses in one way only: {@code ip xfrm} says what became of them. */
@Tag("realkernel")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(120)
class MessagesInKernelTest {
    private static final TestNet NET = TestNet.IPV4;
    private static final int ESP = 50;
    private static final int AH = 51;

    @SuppressWarnings("NullAway.Init") // made before the first test
    private MessageBench kernel;

    @BeforeAll
    void open() throws Exception {
        kernel = MessageBench.open();
    }

    @AfterAll
    void close() {
        if (kernel != null) {
            kernel.close();
        }
    }

    @AfterEach
    void clear() throws Exception {
        kernel.clear();
    }

    @Test
    void anSpiIsReservedOutOfARange() throws Exception {
        AllocSpi any = kernel.sas().reserve(NET.spiRequest(7));
        AllocSpi one = new AllocSpi(new XfrmUserspiInfo(any.body().info(), 0x2001, 0x2001), any.attributes());
        AllocSpi none = new AllocSpi(new XfrmUserspiInfo(any.body().info(), 0x2002, 0x2001), any.attributes());

        assertThat(kernel.answer(one, NewSa.class).body().id().spi()).isEqualTo(0x2001);

        assertThat(kernel.send(one).failedWith(Errno.ENOENT))
                .as("no other is free")
                .isTrue();
        assertThat(kernel.send(none).failedWith(Errno.EINVAL))
                .as("from more to less")
                .isTrue();
        assertThat(command("ip xfrm state")).contains("spi 0x00002001").doesNotContain("spi 0x00002002");
    }

    @Test
    void whatIsThereAlreadyIsRefusedAndNotReplaced() throws Exception {
        UpdatePolicy put = PolicyMessages.put(TestPolicy.tunnel(NET, 1).build());
        NewPolicy policy = new NewPolicy(put.body(), put.attributes());
        NewSa sa = kernel.sas().add(TestSa.outbound(NET, 0x1001).reqid(1).build());
        assertThat(kernel.send(new UpdateSa(sa.body(), sa.attributes())).failedWith(Errno.ESRCH))
                .as("there is nothing to complete")
                .isTrue();
        kernel.done(policy);
        kernel.done(sa);

        UpdatePolicy other =
                PolicyMessages.put(TestPolicy.tunnel(NET, 2).priority(1).build());
        assertThat(kernel.send(new NewPolicy(other.body(), other.attributes())).failedWith(Errno.EEXIST))
                .isTrue();
        assertThat(kernel.send(sa).failedWith(Errno.EEXIST)).isTrue();
        assertThatThrownBy(() -> command("ip xfrm policy add src 10.1.0.0/16 dst 10.2.0.0/16 dir out priority 9"))
                .hasMessageContaining("File exists");

        assertThat(words(command("ip xfrm policy")))
                .containsOnlyOnce("dir out")
                .contains("priority 1000")
                .contains("reqid 1 ");
        assertThat(kernel.send(PolicyMessages.delete(
                                TestPolicy.tunnel(TestNet.IPV6, 1).build().key()))
                        .failedWith(Errno.ENOENT))
                .isTrue();
    }

    @Test
    void oneProtocolOrOneNetIsListedAndOneProtocolRemoved() throws Exception {
        kernel.done(kernel.sas().add(TestSa.outbound(NET, 0x1001).build()));
        kernel.done(kernel.sas()
                .add(TestSa.outbound(NET, 0x1002)
                        .protocol(SaProtocol.AH)
                        .aesCbcWithSha256()
                        .build()));
        kernel.done(kernel.sas().add(TestSa.outbound(TestNet.IPV6, 0x1003).build()));
        kernel.done(PolicyMessages.put(TestPolicy.tunnel(NET, 1).build()));

        XfrmAddressFilter toPeer =
                new XfrmAddressFilter(XfrmAddress.ANY, XfrmAddress.of(NET.peer()), IpFamily.IPV4.number(), 0, 32);
        assertThat(spis(new DumpSa(Attributes.NONE))).containsExactlyInAnyOrder(0x1001, 0x1002, 0x1003);
        assertThat(spis(new DumpSa(Attributes.NONE.with(Xfrma.PROTO, AH)))).containsExactly(0x1002);
        assertThat(spis(new DumpSa(Attributes.NONE.with(Xfrma.PROTO, 0).with(Xfrma.ADDRESS_FILTER, toPeer))))
                .containsExactlyInAnyOrder(0x1001, 0x1002);

        kernel.done(new FlushSa(new XfrmUsersaFlush(ESP), Attributes.NONE));
        assertThat(command("ip xfrm state")).containsOnlyOnce("proto").contains("proto ah spi 0x00001002");
        kernel.done(new FlushPolicy(Attributes.NONE));
        assertThat(command("ip xfrm policy")).isBlank();
        kernel.told(FlushSa.class, flush -> flush.body().proto() == ESP);
        kernel.told(FlushPolicy.class, flush -> true);
    }

    private List<Integer> spis(DumpSa dump) throws Exception {
        return kernel.dump(dump).stream()
                .map(XfrmMessage::body)
                .map(org.ikebana.kernel.xfrm.struct.XfrmUsersaInfo.class::cast)
                .map(info -> info.id().spi())
                .toList();
    }

    private static String words(String output) {
        return output.replaceAll("\\s+", " ").strip();
    }
}
