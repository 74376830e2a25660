package org.ikebana.ike.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.ikebana.ike.ts.IpRange;
import org.ikebana.ike.ts.PortRange;
import org.ikebana.ike.ts.ProtocolPorts;
import org.ikebana.ike.ts.RandomSelectors;
import org.ikebana.ike.ts.SelectorSyntax;
import org.ikebana.ike.ts.TrafficSelector;
import org.junit.jupiter.api.Test;

class PolicySelectorsTest {
    @Test
    void subnetsArePrefixes() throws Exception {
        assertThat(of("10.1.0.0/16", "10.2.0.0/16"))
                .containsExactly(new PolicySelector(
                        prefix("10.1.0.0/16"), prefix("10.2.0.0/16"), 0, PortMatch.ANY, PortMatch.ANY));
    }

    @Test
    void protocolAndPortsMayStandOnOneSideOnly() throws Exception {
        assertThat(of("10.1.0.0/16", "10.2.0.0/16[tcp/80]"))
                .containsExactly(new PolicySelector(
                        prefix("10.1.0.0/16"), prefix("10.2.0.0/16"), 6, PortMatch.ANY, PortMatch.exactly(80)));
        assertThat(of("10.1.0.0/16[udp/53]", "10.2.0.0/16[tcp/80]"))
                .as("no packet has two protocols")
                .isEmpty();
    }

    @Test
    void rangesAreSplit() throws Exception {
        assertThat(of("10.1.0.5-10.1.0.6[tcp/80-82]", "10.2.0.1"))
                .extracting(s -> s.source() + " " + s.sourcePort().port() + " "
                        + s.sourcePort().mask())
                .containsExactly(
                        "10.1.0.5/32 80 65534", "10.1.0.5/32 82 65535", "10.1.0.6/32 80 65534", "10.1.0.6/32 82 65535");
    }

    /** They are where the kernel looks for them, whichever way the packet goes. */
    @Test
    void typeAndCodeStayWhereTheyAreOnTheWayBack() throws Exception {
        PolicySelector out = PolicySelectors.of(
                        SelectorSyntax.parse("10.1.0.0/16[icmp/3(4)]"), SelectorSyntax.parse("10.2.0.0/16[icmp/3(4)]"))
                .getFirst();
        assertThat(out.reversed().source()).isEqualTo(out.destination());
        assertThat(out.reversed().sourcePort()).isEqualTo(out.sourcePort());
        assertThat(out.reversed().destinationPort()).isEqualTo(out.destinationPort());
        PolicySelector tcp = PolicySelectors.of(
                        SelectorSyntax.parse("10.1.0.0/16[tcp/22]"), SelectorSyntax.parse("10.2.0.0/16"))
                .getFirst();
        assertThat(tcp.reversed().destinationPort()).isEqualTo(PortMatch.exactly(22));
    }

    @Test
    void icmpHasTypeAndCodeInTheTwoPorts() throws Exception {
        PortMatch echo = PortMatch.exactly(8);
        assertThat(of("10.1.0.0/16[icmp/8]", "10.2.0.0/16[icmp]"))
                .extracting(PolicySelector::sourcePort, PolicySelector::destinationPort)
                .containsExactly(tuple(echo, PortMatch.exactly(0)));
        assertThat(of("10.1.0.0/16", "10.2.0.0/16[icmp/8-8(255)]"))
                .extracting(PolicySelector::sourcePort, PolicySelector::destinationPort)
                .containsExactly(tuple(echo, PortMatch.ANY));
        assertThat(of("10.1.0.0/16[icmp/3(4)]", "10.2.0.0/16[icmp/3(4)]"))
                .extracting(PolicySelector::sourcePort, PolicySelector::destinationPort)
                .containsExactly(tuple(PortMatch.exactly(3), PortMatch.exactly(4)));
        assertThat(of("10.1.0.0/16[icmp]", "10.2.0.0/16[icmp]"))
                .extracting(PolicySelector::sourcePort, PolicySelector::destinationPort)
                .containsExactly(tuple(PortMatch.ANY, PortMatch.ANY));
        assertThat(of("10.1.0.0/16[icmp/8]", "10.2.0.0/16[icmp/0]")).isEmpty();
    }

