package org.ikebana.ike.task;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.ikebana.ike.ts.RandomSelectors;
import org.ikebana.ike.ts.SelectorSyntax;
import org.ikebana.ike.ts.TrafficSelector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChildSelectorsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "10.1.0.0/16 10.3.0.0/16 = 10.2.0.0/16 10.4.0.0/16 | 10.1.0.0/16 = 10.2.0.0/16 | 10.3.0.0/16 ==="
                        + " 10.2.0.0/16 10.4.0.0/16; 10.1.0.0/16 === 10.4.0.0/16",
                "10.1.0.0/16 10.3.0.0/16 = 10.2.0.0/16 | 10.1.0.0/16 = 10.2.0.0/16 | 10.3.0.0/16 === 10.2.0.0/16",
                "10.1.0.0/16 = 10.2.0.0/16 | 10.1.0.0/16 = 10.2.0.0/16 | ",
                "10.1.0.0/16 = 10.2.0.0/16 | 10.1.0.0/16 = 10.3.0.0/16 | 10.1.0.0/16 === 10.2.0.0/16",
                "10.1.0.0/16 = 10.2.0.0/16 | 10.1.0.0/17 = 10.2.128.0/17 | 10.1.128.0/17 === 10.2.0.0/16; 10.1.0.0/17"
                        + " === 10.2.0.0/17",
                "10.1.0.0/16 fd01::/16 = 10.2.0.0/16 fd02::/16 | 10.1.0.0/16 = 10.2.0.0/16 | fd01::/16 === fd02::/16",
                "10.1.0.0/16[tcp] 10.1.0.0/16[udp] = 10.2.0.0/16[tcp] 10.2.0.0/16[udp] | 10.1.0.0/16[tcp] ="
                        + " 10.2.0.0/16[tcp] | 10.1.0.0/16[udp] === 10.2.0.0/16[udp]",
            })
    void leavesPartsOfWhichEachHasAllItsPackets(String whole, String taken, String left) throws Exception {
        assertThat(selectors(whole).minus(selectors(taken)).stream()
                        .map(ChildSelectors::toString)
                        .toList())
                .isEqualTo(left == null ? List.of() : List.of(left.split("; ")));
    }

    @Test
    void takesPairsApart() throws Exception {
        assertThat(selectors("10.1.0.0/16 fd01::/16 = 10.2.0.0/16 10.4.0.0/16 fd02::/16").pairs().stream()
                        .map(ChildSelectors::toString))
                .containsExactly(
                        "10.1.0.0/16 === 10.2.0.0/16", "10.1.0.0/16 === 10.4.0.0/16", "fd01::/16 === fd02::/16");
    }

    /** However a peer takes it apart, parts are never asked for twice and come to an end. */
    @Test
    void partsAreDisjointFromWhatIsTaken() {
        RandomSelectors random = new RandomSelectors(31);
        for (int i = 0; i < 3000; i++) {
            ChildSelectors whole = new ChildSelectors(random.several(), random.several());
            ChildSelectors taken = new ChildSelectors(random.several(), random.several());
            List<ChildSelectors> left = whole.minus(taken);
            for (ChildSelectors part : left) {
                assertThat(part.intersect(taken).isEmpty() || left.equals(List.of(whole)))
                        .as(whole + " without " + taken)
                        .isTrue();
                assertThat(part.minus(whole)).as(whole + " without " + taken).isEmpty();
            }
        }
    }

    private static ChildSelectors selectors(String text) throws Exception {
        String[] sides = text.split(" = ");
        return new ChildSelectors(side(sides[0]), side(sides[1]));
    }

    private static List<TrafficSelector> side(String text) throws Exception {
        List<TrafficSelector> selectors = new ArrayList<>();
        for (String selector : text.trim().split(" ")) {
            selectors.add(SelectorSyntax.parse(selector));
        }
        return selectors;
    }
}
