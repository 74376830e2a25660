package org.ikebana.ike.kernel;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Of policies with one priority a packet meets the oldest. Linux 6.1 does not compare a policy between two single addresses
 * with others by their age, since it has a hash table for these: so there is none here.
 */
public interface PolicyAgeContract extends PolicyOrderContract {
    @ParameterizedTest
    @CsvSource({"IPV4, true", "IPV4, false", "IPV6, true", "IPV6, false"})
    default void overlappingPrefixesAreMetByAge(TestNet net, boolean widestFirst) throws Exception {
        List<TestPolicy> wideToNarrow = PolicyOrderContract.nested(net);
        wideToNarrow.removeLast();
        List<TestPolicy> oldestFirst = widestFirst ? wideToNarrow : wideToNarrow.reversed();

        apply(PolicyOrderContract.puts(oldestFirst));

        areMetInTurn(net, oldestFirst);
    }

    @Test
    default void theOlderOfTwoWins() throws Exception {
        TestPolicy older = TestPolicy.tunnel(TestNet.IPV4, 1);
        TestPolicy younger = TestPolicy.tunnel(TestNet.IPV4, 2).udpTo(PortMatch.ANY);
        apply(older.put(), younger.put());

        areMetInTurn(TestNet.IPV4, List.of(older, younger));
    }

    @Test
    default void aPolicyThatIsReplacedKeepsItsPlace() throws Exception {
        TestPolicy younger = TestPolicy.tunnel(TestNet.IPV4, 2).udpTo(PortMatch.ANY);
        TestPolicy replacing = TestPolicy.tunnel(TestNet.IPV4, 3);
        apply(TestPolicy.tunnel(TestNet.IPV4, 1).put(), younger.put());

        apply(replacing.put());

        areMetInTurn(TestNet.IPV4, List.of(replacing, younger));
    }

    @Test
    default void aPolicyWhosePriorityWasAnotherIsTheYoungest() throws Exception {
        TestPolicy changing = TestPolicy.tunnel(TestNet.IPV4, 1);
        TestPolicy other = TestPolicy.tunnel(TestNet.IPV4, 2).udpTo(PortMatch.ANY);
        apply(changing.put(), other.put());

        apply(changing.priority(1001).put());
        apply(changing.priority(1000).put());

        areMetInTurn(TestNet.IPV4, List.of(other, changing));
    }

    /** Any prefixes, priorities, additions, changes and deletions. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    default void theOldestWinsAmongMany(long seed) throws Exception {
        firstAmongManyWins(new RandomPolicies(new Random(seed), 4));
    }
}
