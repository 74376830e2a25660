package org.ikebana.ike.ts;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet6Address;
import java.util.List;
import org.ikebana.ike.wire.Octets;
import org.ikebana.ike.wire.PayloadType;
import org.ikebana.ike.wire.TrafficSelectorSubstructure;
import org.ikebana.ike.wire.TsPayload;
import org.ikebana.ike.wire.UnknownSelectorSubstructure;
import org.junit.jupiter.api.Test;

class SelectorCodecTest {
    private static final int IPV4 = TrafficSelectorSubstructure.IPV4_ADDR_RANGE;
    private static final int IPV6 = TrafficSelectorSubstructure.IPV6_ADDR_RANGE;

    @Test
    void writesRangesOfBothFamilies() throws Exception {
        List<TrafficSelector> selectors = List.of(
                SelectorSyntax.parse("10.1.0.0/16[tcp/80-90]"),
                SelectorSyntax.parse("2001:db8::/32"),
                SelectorSyntax.parse("192.0.2.1[udp/opaque]"));
        TsPayload payload = SelectorCodec.toWire(PayloadType.TSI, selectors);

        assertThat(payload)
                .isEqualTo(TsPayload.of(
                        PayloadType.TSI,
                        List.of(
                                wire(IPV4, 6, 80, 90, "0a010000", "0a01ffff"),
                                wire(
                                        IPV6,
                                        0,
                                        0,
                                        0xffff,
                                        "20010db8000000000000000000000000",
                                        "20010db8ffffffffffffffffffffffff"),
                                wire(IPV4, 17, 0xffff, 0, "c0000201", "c0000201"))));
        assertThat(SelectorCodec.fromWire(payload)).isEqualTo(selectors);
    }

    @Test
    void leavesOutWhatItDoesNotKnowAndWhatSelectsNothing() throws Exception {
        TsPayload payload = new TsPayload(
                PayloadType.TSR,
                List.of(
                        new UnknownSelectorSubstructure(9, 133, Octets.ofHex("00")),
                        wire(IPV4, 0, 0, 0xffff, "0a000002", "0a000001"),
                        wire(IPV4, 6, 81, 80, "0a000001", "0a000001"),
                        wire(IPV4, 6, 0xffff, 1, "0a000001", "0a000001"),
                        wire(IPV4, 6, 80, 80, "0a000001", "0a000001")));

        assertThat(SelectorCodec.fromWire(payload)).containsExactly(SelectorSyntax.parse("10.0.0.1[tcp/80]"));
    }

    @Test
    void keepsIpv6AddressesThatHoldIpv4Addresses() {
        TsPayload payload = TsPayload.of(
                PayloadType.TSI,
                List.of(wire(
                        IPV6, 0, 0, 0xffff, "00000000000000000000ffff0a000001", "00000000000000000000ffff0a0000ff")));
        List<TrafficSelector> selectors = SelectorCodec.fromWire(payload);

        assertThat(selectors)
                .singleElement()
                .satisfies(selector -> assertThat(selector.start()).isInstanceOf(Inet6Address.class));
        assertThat(SelectorCodec.toWire(PayloadType.TSI, selectors)).isEqualTo(payload);
    }

    @Test
    void readsWhatItWrites() {
        for (long seed = 0; seed < 1_000; seed++) {
            List<TrafficSelector> selectors = new RandomSelectors(seed).several();

            assertThat(SelectorCodec.fromWire(SelectorCodec.toWire(PayloadType.TSR, selectors)))
                    .as("seed %d", seed)
                    .isEqualTo(selectors);
        }
    }

    private static TrafficSelectorSubstructure wire(
            int type, int protocol, int startPort, int endPort, String start, String end) {
        return new TrafficSelectorSubstructure(
                type, protocol, startPort, endPort, Octets.ofHex(start), Octets.ofHex(end));
    }
}
