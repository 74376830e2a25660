package org.ikebana.kernel.tun.spd;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
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

/** A packet that needs protection must never find the database without the policy that says so. */
class PolicyReadersTest {
    private static final int READERS = 2;
    private static final int ROUNDS = 2_000;
    private static final int FILL = 200;

    private final PolicyClassifier<String> classifier = new PolicyClassifier<>();
    private final AtomicBoolean isOver = new AtomicBoolean();

    @Test
    void neverMissesAPolicyWhileOthersComeAndGo() throws Exception {
        classifier.put(policy(8, 0), 5, 0, "protect");
        try (ExecutorService threads = Executors.newFixedThreadPool(READERS)) {
            List<Future<Long>> missed = new ArrayList<>();
            for (int i = 0; i < READERS; i++) {
                missed.add(threads.submit(this::countMisses));
            }
            for (int round = 0; round < ROUNDS; round++) {
                change(round);
            }
            isOver.set(true);
            for (Future<Long> count : missed) {
                assertThat(count.get()).isZero();
            }
        }
    }

    /** What protects moves from one group to another and back, now better, now worse than what surrounds it. */
    private void change(int round) {
        int before = 8 + round % 20;
        int after = 8 + (round + 1) % 20;
        classifier.put(policy(after, 0), 5 + round % 7, round, "protect");
        classifier.put(policy(32, 1 + round % FILL), round % 9, round, "elsewhere");
        classifier.remove(policy(before, 0));
        classifier.remove(policy(32, 1 + (round + FILL / 2) % FILL));
    }

    private long countMisses() {
        IpHeader packet = Memory.parsed(Memory.of(TestPacket.udp(4, 10).octets()));
        long misses = 0;
        while (!isOver.get()) {
            misses += "protect".equals(classifier.lookUp(Direction.OUT, packet, 0)) ? 0 : 1;
        }
        return misses;
    }

    private static PolicyKey policy(int length, int host) {
        IpPrefix network = new IpPrefix(InetAddress.ofLiteral(length == 32 ? "10.9.0." + host : "10.0.0.0"), length);
        PolicySelector selector = new PolicySelector(network, network, 0, PortMatch.ANY, PortMatch.ANY);
        return new PolicyKey(selector, Direction.OUT, Mark.NONE, 0);
    }
}
