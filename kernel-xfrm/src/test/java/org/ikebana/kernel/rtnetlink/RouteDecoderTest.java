package org.ikebana.kernel.rtnetlink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HexFormat;
import java.util.Random;
import org.ikebana.ike.wire.Octets;
import org.ikebana.kernel.netlink.Attributes;
import org.ikebana.kernel.netlink.CStruct;
import org.ikebana.kernel.netlink.NetlinkFormatException;
import org.ikebana.kernel.netlink.NetlinkMessage;
import org.ikebana.kernel.netlink.NetlinkPayload;
import org.ikebana.kernel.netlink.NetlinkRequest;
import org.ikebana.kernel.rtnetlink.RouteMessage.NewAddress;
import org.ikebana.kernel.rtnetlink.RouteMessage.NewLink;
import org.ikebana.kernel.rtnetlink.RouteMessage.NewRoute;
import org.ikebana.kernel.rtnetlink.RouteMessage.NewRule;
import org.ikebana.kernel.rtnetlink.RouteMessage.Other;
import org.junit.jupiter.api.Test;

/** Messages that Linux 6.18 sent to its multicast groups, and requests of ip(8) of iproute2 6.1. */
class RouteDecoderTest {
    /** After {@code ip route replace 10.2.0.0/16 dev t0 table 220 proto 201 metric 1024 src 10.1.0.1}. */
    private static final String ROUTE = "4400000018000006e882046bdb6a000002100000dcc9fd011000000008000f00dc000000"
            + "080001000a0200000800060000040000080007000a0100010800040002000000";

    /** After {@code ip addr add 10.7.0.1/24 dev t0}. */
    private static final String ADDRESS = "4c00000014000000e882046bdc6a00000218800002000000080001000a070001"
            + "080002000a0700010700030074300000080008008000000014000600ffffffffffffffffcf6a1500cf6a1500";

    /** After {@code ip -6 addr add 2001:db8:9::1/64 dev t0 nodad}. */
    private static final String ADDRESS6 = "480000001400000000000000000000000a408200020000001400010020010db800090000"
            + "000000000000000114000600ffffffffffffffffcf6a1500cf6a15000800080082000000";

    /** After {@code ip rule add pref 220 not fwmark 220 lookup 220 protocol 201}. */
    private static final String RULE = "4c00000020000000e882046bde6a000002000000dc0000010200000008000f00dc000000"
            + "08000e00ffffffff05001500c900000008000600dc00000008000a00dc00000008001000ffffffff";

    @Test
    void readsARoute() throws Exception {
        NewRoute route = (NewRoute) decode(ROUTE);

        assertThat(route.body())
                .isEqualTo(new RtMsg(2, 16, 0, 0, 220, 201, RtMsg.RT_SCOPE_LINK, RtMsg.RTN_UNICAST, 0x10));
        assertThat(route.attributes().get(Rta.DST)).contains(Octets.ofHex("0a020000"));
        assertThat(route.attributes().get(Rta.OIF)).contains(2);
        assertThat(route.attributes().get(Rta.PRIORITY)).contains(1024);
        assertThat(route.attributes().get(Rta.PREFSRC)).contains(Octets.ofHex("0a010001"));
        assertThat(route.attributes().get(Rta.TABLE)).contains(220);
    }

    @Test
    void readsAddresses() throws Exception {
        NewAddress ipv4 = (NewAddress) decode(ADDRESS);
        NewAddress ipv6 = (NewAddress) decode(ADDRESS6);

        assertThat(ipv4.body()).isEqualTo(new IfAddrMsg(2, 24, 0x80, 0, 2));
        assertThat(ipv4.attributes().get(Ifa.LOCAL)).contains(Octets.ofHex("0a070001"));
        assertThat(ipv4.attributes().get(Ifa.FLAGS)).contains(0x80);
        assertThat(ipv6.body()).isEqualTo(new IfAddrMsg(10, 64, 0x82, 0, 2));
        assertThat(ipv6.attributes().get(Ifa.LOCAL)).isEmpty();
        assertThat(ipv6.attributes().get(Ifa.ADDRESS)).contains(Octets.ofHex("20010db8000900000000000000000001"));
    }

    @Test
    void readsARule() throws Exception {
        NewRule rule = (NewRule) decode(RULE);

        assertThat(rule.body())
                .isEqualTo(new FibRuleHdr(2, 0, 0, 0, 220, FibRuleHdr.FR_ACT_TO_TBL, FibRuleHdr.FIB_RULE_INVERT));
        assertThat(rule.attributes().get(Fra.PRIORITY)).contains(220);
        assertThat(rule.attributes().get(Fra.FWMARK)).contains(220);
        assertThat(rule.attributes().get(Fra.FWMASK)).contains(0xffffffff);
        assertThat(rule.attributes().get(Fra.TABLE)).contains(220);
        assertThat(rule.attributes().get(Fra.PROTOCOL)).contains(201);
    }

