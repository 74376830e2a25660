package org.ikebana.ike.ts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ikebana.ike.ts.Narrowing.Narrowed;
import org.ikebana.ike.ts.Narrowing.Unacceptable;
import org.ikebana.ike.ts.SelectorMismatch.Difference;
import org.ikebana.ike.ts.SelectorMismatch.NothingInCommon;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NarrowingTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "10.0.0.0/8                        | 10.1.0.0/16                  | 10.1.0.0/16",
                "10.1.0.0/16                       | 10.0.0.0/8                   | 10.1.0.0/16",
                "0.0.0.0/0, ::/0                   | 10.1.0.0/16                  | 10.1.0.0/16",
                "10.1.0.7[tcp/80], 10.0.0.0/8      | 10.1.0.0/16                  | 10.1.0.0/16",
                "10.1.0.7[tcp/80], 10.0.0.0/8      | 10.1.0.7, 10.2.0.0/16        | 10.1.0.7/32, 10.2.0.0/16",
                "10.1.0.7[tcp/80], 11.0.0.0/8      | 10.1.0.0/16, 11.1.0.0/16     | 10.1.0.7/32[tcp/80], 11.1.0.0/16",
                "10.1.0.0/16, 10.2.0.0/16          | 10.0.0.0/8                   | 10.1.0.0/16, 10.2.0.0/16",
                "10.1.0.0/16, 10.1.2.0/24          | 10.0.0.0/8                   | 10.1.0.0/16",
                "10.1.2.0/24, 10.1.0.0/16          | 10.0.0.0/8                   | 10.1.0.0/16",
                "10.0.0.0/8[tcp]                   | 10.0.0.0/8[tcp/80], 10.0.0.0/8[udp] | 10.0.0.0/8[tcp/80]",
            })
    void keepsWhatIsOfferedAndAllowed(String offered, String allowed, String narrowed) throws Exception {
        assertThat(Narrowing.narrow(selectors(offered), selectors(allowed)))
                .isEqualTo(new Narrowed(selectors(narrowed)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "10.1.0.0/16     | 10.2.0.0/16           | ADDRESSES | the peer offers 10.1.0.0/16, we allow 10.2.0.0/16: no address in common",
                "::/0            | 10.2.0.0/16           | FAMILY    | the peer offers ::/0, we allow 10.2.0.0/16: one is IPv4, the other IPv6",
                "10.2.0.0/16[17] | 10.2.0.0/16[tcp], ::1 | PROTOCOL  | the peer offers 10.2.0.0/16[udp], we allow 10.2.0.0/16[tcp]: another protocol",
                "10.2.0.0/16[tcp/81] | ::1, 10.2.0.0/16[tcp/80], 10.3.0.0/16 | PORTS | the peer offers 10.2.0.0/16[tcp/81], we allow 10.2.0.0/16[tcp/80]: no port in common",
            })
    void saysWhatKeepsTheNearestApart(String offered, String allowed, Difference difference, String sentence)
            throws Exception {
        assertThat(Narrowing.narrow(selectors(offered), selectors(allowed)))
                .asInstanceOf(type(Unacceptable.class))
                .satisfies(unacceptable -> {
                    assertThat(unacceptable.reasons())
                            .singleElement(type(NothingInCommon.class))
                            .extracting(NothingInCommon::difference)
                            .isEqualTo(difference);
                    assertThat(unacceptable.reasons().getFirst().sentence()).isEqualTo(sentence);
                });
    }

    @Test
    void saysIfThereIsNothingToCompare() throws Exception {
        assertThat(Narrowing.narrow(List.of(), selectors("::/0")))
                .isEqualTo(new Unacceptable(List.of(new SelectorMismatch.NothingOffered())));
        assertThat(Narrowing.narrow(selectors("::/0"), List.of()))
                .isEqualTo(new Unacceptable(List.of(new SelectorMismatch.NothingAllowed())));
    }

    @Test
    void refusesAnAnswerBeyondTheOffer() throws Exception {
        List<TrafficSelector> offered = selectors("10.1.0.0/16, 10.2.0.0/16[tcp]");

        assertThat(Narrowing.verifyAnswer(selectors("10.1.2.0/24, 10.2.0.0/16[tcp/80]"), offered))
                .isEqualTo(new Narrowed(selectors("10.1.2.0/24, 10.2.0.0/16[tcp/80]")));
        assertThat(Narrowing.verifyAnswer(selectors("10.1.2.0/24, 10.2.0.0/16"), offered))
                .isEqualTo(new Unacceptable(
                        List.of(new SelectorMismatch.NotOffered(SelectorSyntax.parse("10.2.0.0/16")))));
        assertThat(new SelectorMismatch.NotOffered(SelectorSyntax.parse("10.2.0.0/16")).sentence())
                .isEqualTo("the peer answers with 10.2.0.0/16, which we did not offer");
        assertThat(Narrowing.verifyAnswer(List.of(), offered))
                .isEqualTo(new Unacceptable(List.of(new SelectorMismatch.NothingOffered())));
    }

    @Test
    void aNarrowedSetIsWithinBothAndLosesNothing() {
        int narrowed = 0;
        for (long seed = 0; seed < 3_000; seed++) {
            RandomSelectors random = new RandomSelectors(seed);
            List<TrafficSelector> offered = random.several();
            List<TrafficSelector> allowed = random.several();
            List<TrafficSelector> result = switch (Narrowing.narrow(offered, allowed)) {
                case Narrowed some -> some.selectors();
                case Unacceptable none -> {
                    assertThat(none.reasons()).as("seed %d", seed).isNotEmpty();
                    yield List.of();
                }
            };
            narrowed += result.isEmpty() ? 0 : 1;

            assertThat(result).as("seed %d: within both", seed).allSatisfy(selector -> {
                assertThat(offered).anyMatch(o -> o.contains(selector));
                assertThat(allowed).anyMatch(a -> a.contains(selector));
            });
            assertThat(result)
                    .as("seed %d: none within another", seed)
                    .allSatisfy(selector -> assertThat(result)
                            .filteredOn(other -> other.contains(selector))
                            .containsExactly(selector));
            for (TrafficSelector theirs : offered) {
                for (TrafficSelector ours : allowed) {
                    Optional<TrafficSelector> common = theirs.intersect(ours);
                    assertThat(common.isEmpty() || result.stream().anyMatch(r -> r.contains(common.get())))
                            .as("seed %d: %s and %s are lost", seed, theirs, ours)
                            .isTrue();
                }
            }
            if (!result.isEmpty()) {
                assertThat(Narrowing.verifyAnswer(result, offered))
                        .as("seed %d: the initiator accepts it", seed)
                        .isEqualTo(new Narrowed(result));
            }
        }
        assertThat(narrowed).as("both outcomes occur").isBetween(300, 2_999);
    }

    @Test
    void answersWithNoMoreThanAPayloadHolds() throws Exception {
        List<TrafficSelector> offered = new ArrayList<>();
        List<TrafficSelector> allowed = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            offered.add(SelectorSyntax.parse("10." + i + ".0.0/16"));
            allowed.add(SelectorSyntax.parse("0.0.0.0/0[tcp/" + (2 * i) + "]"));
        }
        Narrowing narrowing = Narrowing.narrow(offered, allowed);

        assertThat(narrowing)
                .asInstanceOf(type(Narrowed.class))
                .satisfies(some -> assertThat(some.selectors())
                        .hasSize(Narrowing.MAX_SELECTORS)
                        .startsWith(SelectorSyntax.parse("10.0.0.0/16[tcp/0]")));
    }

    private static List<TrafficSelector> selectors(String list) throws SelectorSyntaxException {
        List<TrafficSelector> selectors = new ArrayList<>();
        for (String item : list.split(",")) {
            selectors.add(SelectorSyntax.parse(item.strip()));
        }
        return selectors;
    }
}
