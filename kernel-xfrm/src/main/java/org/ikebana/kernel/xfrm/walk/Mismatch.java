package org.ikebana.kernel.xfrm.walk;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ikebana.ike.kernel.PolicySelector;
import org.ikebana.kernel.xfrm.table.PolicyEntry;
import org.ikebana.kernel.xfrm.table.Selection;

/** Why a packet is none of those that an entry is for, in words; nothing where it is one. */
final class Mismatch {
    private Mismatch() {}

    static List<String> ofPolicy(PolicyEntry policy, Packet packet) {
        List<String> reasons = new ArrayList<>(ofSelection(policy.selection(), packet));
        if (!policy.mark().matches(packet.mark())) {
            reasons.add("it wants mark " + policy.mark());
        }
        if (policy.ifId() != packet.ifId()) {
            reasons.add(
                    policy.ifId() == 0
                            ? "it is for no XFRM interface"
                            : "it is for the XFRM interface with if_id 0x%x".formatted(policy.ifId()));
        }
        if (!policy.isMain()) {
            reasons.add("it is a sub-policy");
        }
        return reasons;
    }

    static List<String> ofSelection(Optional<Selection> selection, Packet packet) {
        return selection.map(s -> ofSelector(s.selector(), packet)).orElse(List.of());
    }

    /** Whether the two are of the same hosts: then the rest is worth a word. */
    static boolean isNear(PolicyEntry policy, Packet packet) {
        return policy.selection()
                .map(Selection::selector)
                .map(s ->
                        s.source().contains(packet.source()) && s.destination().contains(packet.destination()))
                .orElse(true);
    }

    private static List<String> ofSelector(PolicySelector selector, Packet packet) {
        List<String> reasons = new ArrayList<>();
        if (!selector.source().contains(packet.source())) {
            reasons.add("the source is not in " + selector.source());
        }
        if (!selector.destination().contains(packet.destination())) {
            reasons.add("the destination is not in " + selector.destination());
        }
        if (selector.protocol() != 0 && selector.protocol() != packet.protocol()) {
            reasons.add("it is for protocol " + selector.protocol());
        }
        if (!selector.sourcePort().matches(packet.sourcePort())) {
            reasons.add("the source port is not " + selector.sourcePort());
        }
        if (!selector.destinationPort().matches(packet.destinationPort())) {
            reasons.add("the destination port is not " + selector.destinationPort());
        }
        return reasons;
    }
}
