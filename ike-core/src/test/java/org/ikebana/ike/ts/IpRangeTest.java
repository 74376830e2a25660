package org.ikebana.ike.ts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.math.BigInteger;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IpRangeTest {
    @ParameterizedTest
    @CsvSource({
        "10.1.0.0,  10.1.255.255,    16",
        "10.1.2.3,  10.1.2.3,        32",
        "0.0.0.0,   255.255.255.255, 0",
        "::,        ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff, 0",
        "2001:db8::, 2001:db8:ffff:ffff:ffff:ffff:ffff:ffff, 32",
        "10.1.0.0,  10.1.255.254,    -1",
        "10.1.0.1,  10.1.255.255,    -1",
        "10.1.0.0,  10.2.255.255,    -1",
        "127.255.255.255, 128.0.0.0, -1",
    })
    void knowsItsPrefix(String start, String end, int length) {
        assertThat(range(start, end).prefixLength())
                .isEqualTo(length < 0 ? OptionalInt.empty() : OptionalInt.of(length));
    }

    @Test
    void printsPrefixesAndRangesAsSwanctlDoes() {
        assertThat(range("10.1.0.0", "10.1.255.255")).hasToString("10.1.0.0/16");
        assertThat(range("10.1.0.5", "10.1.0.9")).hasToString("10.1.0.5..10.1.0.9");
        assertThat(range("2001:db8::", "2001:db8::f")).hasToString("2001:db8::/124");
    }

    @Test
    void splitsIntoTheFewestPrefixes() {
        assertThat(range("10.1.0.5", "10.1.0.9").prefixes())
                .extracting(IpRange::toString)
                .containsExactly("10.1.0.5/32", "10.1.0.6/31", "10.1.0.8/31");
        assertThat(range("0.0.0.0", "255.255.255.255").prefixes()).hasSize(1);
        assertThat(range("0.0.0.1", "255.255.255.254").prefixes())
                .as("the most that IPv4 takes")
                .hasSize(62);
        assertThat(range("::1", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:fffe").prefixes())
                .as("the most that IPv6 takes")
                .hasSize(254);
        assertThat(range("::ffff:0:0", "::1:0:0:0").prefixes())
                .as("through the IPv4-mapped addresses")
                .extracting(IpRange::toString)
                .containsExactly("::ffff:0:0/96", "::1:0:0:0/128");
    }

    @Test
    void itsPrefixesAreJustItself() {
        for (long seed = 0; seed < 2_000; seed++) {
            IpRange range = new RandomSelectors(seed).range();
            List<IpRange> prefixes = range.prefixes();

            assertThat(prefixes)
                    .as("seed %d", seed)
                    .allSatisfy(p -> assertThat(p.prefixLength()).isPresent());
            assertThat(prefixes.getFirst().start()).as("seed %d", seed).isEqualTo(range.start());
            assertThat(prefixes.getLast().end()).as("seed %d", seed).isEqualTo(range.end());
            for (int i = 1; i < prefixes.size(); i++) {
                assertThat(number(prefixes.get(i), true))
                        .as("seed %d: no gap before prefix %d of %s", seed, i, range)
                        .isEqualTo(number(prefixes.get(i - 1), false).add(BigInteger.ONE));
                assertThat(new IpRange(
                                        prefixes.get(i - 1).start(),
                                        prefixes.get(i).end())
                                .prefixLength())
                        .as("seed %d: two of the prefixes of %s are one", seed, range)
                        .isEmpty();
            }
        }
    }

    @Test
    void refusesWhatIsNoRange() {
        assertThatIllegalArgumentException().isThrownBy(() -> range("10.0.0.2", "10.0.0.1"));
        assertThatIllegalArgumentException().isThrownBy(() -> range("10.0.0.2", "::1"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IpRange.ofPrefix(range("10.0.0.0", "10.0.0.0").start(), 33));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IpRange.ofPrefix(range("::", "::").start(), -1));
    }

    @Test
    void comparesAddressesWithoutSign() {
        assertThat(range("1.0.0.0", "200.0.0.0").contains(range("127.0.0.1", "128.0.0.1")))
                .isTrue();
        assertThat(range("1.0.0.0", "130.0.0.0").intersect(range("129.0.0.0", "200.0.0.0")))
                .contains(range("129.0.0.0", "130.0.0.0"));
        assertThat(range("0.0.0.0", "255.255.255.255").intersect(range("::", "::ff")))
                .isEmpty();
    }

    static IpRange range(String start, String end) {
        return new IpRange(
                AddressText.parse(start).orElseThrow(), AddressText.parse(end).orElseThrow());
    }

    private static BigInteger number(IpRange range, boolean start) {
        return new BigInteger(1, (start ? range.start() : range.end()).getAddress());
    }
}