    @Test
    void opaquePortsAreThoseOfFragments() throws Exception {
        assertThat(of("10.1.0.0/16[udp/opaque]", "10.2.0.0/16[udp/opaque]"))
                .containsExactly(new PolicySelector(
                        prefix("10.1.0.0/16"), prefix("10.2.0.0/16"), 17, PortMatch.exactly(0), PortMatch.exactly(0)));
    }

    @Test
    void refusesToFillTheKernel() {
        assertThatThrownBy(() -> of("0.0.0.1-255.255.255.254[tcp/1-65534]", "10.0.0.1[tcp]"))
                .isInstanceOf(KernelException.class)
                .hasMessage("policy from 0.0.0.1..255.255.255.254[tcp/1-65534] to 10.0.0.1/32[tcp]: its ranges would"
                        + " need more than 1024 policies; use subnets and single ports");
    }

    @Test
    void selectsJustThePacketsOfBothTrafficSelectors() throws Exception {
        int matches = 0;
        for (long seed = 0; seed < 1_000; seed++) {
            RandomSelectors random = new RandomSelectors(seed);
            TrafficSelector source = random.next();
            TrafficSelector destination = random.next();
            List<PolicySelector> selectors;
            try {
                selectors = PolicySelectors.of(source, destination);
            } catch (KernelException e) {
                continue;
            }
            for (int i = 0; i < 20; i++) {
                Packet packet = Packet.random(random, source, destination);
                assertThat(selectors.stream().filter(packet::isOf).count())
                        .as("seed %d: %s of %s to %s", seed, packet, source, destination)
                        .isEqualTo(packet.isOf(source, destination) ? 1 : 0);
                matches += packet.isOf(source, destination) ? 1 : 0;
            }
        }
        assertThat(matches).as("both outcomes occur").isGreaterThan(100);
    }

    @Test
    void namesTheSidesOfAPacketThatWantsAnSa() throws Exception {
        PolicySelector tcp = new PolicySelector(
                prefix("10.1.0.7/32"), prefix("10.2.0.9/32"), 6, PortMatch.exactly(4321), PortMatch.exactly(80));
        assertThat(PolicySelectors.source(tcp)).isEqualTo(SelectorSyntax.parse("10.1.0.7[tcp/4321]"));
        assertThat(PolicySelectors.destination(tcp)).isEqualTo(SelectorSyntax.parse("10.2.0.9[tcp/80]"));

        PolicySelector echo = new PolicySelector(
                prefix("10.1.0.7/32"), prefix("10.2.0.9/32"), 1, PortMatch.exactly(8), PortMatch.exactly(0));
        assertThat(PolicySelectors.source(echo)).isEqualTo(SelectorSyntax.parse("10.1.0.7[icmp/8(0)]"));
        assertThat(PolicySelectors.destination(echo)).isEqualTo(SelectorSyntax.parse("10.2.0.9[icmp/8(0)]"));
    }

    @Test
    void asksForAllPortsWhereTheKernelSeesNone() throws Exception {
        for (int protocol : new int[] {6, 47, 50}) {
            PolicySelector unseen = new PolicySelector(
                    prefix("10.1.0.7/32"), prefix("10.2.0.9/32"), protocol, PortMatch.exactly(0), PortMatch.exactly(0));
            assertThat(PolicySelectors.source(unseen)).isEqualTo(SelectorSyntax.parse("10.1.0.7[" + protocol + "]"));
        }
    }

