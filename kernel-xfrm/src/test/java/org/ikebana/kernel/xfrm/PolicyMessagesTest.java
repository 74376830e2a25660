package org.ikebana.kernel.xfrm;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import org.ikebana.ike.kernel.Direction;
import org.ikebana.ike.kernel.IpPrefix;
import org.ikebana.ike.kernel.Mark;
import org.ikebana.ike.kernel.Policy;
import org.ikebana.ike.kernel.PolicyKey;
import org.ikebana.ike.kernel.PolicySelector;
import org.ikebana.ike.kernel.PolicyTemplate;
import org.ikebana.ike.kernel.PortMatch;
import org.ikebana.ike.kernel.SaMode;
import org.ikebana.ike.kernel.SaProtocol;
import org.ikebana.ike.kernel.TestNet;
import org.ikebana.ike.kernel.TestPolicy;
import org.ikebana.kernel.netlink.Attributes;
import org.ikebana.kernel.netlink.CStruct;
import org.ikebana.kernel.netlink.NetlinkRequest;
import org.ikebana.kernel.xfrm.message.XfrmMessage.NewPolicy;
import org.ikebana.kernel.xfrm.message.XfrmMessage.UpdatePolicy;
import org.ikebana.kernel.xfrm.message.Xfrma;
import org.ikebana.kernel.xfrm.struct.XfrmUserTmpl;
import org.ikebana.kernel.xfrm.struct.XfrmUserpolicyInfo;
import org.ikebana.kernel.xfrm.struct.XfrmUserpolicyType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PolicyMessagesTest {
    private static final PolicyKey KEY = new PolicyKey(
            new PolicySelector(prefix("10.1.0.0", 16), prefix("10.2.0.0", 16), 0, PortMatch.ANY, PortMatch.ANY),
            Direction.IN,
            Mark.NONE,
            0);
    private static final PolicyTemplate TEMPLATE = new PolicyTemplate(
            InetAddress.ofLiteral("192.0.2.1"),
            InetAddress.ofLiteral("198.51.100.2"),
            SaProtocol.ESP,
            SaMode.TUNNEL,
            1);

    /**
     * What iproute2 6.1 sends, but for the sequence number, for <code>ip xfrm policy add src 10.1.0.0/16 dst 10.2.0.0/16
     * dir in tmpl src 192.0.2.1 dst 198.51.100.2 proto esp reqid 1 mode tunnel</code>.
     */
    @Test
    void isWhatIproute2Sends() {
        UpdatePolicy put = PolicyMessages.put(new Policy(KEY, 0, Policy.Action.ALLOW, List.of(TEMPLATE)));

        assertThat(hex(new NewPolicy(put.body(), put.attributes()).request()))
                .isEqualTo(
                        // struct nlmsghdr: 252 octets, XFRM_MSG_NEWPOLICY, NLM_F_REQUEST | NLM_F_ACK
                        "fc000000" + "1300" + "0500" + "00000000" + "00000000"
                                // struct xfrm_selector: daddr, saddr, ports and masks
                                + "0a020000000000000000000000000000"
                                + "0a010000000000000000000000000000"
                                + "0000000000000000"
                                // family, prefixlen_d, prefixlen_s, proto, ifindex, user
                                + "0200" + "10" + "10" + "00000000" + "00000000" + "00000000"
                                // struct xfrm_lifetime_cfg: counters without limit, no times
                                + "ffffffffffffffffffffffffffffffff"
                                + "ffffffffffffffffffffffffffffffff"
                                + "0000000000000000000000000000000000000000000000000000000000000000"
                                // struct xfrm_lifetime_cur
                                + "0000000000000000000000000000000000000000000000000000000000000000"
                                // priority, index, dir, action, flags, share
                                + "00000000" + "00000000" + "00" + "00" + "00" + "00" + "00000000"
                                // struct nlattr: 68 octets, XFRMA_TMPL; struct xfrm_user_tmpl: daddr, spi, proto
                                + "4400" + "0500" + "c6336402000000000000000000000000" + "00000000" + "32000000"
                                // family, saddr, reqid, mode, share, optional
                                + "02000000" + "c0000201000000000000000000000000" + "01000000" + "01" + "00" + "0000"
                                // aalgos, ealgos, calgos
                                + "ffffffff" + "ffffffff" + "ffffffff");
    }

    @ParameterizedTest
    @EnumSource
    void readsBackWhatItPut(TestNet net) throws Exception {
        List<Policy> policies = List.of(
                TestPolicy.tunnel(net, 7).mark(5, 0xff).ifId(-1).priority(-1).build(),
                TestPolicy.transport(net, 7).incoming(Direction.FORWARD).build(),
                TestPolicy.block(net)
                        .protocol(6, new PortMatch(0x1000, 0xf000), PortMatch.exactly(443))
                        .build());
        for (Policy policy : policies) {
            UpdatePolicy put = PolicyMessages.put(policy);
            assertThat(PolicyMessages.read(new NewPolicy(put.body(), put.attributes())))
                    .contains(policy);
        }
    }

    @Test
    void namesAPolicyByAllOfItsIdentity() {
        PolicyKey key = new PolicyKey(KEY.selector(), Direction.FORWARD, new Mark(1, 3), 9);

        assertThat(PolicyMessages.get(key).body())
                .isEqualTo(PolicyMessages.delete(key).body());
        assertThat(PolicyMessages.delete(key).body().dir()).isEqualTo(2);
        assertThat(PolicyMessages.delete(key).attributes())
                .isEqualTo(PolicyMessages.get(key).attributes());
        assertThat(PolicyMessages.delete(key).attributes().has(Xfrma.MARK)).isTrue();
        assertThat(PolicyMessages.delete(key).attributes().get(Xfrma.IF_ID)).contains(9);
    }

    @Test
    void passesOverWhatIsNotOurs() throws Exception {
        UpdatePolicy put = PolicyMessages.put(new Policy(KEY, 0, Policy.Action.ALLOW, List.of(TEMPLATE)));
        XfrmUserpolicyInfo info = put.body();
        int socketDirection = 3;
        NewPolicy ofSocket = new NewPolicy(
                new XfrmUserpolicyInfo(
                        info.sel(), info.lft(), info.curlft(), 0, 0, socketDirection, info.action(), 0, 0),
                Attributes.NONE);
        NewPolicy sub = new NewPolicy(info, put.attributes().with(Xfrma.POLICY_TYPE, new XfrmUserpolicyType(1)));
        XfrmUserTmpl ours = put.attributes().get(Xfrma.TMPL).orElseThrow().getFirst();
        int routeOptimization = 2;
        NewPolicy mobile = new NewPolicy(
                info,
                Attributes.NONE.with(
                        Xfrma.TMPL,
                        List.of(
                                ours,
                                new XfrmUserTmpl(
                                        ours.id(), ours.family(), ours.saddr(), 1, routeOptimization, 0, 0, 0, 0, 0))));

        assertThat(PolicyMessages.read(ofSocket)).isEmpty();
        assertThat(PolicyMessages.read(sub)).isEmpty();
        assertThat(PolicyMessages.read(mobile))
                .as("a policy without one of its templates would be another policy")
                .isEmpty();
    }

    private static String hex(NetlinkRequest request) {
        CStruct target = CStruct.allocate(request.size());
        request.writeTo(target, 0);
        return target.octets(0, target.size()).toString();
    }

    private static IpPrefix prefix(String address, int length) {
        return new IpPrefix(InetAddress.ofLiteral(address), length);
    }
}
