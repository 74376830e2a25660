package org.ikebana.kernel.model;

import org.ikebana.ike.kernel.Direction;
import org.ikebana.ike.kernel.IpPrefix;
import org.ikebana.ike.kernel.KernelException;
import org.ikebana.ike.kernel.Policy;
import org.ikebana.ike.kernel.PolicyTemplate;
import org.ikebana.ike.kernel.SaMode;

/** What Linux asks of a policy before it takes it. */
final class PolicyRules {
    private static final int MAXIMUM_TEMPLATES = 6;

    private PolicyRules() {}

    static void check(Policy policy) throws KernelException {
        IpPrefix source = policy.key().selector().source();
        IpPrefix destination = policy.key().selector().destination();
        if (bits(source) != bits(destination)) {
            throw Errno.EINVAL.refusal(policy.key(), "Source and destination are of different address families");
        }
        if (!isLengthPossible(source) || !isLengthPossible(destination)) {
            throw Errno.EINVAL.refusal(policy.key(), "Invalid prefix length");
        }
        if (policy.templates().size() > MAXIMUM_TEMPLATES) {
            throw Errno.EINVAL.refusal(policy.key(), "Template count must be <= " + MAXIMUM_TEMPLATES);
        }
        for (PolicyTemplate template : policy.templates()) {
            check(policy, template);
        }
    }

    private static void check(Policy policy, PolicyTemplate template) throws KernelException {
        int family = template.destination().getAddress().length;
        if (template.source().getAddress().length != family) {
            throw Errno.EINVAL.refusal(policy.key(), "Ends of the template are of different address families");
        }
        if (template.optional()
                && template.mode() != SaMode.TRANSPORT
                && policy.key().direction() == Direction.OUT) {
            throw Errno.EINVAL.refusal(policy.key(), "Mode in optional template not allowed in outbound policy");
        }
        boolean changesFamily = family * 8 != bits(policy.key().selector().source());
        if (template.mode() == SaMode.TRANSPORT && changesFamily) {
            throw Errno.EINVAL.refusal(policy.key(), "Mode in template doesn't support a family change");
        }
    }

    private static boolean isLengthPossible(IpPrefix prefix) {
        return prefix.length() >= 0 && prefix.length() <= bits(prefix);
    }

    private static int bits(IpPrefix prefix) {
        return prefix.address().getAddress().length * 8;
    }
}
