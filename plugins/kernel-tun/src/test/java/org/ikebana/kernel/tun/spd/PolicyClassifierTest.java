package org.ikebana.kernel.tun.spd;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.ikebana.ike.kernel.Direction;
import org.ikebana.ike.kernel.IpPrefix;
import org.ikebana.ike.kernel.Mark;
import org.ikebana.ike.kernel.PolicyKey;
import org.ikebana.ike.kernel.PolicySelector;
import org.ikebana.ike.kernel.PortMatch;
import org.ikebana.kernel.tun.packet.IpHeader;
import org.ikebana.kernel.tun.packet.Memory;
import org.ikebana.kernel.tun.packet.TestPacket;
import org.junit.jupiter.api.Test;

class PolicyClassifierTest {
    /** From 10.0.0.1 to 10.0.0.2, port 40000 to 5201. */
    private static final IpHeader TCPV4 =
            Memory.parsed(Memory.of(TestPacket.tcp(4, 0).octets()));

    /** From 2001:db8::1 to 2001:db8::2. */
    private static final IpHeader TCPV6 =
            Memory.parsed(Memory.of(TestPacket.tcp(6, 0).octets()));

    private final PolicyClassifier<String> classifier = new PolicyClassifier<>();

    @Test
    void findsNothingWhereNothingIs() {
        assertThat(classifier.lookUp(Direction.OUT, TCPV4, 0)).isNull();
    }

    @Test
    void findsTheLowestPriorityWhateverItsPrefixes() {
        classifier.put(out("10.0.0.1/32", "10.0.0.2/32"), 200, 0, "hosts");
        classifier.put(out("10.0.0.0/8", "0.0.0.0/0"), 100, 1, "net");
        assertThat(classifier.lookUp(Direction.OUT, TCPV4, 0)).isEqualTo("net");

        classifier.put(out("10.0.0.0/24", "10.0.0.0/24"), 99, 2, "nearer");
        assertThat(classifier.lookUp(Direction.OUT, TCPV4, 0)).isEqualTo("nearer");
    }

    @Test
    void readsPrioritiesUnsigned() {
        classifier.put(out("10.0.0.0/8", "10.0.0.0/8"), -1, 0, "last");
        classifier.put(out("10.0.0.0/8", "0.0.0.0/0"), 0x7fff_ffff, 1, "first");

        assertThat(classifier.lookUp(Direction.OUT, TCPV4, 0)).isEqualTo("first");
    }

    @Test
    void findsTheOldestAmongEquals() {
        classifier.put(out("10.0.0.0/8", "10.0.0.0/8"), 5, 8, "younger");
        classifier.put(out("10.0.0.0/9", "10.0.0.0/8"), 5, 7, "older");
        classifier.put(out("10.0.0.0/10", "10.0.0.0/8"), 5, 9, "youngest");

        assertThat(classifier.lookUp(Direction.OUT, TCPV4, 0)).isEqualTo("older");
    }

    @Test
    void keepsDirectionsApart() {
        classifier.put(out("0.0.0.0/0", "0.0.0.0/0"), 5, 0, "out");

        assertThat(classifier.lookUp(Direction.IN, TCPV4, 0)).isNull();
        assertThat(classifier.lookUp(Direction.FORWARD, TCPV4, 0)).isNull();
        assertThat(classifier.lookUp(Direction.OUT, TCPV4, 0)).isEqualTo("out");
    }

    @Test
    void keepsFamiliesApartEvenWithoutAPrefix() {
        classifier.put(out("0.0.0.0/0", "0.0.0.0/0"), 5, 0, "IPv4");
        assertThat(classifier.lookUp(Direction.OUT, TCPV6, 0)).isNull();

        classifier.put(out("::/0", "::/0"), 6, 1, "IPv6");
        assertThat(classifier.lookUp(Direction.OUT, TCPV6, 0)).isEqualTo("IPv6");
        assertThat(classifier.lookUp(Direction.OUT, TCPV4, 0)).isEqualTo("IPv4");
    }

    @Test
    void matchesNoMappedAddressWithIpv4() {
        classifier.put(out("::/0", "::/0"), 5, 0, "IPv6");

        assertThat(classifier.lookUp(Direction.OUT, TCPV4, 0)).isNull();
    }

    @Test
    void comparesWholeIpv6Addresses() {
        classifier.put(out("2001:db8::/64", "2001:db8::2/128"), 5, 0, "host");
        assertThat(classifier.lookUp(Direction.OUT, TCPV6, 0)).isEqualTo("host");

        classifier.put(out("2001:db8::/65", "2001:db8::2/127"), 4, 0, "pair");
        assertThat(classifier.lookUp(Direction.OUT, TCPV6, 0)).isEqualTo("pair");

        classifier.put(out("2001:db8:0:1::/64", "::/0"), 3, 0, "elsewhere");
        assertThat(classifier.lookUp(Direction.OUT, TCPV6, 0)).isEqualTo("pair");
    }

