package org.ikebana.config.swanctl;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ikebana.config.problem.Problems;
import org.ikebana.ike.connection.ChildConfig;
import org.ikebana.ike.connection.ConnectionConfig;

/** A reqid ties policies to SAs, so two children must not have the same. */
final class ReqidCheck {
    private final Problems problems;

    ReqidCheck(Problems problems) {
        this.problems = problems;
    }

    void check(List<ConnectionConfig> connections) {
        Map<Integer, String> taken = new HashMap<>();
        for (ConnectionConfig connection : connections) {
            for (ChildConfig child : connection.children()) {
                String name = connection.name() + "." + child.name();
                String other = child.reqid() == 0 ? null : taken.putIfAbsent(child.reqid(), name);
                if (other != null) {
                    problems.error(
                            child.place("reqid"),
                            "reqid " + Integer.toUnsignedString(child.reqid()) + " is taken by child '" + other + "'",
                            "give each child its own, or none");
                }
            }
        }
    }
}
