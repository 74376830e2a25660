package org.ikebana.vici.command;

import java.util.function.Predicate;
import org.ikebana.ike.event.IkeEvent;
import org.ikebana.vici.report.LogLine;
import org.ikebana.vici.wire.Message;

/**
 * Streams what happens to a client while its command is under way.
 *
 * @param level the highest one that the client wants
 * @param isMeant which events the command is about
 */
record ControlLog(Caller caller, long level, Predicate<IkeEvent> isMeant) {
    static final String EVENT = "control-log";
    private static final int USUAL_LEVEL = 1;

    static ControlLog of(Message request, Caller caller, Predicate<IkeEvent> isMeant) {
        return new ControlLog(caller, Numbers.of(request, "loglevel").orElse(USUAL_LEVEL), isMeant);
    }

    void on(IkeEvent event) throws InterruptedException {
        if (isMeant.test(event)) {
            say(LogLine.of(event));
        }
    }

    void say(LogLine line) throws InterruptedException {
        if (line.level() <= level) {
            caller.stream(EVENT, line.message().build());
        }
    }
}
