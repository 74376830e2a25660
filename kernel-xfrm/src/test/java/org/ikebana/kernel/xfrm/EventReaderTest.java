package org.ikebana.kernel.xfrm;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.ikebana.ike.kernel.KernelEvent;
import org.ikebana.ike.kernel.Mark;
import org.ikebana.ike.kernel.PolicySelector;
import org.ikebana.ike.kernel.SaKey;
import org.ikebana.ike.kernel.SaProtocol;
import org.ikebana.ike.kernel.Spi;
import org.ikebana.ike.kernel.TestNet;
import org.ikebana.ike.kernel.TestPacket;
import org.ikebana.ike.kernel.TestPolicy;
import org.ikebana.ike.kernel.TestSa;
import org.ikebana.kernel.netlink.Attributes;
import org.ikebana.kernel.xfrm.message.XfrmMessage;
import org.ikebana.kernel.xfrm.message.XfrmMessage.Acquire;
import org.ikebana.kernel.xfrm.message.XfrmMessage.Expire;
import org.ikebana.kernel.xfrm.message.XfrmMessage.Mapping;
import org.ikebana.kernel.xfrm.message.XfrmMessage.UpdatePolicy;
import org.ikebana.kernel.xfrm.message.Xfrma;
import org.ikebana.kernel.xfrm.struct.XfrmAddress;
import org.ikebana.kernel.xfrm.struct.XfrmId;
import org.ikebana.kernel.xfrm.struct.XfrmSelector;
import org.ikebana.kernel.xfrm.struct.XfrmUserAcquire;
import org.ikebana.kernel.xfrm.struct.XfrmUserExpire;
import org.ikebana.kernel.xfrm.struct.XfrmUserMapping;
import org.ikebana.kernel.xfrm.struct.XfrmUserTmpl;
import org.ikebana.kernel.xfrm.struct.XfrmUsersaId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventReaderTest {
    private static final int ESP = 50;
    private static final int IPCOMP = 108;
    private static final TestNet NET = TestNet.IPV4;

    @ParameterizedTest
    @EnumSource
    void anAcquireNamesItsChildByReqid(TestNet net) throws Exception {
        PolicySelector packet = TestPacket.udp(net, 5000).asSelector();
        UpdatePolicy policy = PolicyMessages.put(TestPolicy.tunnel(net, 7).build());

        assertThat(EventReader.read(acquire(net, Selectors.toKernel(packet), ESP, policy.attributes())))
                .contains(new KernelEvent.Acquire(7, 99, packet, net.local(), net.peer(), SaProtocol.ESP));
    }

    /** An IPv4 packet for a tunnel through IPv6: only the template tells the family of the tunnel's ends. */
    @Test
    void theEndsHaveTheTemplatesFamily() throws Exception {
        PolicySelector packet = TestPacket.udp(NET, 5000).asSelector();
        UpdatePolicy policy =
                PolicyMessages.put(TestPolicy.tunnel(TestNet.IPV6, 7).build());

        assertThat(EventReader.read(acquire(TestNet.IPV6, Selectors.toKernel(packet), ESP, policy.attributes())))
                .contains(new KernelEvent.Acquire(
                        7, 99, packet, TestNet.IPV6.local(), TestNet.IPV6.peer(), SaProtocol.ESP));
    }

    @Test
    void theTemplateOfTheProtocolIsMeant() throws Exception {
        XfrmUserTmpl esp = PolicyMessages.put(TestPolicy.tunnel(NET, 7).build())
                .attributes()
                .get(Xfrma.TMPL)
                .orElseThrow()
                .getFirst();
        XfrmUserTmpl ipcomp = new XfrmUserTmpl(
                new XfrmId(esp.id().daddr(), 0, IPCOMP), esp.family(), esp.saddr(), 6, 1, 0, 1, -1, -1, -1);
        PolicySelector packet = TestPacket.udp(NET, 5000).asSelector();
        Attributes both = Attributes.NONE.with(Xfrma.TMPL, List.of(ipcomp, esp));

        assertThat(EventReader.read(acquire(NET, Selectors.toKernel(packet), ESP, both)))
                .hasValueSatisfying(event ->
                        assertThat(((KernelEvent.Acquire) event).reqid()).isEqualTo(7));
        assertThat(EventReader.read(acquire(NET, Selectors.toKernel(packet), IPCOMP, both)))
                .as("its SA comes with that of ESP")
                .isEmpty();
    }

    @Test
    void anAcquireForNoPacketIsPassedOver() throws Exception {
        UpdatePolicy policy = PolicyMessages.put(TestPolicy.tunnel(NET, 7).build());

        assertThat(EventReader.read(acquire(NET, Selectors.ANY, ESP, policy.attributes())))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void anExpiryTellsTheWholeKey(boolean hard) throws Exception {
        SaKey key = new SaKey(NET.peer(), new Spi(1001), SaProtocol.ESP, new Mark(5, 7));
        XfrmMessage message = expire(TestSa.outbound(NET, 1001).mark(key.mark()).reqid(9), hard);

        assertThat(EventReader.read(message))
                .contains(hard ? new KernelEvent.HardExpire(key, 9) : new KernelEvent.SoftExpire(key, 9));
    }

    @Test
    void theEndOfAnAcquireIsPassedOver() throws Exception {
        assertThat(EventReader.read(expire(TestSa.outbound(NET, 0), true))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void aMappingTellsBothAddresses(TestNet net) throws Exception {
        InetAddress now = net.innerPeer();
        Mapping message = new Mapping(
                new XfrmUserMapping(
                        new XfrmUsersaId(XfrmAddress.of(net.local()), 0xc0000001, net == NET ? 2 : 10, ESP),
                        9,
                        XfrmAddress.of(net.peer()),
                        XfrmAddress.of(now),
                        4500,
                        40001),
                Attributes.NONE);

        assertThat(EventReader.read(message))
                .contains(new KernelEvent.MappingChanged(
                        new SaKey(net.local(), new Spi(0xc0000001), SaProtocol.ESP, Mark.NONE),
                        9,
                        new InetSocketAddress(net.peer(), 4500),
                        new InetSocketAddress(now, 40001)));
    }

    private static XfrmMessage acquire(TestNet net, XfrmSelector packet, int protocol, Attributes attributes) {
        return new Acquire(
                new XfrmUserAcquire(
                        new XfrmId(XfrmAddress.of(net.peer()), 0, protocol),
                        XfrmAddress.of(net.local()),
                        packet,
                        PolicyMessages.put(TestPolicy.tunnel(net, 7).build()).body(),
                        -1,
                        -1,
                        -1,
                        99),
                attributes);
    }

    private static XfrmMessage expire(TestSa sa, boolean hard) throws Exception {
        XfrmMessage.NewSa message = new SaMessages(false).add(sa.build());
        return new Expire(new XfrmUserExpire(message.body(), hard ? 1 : 0), message.attributes());
    }
}
