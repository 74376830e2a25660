package org.ikebana.ike.proposal;

import static org.ikebana.ike.wire.TransformType.ENCR;
import static org.ikebana.ike.wire.TransformType.INTEG;
import static org.ikebana.ike.wire.TransformType.KE;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ikebana.ike.proposal.Selection.Selected;
import org.ikebana.ike.proposal.SelectionPolicy.KeyExchangeUse;
import org.ikebana.ike.proposal.SelectionPolicy.Preference;
import org.ikebana.ike.wire.TransformType;

/** One proposal of the peer's beside one of ours. */
final class ProposalMatch {
    private static final int INCOMPARABLE = TransformType.values().length + 1;

    private final OfferedProposal theirs;
    private final Proposal ours;
    private final SelectionPolicy policy;
    private final List<Transform> agreed = new ArrayList<>();
    private final List<TransformType> differing = new ArrayList<>();
    private final AdditionalMatch additional = new AdditionalMatch();
    private boolean repeats;

    ProposalMatch(OfferedProposal theirs, Proposal ours, SelectionPolicy policy) {
        this.theirs = theirs;
        this.ours = ours;
        this.policy = policy;
        if (isComparable()) {
            ProposalSyntax.ORDER.forEach(this::compare);
            chooseAdditional();
        }
    }

    Proposal ours() {
        return ours;
    }

    /** How many types have nothing in common; 0 for a match. */
    int differences() {
        return isComparable() ? differing.size() + (repeats ? 1 : 0) : INCOMPARABLE;
    }

    /** Where there are no differences. */
    Selected selected() {
        return new Selected(new Suite(ours.protocol(), agreed), theirs.number(), theirs.spi(), ours);
    }

    /** Where there are differences. */
    Mismatch mismatch() {
        if (ours.protocol() != theirs.proposal().protocol()) {
            return new Mismatch.OtherProtocol(ours, theirs);
        }
        if (theirs.hasUnknownType()) {
            return new Mismatch.UnknownTransformType(theirs);
        }
        if (differing.isEmpty()) {
            return new Mismatch.RepeatedKeyExchange(ours, theirs);
        }
        TransformType first = differing.getFirst();
        return new Mismatch.NoCommonTransform(
                ours, theirs, first, theirs.proposal().of(first), ours.of(first));
    }

    private boolean isComparable() {
        return ours.protocol() == theirs.proposal().protocol() && !theirs.hasUnknownType();
    }

    private void compare(TransformType type) {
        List<Transform> offered = theirs.proposal().of(type);
        if (isIgnored(type)) {
            offered.stream().filter(Transform::isNone).limit(1).forEach(agreed::add);
            return;
        }
        List<Transform> allowed = ours.of(type);
        boolean included = theirs.includes(type);
        if (!included && allowed.isEmpty()) {
            return;
        }
        List<Transform> common =
                common(type, included ? offered : implied(type), allowed.isEmpty() ? implied(type) : allowed);
        if (common.isEmpty()) {
            differing.add(type);
        } else if (included && common.getFirst().isAdditionalKeyExchange()) {
            additional.add(type, common);
        } else if (included) {
            agreed.add(common.getFirst());
        }
    }

    private void chooseAdditional() {
        Optional<List<Transform>> choice = additional.choice();
        choice.ifPresent(agreed::addAll);
        repeats = choice.isEmpty();
    }

    /**
     * An AEAD goes without integrity algorithm, even if the peer has put one beside it for the other ciphers of the
     * same proposal, as it must not (RFC 5282 8). The cipher is agreed upon first.
     */
    private boolean isIgnored(TransformType type) {
        if (type == INTEG) {
            return agreed.stream().anyMatch(t -> t.type() == ENCR && t.isAead());
        }
        return Transform.of(type, 0).isKeyExchange() && policy.keyExchange() == KeyExchangeUse.IGNORED;
    }

    /** What both have, the preferred one first. */
    private List<Transform> common(TransformType type, List<Transform> offered, List<Transform> allowed) {
        if (type == KE && policy.groupAtHand().isPresent()) {
            Transform atHand = Transform.of(KE, policy.groupAtHand().getAsInt());
            if (offered.contains(atHand) && allowed.contains(atHand)) {
                return List.of(atHand);
            }
        }
        return policy.preference() == Preference.OURS ? common(allowed, offered) : common(offered, allowed);
    }

    /** In the order of the first. */
    private static List<Transform> common(List<Transform> first, List<Transform> second) {
        List<Transform> common = new ArrayList<>();
        for (Transform transform : first) {
            if (second.contains(transform) && !common.contains(transform)) {
                common.add(transform);
            }
        }
        return common;
    }

    /** What a proposal without transforms of a type means: NONE, or sequence numbers of 32 bits (RFC 7296 3.3.2). */
    private static List<Transform> implied(TransformType type) {
        Transform zero = Transform.of(type, 0);
        return zero.isNone() || type == TransformType.ESN ? List.of(zero) : List.of();
    }
}
