package org.ikebana.ike.sa;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;
import org.ikebana.ike.connection.ChildConfig;
import org.ikebana.ike.kernel.Direction;
import org.ikebana.ike.kernel.KernelException;
import org.ikebana.ike.kernel.Policy;
import org.ikebana.ike.kernel.PolicyKey;
import org.ikebana.ike.kernel.PolicySelector;
import org.ikebana.ike.kernel.PolicySelectors;
import org.ikebana.ike.kernel.PolicyTemplate;
import org.ikebana.ike.kernel.SaMode;
import org.ikebana.ike.kernel.SaProtocol;
import org.ikebana.ike.task.ChildSelectors;

/**
 * The policies of a child SA or of its trap: out, in, and in tunnel mode forward, for each pair of selectors. No SPI
 * stands in the templates: the reqid ties policies and SAs, so that a rekey leaves policies alone.
 *
 * @param localAddress outer address of ours in tunnel mode
 */
record ChildPolicies(
        ChildConfig config,
        SaMode mode,
        int reqid,
        InetAddress localAddress,
        InetAddress remoteAddress,
        ChildSelectors selectors) {

    List<Policy> ofSa() throws KernelException {
        return all(PolicyPriority::ofSa);
    }

    List<Policy> ofTrap() throws KernelException {
        return all(PolicyPriority::ofTrap);
    }

    private List<Policy> all(ToIntFunction<PolicySelector> priority) throws KernelException {
        List<Policy> policies = new ArrayList<>();
        for (var local : selectors.local()) {
            for (var remote : selectors.remote()) {
                for (PolicySelector out : PolicySelectors.of(local, remote)) {
                    int value = config.priority() != 0 ? config.priority() : priority.applyAsInt(out);
                    policies.add(outbound(out, value));
                    policies.add(inbound(out.reversed(), Direction.IN, value));
                    if (mode != SaMode.TRANSPORT) {
                        policies.add(inbound(out.reversed(), Direction.FORWARD, value));
                    }
                }
            }
        }
        return policies;
    }

    private Policy outbound(PolicySelector selector, int priority) {
        return new Policy(
                new PolicyKey(selector, Direction.OUT, config.markOut(), config.ifIdOut()),
                priority,
                Policy.Action.ALLOW,
                List.of(template(localAddress, remoteAddress)));
    }

    private Policy inbound(PolicySelector selector, Direction direction, int priority) {
        return new Policy(
                new PolicyKey(selector, direction, config.markIn(), config.ifIdIn()),
                priority,
                Policy.Action.ALLOW,
                List.of(template(remoteAddress, localAddress)));
    }

    private PolicyTemplate template(InetAddress source, InetAddress destination) {
        return new PolicyTemplate(source, destination, SaProtocol.ESP, mode, reqid);
    }
}