    /** {@code ip link set t0 mtu 1400 txqueuelen 2048}, {@code … addrgenmode none} and {@code … up}. */
    @Test
    void writesInterfacesAsIpDoes() {
        Attributes sizes = Attributes.of(Ifla.MTU.of(1400), Ifla.TXQLEN.of(2048));
        Attributes none = Attributes.of(Ifla.INET6_ADDR_GEN_MODE.of(Ifla.IN6_ADDR_GEN_MODE_NONE));
        Attributes noLinkLocal = Attributes.of(Ifla.AF_SPEC.of(Attributes.of(Ifla.INET6.of(none))));

        assertThat(written(new NewLink(IfInfoMsg.of(2), sizes)))
                .isEqualTo("3000000010000500ad81046b00000000" + "00000000020000000000000000000000"
                        + "080004007805000008000d0000080000");
        assertThat(written(new NewLink(IfInfoMsg.of(2), noLinkLocal)))
                .isEqualTo("3000000010000500ad81046b00000000" + "00000000020000000000000000000000"
                        + "10001a000c000a000500080001000000");
        assertThat(written(new NewLink(new IfInfoMsg(0, 0, 2, 1, 1), Attributes.NONE)))
                .isEqualTo("2000000010000500ad81046b00000000" + "00000000020000000100000001000000");
    }

    @Test
    void readsWhatItWrites() throws Exception {
        Attributes none = Attributes.of(Ifla.INET6_ADDR_GEN_MODE.of(Ifla.IN6_ADDR_GEN_MODE_NONE));
        NewLink link = new NewLink(
                new IfInfoMsg(0, 0xfffe, 7, 0x1091, 1),
                Attributes.of(
                        Ifla.IFNAME.of(Ifla.name("ikebana0")), Ifla.AF_SPEC.of(Attributes.of(Ifla.INET6.of(none)))));

        NewLink read = (NewLink) decode(written(link));

        assertThat(read).isEqualTo(link);
        assertThat(Ifla.name(read.attributes().get(Ifla.IFNAME).orElseThrow())).isEqualTo("ikebana0");
    }

    @Test
    void keepsNothingOfWhatItDoesNotKnow() throws Exception {
        assertThat(decode("14000000500000000000000000000000" + "01020304")).isEqualTo(new Other(80));
    }

    @Test
    void refusesWhatIsCutOff() {
        String header = "0000000000000000" + "00000000";
        assertThatThrownBy(() -> decode("1a00000018000000" + header.substring(8) + "0210000000000000" + "0000"))
                .isInstanceOf(NetlinkFormatException.class);
        assertThatThrownBy(() -> decode("2300000018000000" + "0000000000000000" + "0210000000000000" + "00000000"
                        + "0700060000" + "0000"))
                .isInstanceOf(NetlinkFormatException.class)
                .hasMessageContaining("RTA_PRIORITY");
    }

    @Test
    void throwsNothingElseAtMutations() {
        Random random = new Random(220);
        int refused = 0;
        for (String vector : new String[] {ROUTE, ADDRESS, ADDRESS6, RULE}) {
            for (int i = 0; i < 2000; i++) {
                byte[] mutated = HexFormat.of().parseHex(vector);
                for (int k = 0; k < 3; k++) {
                    mutated[random.nextInt(mutated.length)] = (byte) random.nextInt();
                }
                try {
                    for (NetlinkMessage message : NetlinkMessage.split(CStruct.of(Octets.wrap(mutated)))) {
                        assertThat(RouteDecoder.decode(message).type())
                                .isEqualTo(message.header().type());
                    }
                } catch (NetlinkFormatException e) {
                    refused++;
                }
            }
        }
        assertThat(refused).isBetween(500, 7500);
    }

    private static RouteMessage decode(String hex) throws NetlinkFormatException {
        return RouteDecoder.decode(
                NetlinkMessage.split(CStruct.of(Octets.ofHex(hex))).getFirst());
    }

    private static String written(NetlinkPayload payload) {
        NetlinkRequest request = NetlinkRequest.change(payload);
        CStruct target = CStruct.allocate(request.size());
        request.writeTo(target, 0x6b0481ad);
        return target.octets(0, target.size()).toString();
    }
}
