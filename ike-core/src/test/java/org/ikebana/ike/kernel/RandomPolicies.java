package org.ikebana.ike.kernel;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Outbound policies of IPv4 that overlap, changed at random: the oldest first among those of one priority. What replaces
 * another of its priority takes that one's place.
 */
final class RandomPolicies {
    /** Few enough that they lie in many prefixes together. */
    static final List<InetAddress> DESTINATIONS =
            IntStream.range(0, 16).mapToObj(RandomPolicies::destination).toList();

    private final Random random;
    private final int priorities;
    private final List<Policy> policies = new ArrayList<>();
    private int lastReqid;

    /** @param priorities so many different ones: few for policies that only their age tells apart */
    RandomPolicies(Random random, int priorities) {
        this.random = random;
        this.priorities = priorities;
    }

    /** So many additions, replacements and deletions, made here already. */
    List<KernelChange> change(int count) {
        List<KernelChange> changes = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            changes.add(
                    random.nextInt(4) > 0 || policies.isEmpty()
                            ? put(policy())
                            : new KernelChange.DeletePolicy(policies.remove(random.nextInt(policies.size()))
                                    .key()));
        }
        return changes;
    }

    /** The reqid of the policy that a packet from {@link TestNet#innerLocal} meets. */
    Optional<Integer> first(InetAddress destination) {
        return policies.stream()
                .filter(policy -> policy.key().selector().destination().contains(destination))
                .min(Comparator.comparingInt(Policy::priority)) // the first of those that are equal
                .map(policy -> policy.templates().getFirst().reqid());
    }

    private Policy policy() {
        TestNet net = TestNet.IPV4;
        IpPrefix source = PolicyOrderContract.prefix(net.innerLocal(), Math.min(31, length()));
        IpPrefix destination =
                PolicyOrderContract.prefix(DESTINATIONS.get(random.nextInt(DESTINATIONS.size())), length());
        return TestPolicy.tunnel(net, ++lastReqid)
                .between(source, destination)
                .priority(1000 + random.nextInt(priorities))
                .build();
    }

    /** Most are long, as otherwise a few wide ones are all that is met. */
    private int length() {
        return random.nextInt(16) == 0 ? random.nextInt(17) : 17 + random.nextInt(16);
    }

    private KernelChange put(Policy policy) {
        for (int i = 0; i < policies.size(); i++) {
            Policy old = policies.get(i);
            if (old.key().equals(policy.key())) {
                if (old.priority() == policy.priority()) {
                    policies.set(i, policy);
                } else {
                    policies.remove(i);
                    policies.add(policy);
                }
                return new KernelChange.PutPolicy(policy);
            }
        }
        policies.add(policy);
        return new KernelChange.PutPolicy(policy);
    }

    private static InetAddress destination(int number) {
        byte[] address = TestNet.IPV4.innerPeer().getAddress();
        address[2] = (byte) (number << 6);
        address[3] = (byte) (number >> 2);
        try {
            return InetAddress.getByAddress(address);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("an address has 4 octets", e);
        }
    }
}
