package org.ikebana.config.swanctl;

import java.util.List;
import java.util.stream.Stream;
import org.ikebana.config.problem.Problems;
import org.ikebana.ike.connection.ChildConfig;
import org.ikebana.ike.connection.SelectorSpec;
import org.ikebana.ike.connection.StartAction;
import org.ikebana.ike.kernel.SaMode;
import org.ikebana.ike.ts.TrafficSelector;

/** What cannot work, or hardly be meant, in one child. */
final class ChildChecks {
    private final ChildConfig child;
    private final Problems problems;

    ChildChecks(ChildConfig child, Problems problems) {
        this.child = child;
        this.problems = problems;
    }

    void check() {
        families("local_ts", child.localSelectors(), "remote_ts", child.remoteSelectors());
        families("remote_ts", child.remoteSelectors(), "local_ts", child.localSelectors());
        if (child.mode() == SaMode.TRANSPORT) {
            hostsOnly("local_ts", child.localSelectors());
            hostsOnly("remote_ts", child.remoteSelectors());
        }
        if (child.isShunt()) {
            everything();
            return;
        }
        if (child.startAction() == StartAction.TRAP && !child.policies().installed()) {
            problems.error(
                    child.place("start_action"),
                    "with policies = no no packet can ask for the tunnel",
                    "set start_action = start, or remove policies = no");
        }
        if (child.replayWindow() == 0) {
            problems.warning(
                    child.place("replay_window"), "packets may be replayed", "set replay_window to 32 or more");
        }
    }

    /** There is no IKE SA whose address it would be. */
    private void everything() {
        boolean isEverything = Stream.of(child.localSelectors(), child.remoteSelectors())
                .allMatch(specs -> specs.stream().anyMatch(SelectorSpec.Dynamic.class::isInstance));
        if (isEverything) {
            problems.error(
                    child.place("remote_ts"),
                    "without a tunnel dynamic means any address, and with both sides so this child is about all traffic",
                    "write in local_ts and remote_ts what is meant, be it 0.0.0.0/0");
        }
    }

    /** A selector pairs with those of its own family only. */
    private void families(String key, List<SelectorSpec> own, String otherKey, List<SelectorSpec> other) {
        if (other.stream().anyMatch(SelectorSpec.Dynamic.class::isInstance)) {
            return;
        }
        List<TrafficSelector> partners = fixed(other).toList();
        fixed(own)
                .filter(selector -> partners.stream().noneMatch(partner -> isSameFamily(selector, partner)))
                .findFirst()
                .ifPresent(lonely -> problems.error(
                        child.place(key),
                        lonely + " has no partner of its address family in " + otherKey,
                        "give both sides IPv4 or both IPv6 selectors"));
    }

    private void hostsOnly(String key, List<SelectorSpec> selectors) {
        fixed(selectors)
                .filter(selector -> !selector.start().equals(selector.end()))
                .findFirst()
                .ifPresent(subnet -> problems.warning(
                        child.place(key),
                        "transport mode protects only the peers themselves, not all of " + subnet,
                        "write dynamic or the peer's address, or mode = tunnel"));
    }

    private static Stream<TrafficSelector> fixed(List<SelectorSpec> selectors) {
        return selectors.stream()
                .filter(SelectorSpec.Fixed.class::isInstance)
                .map(SelectorSpec.Fixed.class::cast)
                .map(SelectorSpec.Fixed::selector);
    }

    private static boolean isSameFamily(TrafficSelector one, TrafficSelector other) {
        return one.range().isSameFamily(other.range());
    }
}