    @Test
    void readsMasksBack() throws Exception {
        PolicySelector selector = new PolicySelector(
                prefix("2001:db8::/32"), prefix("::/0"), 17, new PortMatch(1000, 0xfff8), new PortMatch(5, 0xff0f));
        assertThat(PolicySelectors.source(selector)).isEqualTo(SelectorSyntax.parse("2001:db8::/32[udp/1000-1007]"));
        assertThat(PolicySelectors.destination(selector))
                .as("a mask that is no range")
                .isEqualTo(SelectorSyntax.parse("::/0[udp]"));

        PolicySelector types =
                new PolicySelector(prefix("::/0"), prefix("::/0"), 58, new PortMatch(128, 0xfffe), PortMatch.ANY);
        assertThat(PolicySelectors.source(types)).isEqualTo(SelectorSyntax.parse("::/0[ipv6-icmp/128-129(255)]"));
    }

    @Test
    void whatIsOneKernelSelectorComesBackAsItWas() throws Exception {
        for (String text : List.of("10.1.0.0/16", "10.1.0.0/16[tcp/80]", "::/0[udp/1000-1007]", "10.0.0.1/32[gre]")) {
            TrafficSelector selector = SelectorSyntax.parse(text);
            Optional<PolicySelector> kernel =
                    PolicySelectors.of(selector, selector).stream().findFirst();

            assertThat(kernel.map(PolicySelectors::source)).contains(selector);
            assertThat(kernel.map(PolicySelectors::destination)).contains(selector);
        }
    }

    private static List<PolicySelector> of(String source, String destination) throws Exception {
        return PolicySelectors.of(SelectorSyntax.parse(source), SelectorSyntax.parse(destination));
    }

    private static IpPrefix prefix(String text) throws Exception {
        TrafficSelector selector = SelectorSyntax.parse(text);
        return new IpPrefix(selector.start(), selector.range().prefixLength().orElseThrow());
    }

    /** A packet with visible ports, or an ICMP message with type and code in place of them. */
    private record Packet(
            InetAddress source, InetAddress destination, int protocol, int sourcePort, int destinationPort) {
        /** More often than not at an edge of the selectors. */
        static Packet random(RandomSelectors random, TrafficSelector from, TrafficSelector to) {
            int protocol = Math.max(from.protocol(), to.protocol());
            boolean isIcmp = ProtocolPorts.hasTypeAndCode(protocol);
            PortRange typeAndCode = from.isAnyPort() ? to.ports() : from.ports();
            return new Packet(
                    random.upTo(3) == 0 ? random.address() : from.start(),
                    random.upTo(3) == 0 ? random.address() : to.end(),
                    protocol == 0 ? 6 : protocol,
                    isIcmp ? typeAndCode.end() >> 8 : port(random, from),
                    isIcmp ? random.upTo(256) : port(random, to));
        }

        /** Not 0, which stands for a port that cannot be seen. */
        private static int port(RandomSelectors random, TrafficSelector selector) {
            int edge = random.upTo(2) == 0 ? selector.startPort() : selector.endPort();
            return Math.max(1, Math.min(0xffff, edge - 1 + random.upTo(3)));
        }

        boolean isOf(TrafficSelector from, TrafficSelector to) {
            boolean isIcmp = ProtocolPorts.hasTypeAndCode(protocol);
            int typeAndCode = sourcePort << 8 | destinationPort;
            int first = isIcmp ? typeAndCode : sourcePort;
            int second = isIcmp ? typeAndCode : destinationPort;
            return from.contains(new TrafficSelector(protocol, source, source, first, first))
                    && to.contains(new TrafficSelector(protocol, destination, destination, second, second));
        }

        /** As the kernel compares. */
        boolean isOf(PolicySelector selector) {
            return isOf(selector.source(), source)
                    && isOf(selector.destination(), destination)
                    && (selector.protocol() == 0 || selector.protocol() == protocol)
                    && ((sourcePort ^ selector.sourcePort().port())
                                    & selector.sourcePort().mask())
                            == 0
                    && ((destinationPort ^ selector.destinationPort().port())
                                    & selector.destinationPort().mask())
                            == 0;
        }

        private static boolean isOf(IpPrefix prefix, InetAddress address) {
            return IpRange.ofPrefix(prefix.address(), prefix.length()).contains(new IpRange(address, address));
        }
    }
}
