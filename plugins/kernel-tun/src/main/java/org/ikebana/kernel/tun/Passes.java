package org.ikebana.kernel.tun;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.ikebana.ike.kernel.IpPrefix;
import org.ikebana.ike.kernel.Policy;
import org.ikebana.ike.kernel.PolicyKey;
import org.ikebana.ike.kernel.PolicySelector;
import org.ikebana.ike.kernel.PortMatch;

/**
 * Which destinations may go past the tunnel device. A route knows no source, no protocol and no priority: it leads past only where
 * everything that it leads past is let pass by a policy.
 */
final class Passes {
    private final List<Policy> passing = new ArrayList<>();
    private final List<Policy> others = new ArrayList<>();

    /** @param policy that protects or blocks */
    void protect(Policy policy) {
        others.add(policy);
    }

    void release(Policy policy) {
        others.remove(policy);
    }

    void pass(Policy policy) {
        passing.add(policy);
    }

    void endPass(Policy policy) {
        passing.remove(policy);
    }

    Set<IpPrefix> destinations() {
        return passing.stream()
                .filter(pass -> obstacle(pass).isEmpty())
                .map(pass -> pass.key().selector().destination())
                .collect(Collectors.toSet());
    }

    /** A policy whose packets a route for this one would let pass as well. */
    Optional<PolicyKey> obstacle(Policy pass) {
        return others.stream()
                .filter(other -> !isCovered(other, pass))
                .map(Policy::key)
                .findFirst();
    }

    private static boolean isCovered(Policy other, Policy pass) {
        PolicySelector passed = pass.key().selector();
        PolicySelector held = other.key().selector();
        boolean isElsewhere = !passed.destination().isWithin(held.destination())
                && !held.destination().isWithin(passed.destination());
        boolean isWhole = passed.protocol() == 0
                && passed.sourcePort().equals(PortMatch.ANY)
                && passed.destinationPort().equals(PortMatch.ANY);
        return isElsewhere || isWhole && held.source().isWithin(passed.source()) && pass.priority() < other.priority();
    }
}