    @Test
    void comparesProtocolsAndPortsUnderTheirMasks() {
        PortMatch block = new PortMatch(40_000 & 0xfff0, 0xfff0);
        classifier.put(key(17, PortMatch.ANY, PortMatch.ANY, Mark.NONE, 0), 1, 0, "UDP");
        classifier.put(key(6, PortMatch.ANY, PortMatch.exactly(5202), Mark.NONE, 0), 2, 0, "another port");
        assertThat(classifier.lookUp(Direction.OUT, TCPV4, 0)).isNull();

        classifier.put(key(6, block, PortMatch.exactly(5201), Mark.NONE, 0), 3, 0, "ports");
        assertThat(classifier.lookUp(Direction.OUT, TCPV4, 0)).isEqualTo("ports");
    }

    @Test
    void ignoresWhatAMaskLeavesOut() {
        classifier.put(key(6, new PortMatch(1234, 0), new PortMatch(5201, 0x0001), Mark.NONE, 0), 1, 0, "odd");

        assertThat(classifier.lookUp(Direction.OUT, TCPV4, 0)).isEqualTo("odd");
    }

    @Test
    void comparesMarksUnderTheirMask() {
        classifier.put(key(0, PortMatch.ANY, PortMatch.ANY, new Mark(0x12, 0xff), 0), 1, 0, "marked");

        assertThat(classifier.lookUp(Direction.OUT, TCPV4, 0)).isNull();
        assertThat(classifier.lookUp(Direction.OUT, TCPV4, 0x12)).isEqualTo("marked");
        assertThat(classifier.lookUp(Direction.OUT, TCPV4, 0x3412)).isEqualTo("marked");
    }

    @Test
    void seesNoPolicyOfAnInterface() {
        PolicyKey key = key(0, PortMatch.ANY, PortMatch.ANY, Mark.NONE, 7);
        classifier.put(key, 1, 0, "if_id");

        assertThat(classifier.lookUp(Direction.OUT, TCPV4, 0)).isNull();
        assertThat(classifier.size()).isZero();
        classifier.remove(key);
    }

    @Test
    void seesNoPolicyOfTwoFamilies() {
        classifier.put(out("0.0.0.0/0", "::/0"), 1, 0, "mixed");

        assertThat(classifier.lookUp(Direction.OUT, TCPV4, 0)).isNull();
        assertThat(classifier.lookUp(Direction.OUT, TCPV6, 0)).isNull();
    }

    @Test
    void replacesWhatHasTheSameKey() {
        PolicyKey key = out("10.0.0.0/8", "10.0.0.0/8");
        classifier.put(key, 5, 0, "before");
        classifier.put(out("10.0.0.0/9", "10.0.0.0/8"), 6, 1, "other");

        classifier.put(key, 7, 2, "after");

        assertThat(classifier.lookUp(Direction.OUT, TCPV4, 0)).isEqualTo("other");
        assertThat(classifier.size()).isEqualTo(2);
    }

    @Test
    void forgetsWhatIsRemoved() {
        PolicyKey key = out("10.0.0.0/8", "10.0.0.0/8");
        classifier.put(key, 5, 0, "gone");
        classifier.put(out("10.0.0.0/9", "10.0.0.0/8"), 6, 1, "stays");

        classifier.remove(key);

        assertThat(classifier.lookUp(Direction.OUT, TCPV4, 0)).isEqualTo("stays");
        classifier.remove(key);
        assertThat(classifier.size()).isEqualTo(1);
    }

    @Test
    void keepsTwoThatMeanTheSamePackets() {
        PolicyKey first = key(0, PortMatch.ANY, PortMatch.ANY, new Mark(1, 0), 0);
        PolicyKey second = key(0, PortMatch.ANY, PortMatch.ANY, new Mark(2, 0), 0);
        classifier.put(first, 5, 0, "first");
        classifier.put(second, 5, 0, "second");
        assertThat(classifier.lookUp(Direction.OUT, TCPV4, 0)).isEqualTo("first");

        classifier.remove(first);
        assertThat(classifier.lookUp(Direction.OUT, TCPV4, 0)).isEqualTo("second");
    }

    private static PolicyKey out(String source, String destination) {
        PolicySelector selector =
                new PolicySelector(prefix(source), prefix(destination), 0, PortMatch.ANY, PortMatch.ANY);
        return new PolicyKey(selector, Direction.OUT, Mark.NONE, 0);
    }

    private static PolicyKey key(int protocol, PortMatch source, PortMatch destination, Mark mark, int ifId) {
        return new PolicyKey(
                new PolicySelector(prefix("10.0.0.0/8"), prefix("10.0.0.0/8"), protocol, source, destination),
                Direction.OUT,
                mark,
                ifId);
    }

    private static IpPrefix prefix(String text) {
        int slash = text.indexOf('/');
        return new IpPrefix(
                InetAddress.ofLiteral(text.substring(0, slash)), Integer.parseInt(text.substring(slash + 1)));
    }
}
