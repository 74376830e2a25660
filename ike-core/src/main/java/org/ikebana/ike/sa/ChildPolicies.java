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

    /**
     * What the policies of all selectors have in common.
     *
     * @param outbound empty, as {@code inbound}, where packets pass or are dropped as they are
     * @param forward whether there is one for what is forwarded from the peer
     * @param onItsWay priority of the one that lets pass what is forwarded to the peer; the SA sees to its protection later
     */
    private record Shape(
            Policy.Action action,
            List<PolicyTemplate> outbound,
            List<PolicyTemplate> inbound,
            boolean forward,
            ToIntFunction<PolicySelector> priority,
            ToIntFunction<PolicySelector> onItsWay) {}

    List<Policy> ofSa() throws KernelException {
        return all(PolicyPriority::ofSa);
    }

    List<Policy> ofTrap() throws KernelException {
        return all(PolicyPriority::ofTrap);
    }

    /** Of a child that is policies alone: what it says of the traffic between the selectors, whichever way that goes. */
    static List<Policy> ofShunt(ChildConfig config, Policy.Action action, ChildSelectors selectors)
            throws KernelException {
        ToIntFunction<PolicySelector> priority =
                action == Policy.Action.ALLOW ? PolicyPriority::ofPass : PolicyPriority::ofDrop;
        return all(config, selectors, new Shape(action, List.of(), List.of(), true, priority, priority));
    }

    private List<Policy> all(ToIntFunction<PolicySelector> priority) throws KernelException {
        return config.policies().installed()
                ? all(
                        config,
                        selectors,
                        new Shape(
                                Policy.Action.ALLOW,
                                List.of(template(localAddress, remoteAddress)),
                                List.of(template(remoteAddress, localAddress)),
                                mode != SaMode.TRANSPORT,
                                priority,
                                PolicyPriority::ofTrap))
                : List.of();
    }

    private static List<Policy> all(ChildConfig config, ChildSelectors selectors, Shape shape) throws KernelException {
        List<Policy> policies = new ArrayList<>();
        for (var local : selectors.local()) {
            for (var remote : selectors.remote()) {
                for (PolicySelector out : PolicySelectors.of(local, remote)) {
                    add(config, out, shape, policies);
                }
            }
        }
        return policies;
    }

    private static void add(ChildConfig config, PolicySelector out, Shape shape, List<Policy> to) {
        int priority = priority(config, shape.priority(), out);
        PolicySelector in = out.reversed();
        to.add(policy(outboundKey(config, out, Direction.OUT), priority, shape, shape.outbound()));
        to.add(policy(inboundKey(config, in, Direction.IN), priority, shape, shape.inbound()));
        if (shape.forward()) {
            to.add(policy(inboundKey(config, in, Direction.FORWARD), priority, shape, shape.inbound()));
        }
        if (shape.forward() && config.policies().outboundForward()) {
            int onItsWay = priority(config, shape.onItsWay(), out);
            to.add(policy(outboundKey(config, out, Direction.FORWARD), onItsWay, shape, List.of()));
        }
    }

    private static int priority(ChildConfig config, ToIntFunction<PolicySelector> derived, PolicySelector out) {
        return config.priority() != 0 ? config.priority() : derived.applyAsInt(out);
    }

    private static Policy policy(PolicyKey key, int priority, Shape shape, List<PolicyTemplate> templates) {
        return new Policy(key, priority, shape.action(), templates);
    }

    private static PolicyKey outboundKey(ChildConfig config, PolicySelector selector, Direction direction) {
        return new PolicyKey(selector, direction, config.markOut(), config.ifIdOut());
    }

    private static PolicyKey inboundKey(ChildConfig config, PolicySelector selector, Direction direction) {
        return new PolicyKey(selector, direction, config.markIn(), config.ifIdIn());
    }

    private PolicyTemplate template(InetAddress source, InetAddress destination) {
        return new PolicyTemplate(source, destination, SaProtocol.ESP, mode, reqid);
    }
}
