package org.ikebana.vici.report;

import org.ikebana.ike.engine.TrapStatus;
import org.ikebana.vici.wire.Message;

/** Policies as {@code list-policy} has them. */
public final class PolicyReport {
    private PolicyReport() {}

    public static Message trap(TrapStatus trap) {
        return Message.with()
                .section(
                        trap.connection() + "/" + trap.child().name(),
                        Message.with()
                                .put("child", trap.child().name())
                                .put("ike", trap.connection())
                                .put("mode", trap.child().mode().name())
                                .list(
                                        "local-ts",
                                        SaReport.texts(trap.selectors().local()))
                                .list(
                                        "remote-ts",
                                        SaReport.texts(trap.selectors().remote())))
                .build();
    }
}
