package org.ikebana.vici.report;

import org.ikebana.config.schema.ChildMode;
import org.ikebana.ike.connection.ChildConfig;
import org.ikebana.ike.engine.TrapStatus;
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
                                        SelectorText.ofAll(trap.selectors().local()))
                                .list(
                                        "remote-ts",
                                        SelectorText.ofAll(trap.selectors().remote())))
                .build();
    }
}
