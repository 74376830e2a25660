package org.ikebana.vici.report;

import java.util.List;
import org.ikebana.config.schema.ChildMode;
import org.ikebana.ike.connection.ChildConfig;
import org.ikebana.ike.connection.SelectorSpec;
import org.ikebana.ike.engine.TrapStatus;
import org.ikebana.ike.ts.TrafficSelector;
import org.ikebana.vici.wire.Message;

/** Policies as {@code list-policy} has them. */
public final class PolicyReport {
    private PolicyReport() {}

    /** {@code TUNNEL} and its like, {@code PASS}, {@code DROP}. */
    static String mode(ChildConfig child) {
        return ChildMode.of(child).name();
    }

    public static Message trap(TrapStatus trap) {
        return Message.with()
                .section(
                        trap.connection() + "/" + trap.child().name(),
                        Message.with()
                                .put("child", trap.child().name())
                                .put("ike", trap.connection())
                                .put("mode", mode(trap.child()))
                                .list(
                                        "local-ts",
                                        selectors(
                                                trap,
                                                trap.selectors().local(),
                                                trap.child().localSelectors()))
                                .list(
                                        "remote-ts",
                                        selectors(
                                                trap,
                                                trap.selectors().remote(),
                                                trap.child().remoteSelectors())))
                .build();
    }

    /** As configured, where there is no IKE SA whose address {@code dynamic} could be. */
    private static List<String> selectors(
            TrapStatus trap, List<TrafficSelector> installed, List<SelectorSpec> configured) {
        return trap.child().isShunt()
                ? configured.stream().map(SelectorText::of).toList()
                : SelectorText.ofAll(installed);
    }
}
