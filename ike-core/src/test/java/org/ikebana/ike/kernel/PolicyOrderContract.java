package org.ikebana.ike.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.ikebana.ike.kernel.KernelEvent.Acquire;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Which of several policies a packet meets, seen by whose Acquire it raises: the one of the lowest priority. Prefixes decide
 * nothing, however they overlap.
 */
public interface PolicyOrderContract extends KernelContract {
    /** Each within those before it; four times as long with IPv6. */
    List<Integer> LENGTHS = List.of(0, 8, 15, 16, 17, 24, 31, 32);

    @ParameterizedTest
    @EnumSource
    default void theLowestPriorityWins(TestNet net) throws Exception {
        EventLog events = EventLog.of(bench());
        TestPolicy narrow = TestPolicy.tunnel(net, 2).to(net.innerPeer());
        apply(
                TestPolicy.tunnel(net, 1).priority(300).put(),
                narrow.priority(400).put());
        bench().leave(TestPacket.udp(net, 5000));
        assertThat(events.first(Acquire.class).reqid()).isEqualTo(1);

        apply(narrow.priority(200).put());
        bench().leave(TestPacket.udp(net, 5000));

        assertThat(events.nth(Acquire.class, 2).reqid()).isEqualTo(2);
    }

    /** Whichever was put first, and however long the prefixes are that overlap. */
    @ParameterizedTest
    @CsvSource({"IPV4, true", "IPV4, false", "IPV6, true", "IPV6, false"})
    default void priorityDecidesBetweenOverlappingPrefixes(TestNet net, boolean widestFirst) throws Exception {
        List<TestPolicy> wideToNarrow = nested(net);
        IntStream.range(0, wideToNarrow.size()).forEach(i -> wideToNarrow.get(i).priority(1000 - i));

        apply(puts(widestFirst ? wideToNarrow : wideToNarrow.reversed()));

        areMetInTurn(net, wideToNarrow.reversed());
    }

    /** An exception for one address out of a net that is protected, and a protected one out of a net that passes. */
    @Test
    default void exceptionsHoldWhateverStandsAroundThem() throws Exception {
        TestNet net = TestNet.IPV4;
        EventLog events = EventLog.of(bench());
        InetAddress passing = InetAddress.ofLiteral("10.2.7.7");
        apply(
                TestPolicy.tunnel(net, 1).priority(500).put(),
                TestPolicy.pass(net).to(passing).priority(400).put(),
                TestPolicy.tunnel(net, 2)
                        .to(passing)
                        .udpTo(PortMatch.exactly(53))
                        .priority(300)
                        .put());

        bench().leave(TestPacket.udp(net.innerLocal(), passing, 5000));
        bench().leave(TestPacket.udp(net.innerLocal(), passing, 53));
        bench().leave(TestPacket.udp(net, 5000));

        events.nth(Acquire.class, 2);
        events.fence();
        assertThat(events.all(Acquire.class)).extracting(Acquire::reqid).containsExactly(2, 1);
    }

    @Test
    default void deletingOneLeavesThoseThatAreAlmostTheSame() throws Exception {
        TestNet net = TestNet.IPV4;
        List<TestPolicy> similar = List.of(
                TestPolicy.tunnel(net, 1),
                TestPolicy.tunnel(net, 2).between(net.localNet(), prefix(net.innerPeer(), 17)),
                TestPolicy.tunnel(net, 3).between(prefix(net.innerLocal(), 17), net.peerNet()),
                TestPolicy.tunnel(net, 4).udpTo(PortMatch.ANY),
                TestPolicy.tunnel(net, 5).udpTo(PortMatch.exactly(5000)),
                TestPolicy.tunnel(net, 6).udpTo(new PortMatch(5000, 0xfff8)),
                TestPolicy.tunnel(net, 7).incoming(Direction.IN),
                TestPolicy.tunnel(net, 8).incoming(Direction.FORWARD));
        apply(puts(similar));

        for (TestPolicy gone : similar) {
            apply(gone.delete());
            assertThat(policies())
                    .containsExactlyInAnyOrderElementsOf(similar.stream()
                            .filter(policy -> policy != gone)
                            .map(TestPolicy::build)
                            .toList());
            apply(gone.put());
        }
    }

    /** Any prefixes, additions, changes and deletions, with a list that is looked through as the judge. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    default void theLowestPriorityWinsAmongMany(long seed) throws Exception {
        firstAmongManyWins(new RandomPolicies(new Random(seed), Integer.MAX_VALUE - 1000));
    }

    /** Each packet meets the first of those that are left. */
    default void areMetInTurn(TestNet net, List<TestPolicy> policies) throws Exception {
        EventLog events = EventLog.of(bench());
        for (int i = 0; i < policies.size(); i++) {
            TestPolicy first = policies.get(i);
            bench().leave(TestPacket.udp(net, 5000));
            assertThat(events.nth(Acquire.class, i + 1).reqid())
                    .as("number %s of those in turn", i)
                    .isEqualTo(first.build().templates().getFirst().reqid());
            apply(first.delete());
        }
    }

    /** While the Acquire of a policy is open there is no second one. */
    default void firstAmongManyWins(RandomPolicies expected) throws Exception {
        EventLog events = EventLog.of(bench());
        Set<Integer> met = new LinkedHashSet<>();

        for (int i = 0; i < 6; i++) {
            apply(expected.change(15).toArray(KernelChange[]::new));
            for (InetAddress destination : RandomPolicies.DESTINATIONS) {
                bench().leave(TestPacket.udp(TestNet.IPV4.innerLocal(), destination, 5000));
                expected.first(destination).ifPresent(met::add);
            }
        }

        events.fence();
        assertThat(met).as("many policies are met").hasSizeGreaterThan(8);
        assertThat(events.all(Acquire.class)).extracting(Acquire::reqid).containsExactlyElementsOf(met);
    }

    /** The widest first. What IPv6 sends by itself, to ff02::/16, is in none of them. */
    static List<TestPolicy> nested(TestNet net) {
        List<TestPolicy> nested = new ArrayList<>();
        for (int bits : LENGTHS) {
            int length = net == TestNet.IPV4 ? bits : Math.max(8, bits * 4);
            nested.add(TestPolicy.tunnel(net, 100 + length)
                    .between(prefix(net.innerLocal(), length), prefix(net.innerPeer(), length)));
        }
        return nested;
    }

    static KernelChange[] puts(List<TestPolicy> policies) {
        return policies.stream().map(TestPolicy::put).toArray(KernelChange[]::new);
    }

    /** As many leading bits of an address. */
    static IpPrefix prefix(InetAddress address, int length) {
        byte[] octets = address.getAddress();
        for (int bit = length; bit < octets.length * 8; bit++) {
            octets[bit / 8] &= (byte) ~(0x80 >> bit % 8);
        }
        try {
            return new IpPrefix(InetAddress.getByAddress(octets), length);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address has 4 or 16 octets", e);
        }
    }
}
