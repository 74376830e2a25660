package org.ikebana.ike.ts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrafficSelectorTest {
    @ParameterizedTest
    @CsvSource({
        "10.0.0.0/8,          10.1.0.0/16,         10.1.0.0/16",
        "10.0.0.0/8,          11.0.0.0/8,          ",
        "10.0.0.0-10.0.0.9,   10.0.0.5-10.0.0.20,  10.0.0.5-10.0.0.9",
        "0.0.0.0/0,           ::/0,                ",
        "10.0.0.0/8[tcp],     10.0.0.0/8,          10.0.0.0/8[tcp]",
        "10.0.0.0/8[tcp],     10.0.0.0/8[udp],     ",
        "10.0.0.0/8[tcp/80],  10.0.0.0/8[tcp],     10.0.0.0/8[tcp/80]",
        "10.0.0.0/8[tcp/80],  10.0.0.0/8[any/80],  10.0.0.0/8[tcp/80]",
        "10.0.0.0/8[tcp/1-90], 10.0.0.0/8[tcp/80-100], 10.0.0.0/8[tcp/80-90]",
        "10.0.0.0/8[tcp/80],  10.0.0.0/8[tcp/81],  ",
        "10.0.0.0/8[tcp/opaque], 10.0.0.0/8[tcp],  10.0.0.0/8[tcp/opaque]",
        "10.0.0.0/8[tcp/opaque], 10.0.0.0/8[tcp/1-65535], ",
        "10.0.0.0/8[icmp/8-8(255)], 10.0.0.0/8[icmp/8(3)], 10.0.0.0/8[icmp/8(3)]",
    })
    void intersects(String a, String b, String both) throws Exception {
        Optional<TrafficSelector> expected = both == null ? Optional.empty() : Optional.of(SelectorSyntax.parse(both));

        assertThat(SelectorSyntax.parse(a).intersect(SelectorSyntax.parse(b))).isEqualTo(expected);
        assertThat(SelectorSyntax.parse(b).intersect(SelectorSyntax.parse(a))).isEqualTo(expected);
        assertThat(SelectorSyntax.parse(a).overlaps(SelectorSyntax.parse(b))).isEqualTo(expected.isPresent());
    }

    @Test
    void intersectionAndContainmentAgree() {
        int overlaps = 0;
        for (long seed = 0; seed < 5_000; seed++) {
            RandomSelectors random = new RandomSelectors(seed);
            TrafficSelector a = random.next();
            TrafficSelector b = random.next();
            Optional<TrafficSelector> both = a.intersect(b);

            assertThat(both).as("seed %d", seed).isEqualTo(b.intersect(a));
            assertThat(both.stream().allMatch(common -> a.contains(common) && b.contains(common)))
                    .as("seed %d: %s of %s and %s", seed, both, a, b)
                    .isTrue();
            assertThat(a.contains(b)).as("seed %d: %s and %s", seed, a, b).isEqualTo(both.equals(Optional.of(b)));
            overlaps += both.isPresent() ? 1 : 0;
        }
        assertThat(overlaps).as("both outcomes occur").isBetween(200, 4_800);
    }

    @Test
    void madeOfAddressesSelectsEverything() throws Exception {
        InetAddress address = AddressText.parse("192.0.2.7").orElseThrow();

        assertThat(TrafficSelector.ofAddress(address)).isEqualTo(SelectorSyntax.parse("192.0.2.7/32"));
        assertThat(TrafficSelector.ofPrefix(address, 24)).isEqualTo(SelectorSyntax.parse("192.0.2.0/24"));
        assertThat(TrafficSelector.ofAddress(address).isAnyPort()).isTrue();
        assertThat(TrafficSelector.ofAddress(address).isAnyProtocol()).isTrue();
    }

    @Test
    void refusesWhatIsNoSelector() {
        InetAddress low = AddressText.parse("10.0.0.1").orElseThrow();
        InetAddress high = AddressText.parse("10.0.0.2").orElseThrow();
        InetAddress other = AddressText.parse("::2").orElseThrow();

        assertThatIllegalArgumentException().isThrownBy(() -> new TrafficSelector(0, high, low, 0, 0xffff));
        assertThatIllegalArgumentException().isThrownBy(() -> new TrafficSelector(0, low, other, 0, 0xffff));
        assertThatIllegalArgumentException().isThrownBy(() -> new TrafficSelector(256, low, high, 0, 0xffff));
        assertThatIllegalArgumentException().isThrownBy(() -> new TrafficSelector(-1, low, high, 0, 0xffff));
        assertThatIllegalArgumentException().isThrownBy(() -> new TrafficSelector(6, low, high, 2, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new ProtocolPorts(256, 0, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> new ProtocolPorts(6, 2, 1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "10.1.0.0/16          | 10.2.0.0/16          | 10.1.0.0/16",
                "10.1.0.0/16          | 10.1.0.0/16          | ",
                "10.1.0.0/16          | 10.0.0.0/8           | ",
                "10.1.0.0/16          | 10.1.4.0/24          | 10.1.0.0-10.1.3.255 10.1.5.0-10.1.255.255",
                "10.1.0.0/16          | 10.1.0.0/24          | 10.1.1.0-10.1.255.255",
                "10.1.0.0/16          | 10.1.255.0/24        | 10.1.0.0-10.1.254.255",
                "::/0                 | ::1                  | :: ::2-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
                "10.1.0.0/16[tcp]     | 10.1.4.0-10.1.255.255[tcp/80] | 10.1.0.0-10.1.3.255[tcp]"
                        + " 10.1.4.0-10.1.255.255[tcp/0-79] 10.1.4.0-10.1.255.255[tcp/81-65535]",
                "10.1.0.0/16[tcp/80]  | 10.1.0.0/16[udp/80]  | 10.1.0.0/16[tcp/80]",
                "10.1.0.0/16[tcp/80]  | 10.1.0.0/16[any/80]  | ",
                "10.1.0.0/16          | 10.1.0.0/16[tcp]     | ",
                "10.1.0.0/16          | 10.1.0.0/24[tcp]     | 10.1.1.0-10.1.255.255",
                "10.1.0.0/16[tcp]     | 10.1.0.0/16[tcp/opaque] | ",
            })
    void leavesWhatTheOtherDoesNotHave(String whole, String taken, String left) throws Exception {
        List<TrafficSelector> expected = new ArrayList<>();
        for (String selector : left == null ? new String[0] : left.split(" ")) {
            expected.add(SelectorSyntax.parse(selector));
        }

        assertThat(SelectorSyntax.parse(whole).minus(SelectorSyntax.parse(taken)))
                .isEqualTo(expected);
    }

    @Test
    void whatIsLeftIsDisjointAndWithin() {
        RandomSelectors random = new RandomSelectors(29);
        for (int i = 0; i < 20_000; i++) {
            TrafficSelector whole = random.next();
            TrafficSelector taken = random.next();
            List<TrafficSelector> left = whole.minus(taken);
            for (TrafficSelector part : left) {
                assertThat(whole.contains(part)).as(whole + " without " + taken).isTrue();
                assertThat(part.overlaps(taken)).as(whole + " without " + taken).isFalse();
                assertThat(left)
                        .as(whole + " without " + taken)
                        .filteredOn(other -> other.overlaps(part))
                        .containsExactly(part);
            }
            assertNothingForgotten(whole, taken, left, random);
        }
    }

    /** Of what selectors can say: a packet of the whole is either taken or left. */
    private static void assertNothingForgotten(
            TrafficSelector whole, TrafficSelector taken, List<TrafficSelector> left, RandomSelectors random) {
        boolean canBeSaid = !taken.isOpaque() && (taken.isAnyProtocol() || whole.protocol() == taken.protocol());
        InetAddress address = random.address();
        int port = random.upTo(0x10000);
        ProtocolPorts ports = new ProtocolPorts(whole.protocol(), port, port);
        TrafficSelector packet = TrafficSelector.of(new IpRange(address, address), ports);
        if (canBeSaid && whole.contains(packet)) {
            assertThat(taken.contains(packet) || left.stream().anyMatch(s -> s.contains(packet)))
                    .as(packet + " of " + whole + " without " + taken)
                    .isTrue();
        }
    }
}
