package org.ikebana.vici.command;

import java.util.Optional;
import org.ikebana.ike.control.DaemonControl;
import org.ikebana.ike.control.Notice;
import org.ikebana.ike.engine.DesiredState;
import org.ikebana.ike.engine.IkeEngine;
import org.ikebana.ike.event.IkeEvent;
import org.ikebana.ike.event.IkeSaName;
import org.ikebana.ike.sa.ChildSa;
import org.ikebana.vici.report.LogLine;
import org.ikebana.vici.wire.Message;

/**
 * Brings a child up because somebody has said so. From then on it is wanted up; but if the first attempt fails, what was wanted
 * before is wanted again, as whoever has asked for it hears of that and can ask once more.
 */
record ChildInitiation(DaemonControl daemon, ConfiguredChild child) {
    /** What there was before. */
    private record Before(DesiredState desired, Optional<String> duplicate) {}

    Message run(Message request, Caller caller) throws InterruptedException {
        Patience patience = Patience.of(request);
        ControlLog log = ControlLog.of(request, caller, this::isAbout);
        try (Watch watch = Watch.begin(daemon)) {
            Before before = daemon.ask(this::begin);
            if (before.duplicate.isPresent()) {
                log.say(new LogLine("IKE", 1, Optional.empty(), before.duplicate.get()));
                return failure();
            }
            if (patience.isNone()) {
                return Answer.success();
            }
            while (!patience.isOver()) {
                Optional<Notice> notice = watch.next(patience.turn());
                if (notice.isPresent() && notice.get() instanceof Notice.Happened happened) {
                    log.on(happened.event());
                }
                if (notice.filter(this::isUp).isPresent()) {
                    return Answer.success();
                }
                if (watch.isCutOff() || isFailure(notice)) {
                    giveUp(before);
                    return failure();
                }
            }
        }
        return Answer.failure(
                "CHILD_SA '" + child.name() + "' not established after " + patience.milliseconds() + "ms");
    }

    private Before begin(IkeEngine engine) {
        Optional<String> duplicate = engine.ikeSas().stream()
                .filter(sa -> sa.isEstablished() && sa.name().connection().equals(child.connection()))
                .flatMap(sa -> sa.childSas().stream())
                .filter(sa -> sa.config().name().equals(child.name()))
                .map(ChildInitiation::duplicate)
                .findFirst();
        Before before = new Before(child.desired(engine), duplicate);
        if (duplicate.isEmpty()) {
            engine.want(child.connection(), child.name(), DesiredState.UP);
        }
        return before;
    }

    private static String duplicate(ChildSa there) {
        return "%s is there already, with SPIs %s in, %s out"
                .formatted(there.name(), there.inbound().spi(), there.outbound().spi());
    }

    private boolean isUp(Notice notice) {
        return notice instanceof Notice.ChildSaUp up
                && up.ikeSa().name().connection().equals(child.connection())
                && up.child().name().child().equals(child.name());
    }

    private boolean isFailure(Optional<Notice> notice) throws InterruptedException {
        if (notice.isEmpty() || !(notice.get() instanceof Notice.Happened happened)) {
            return false;
        }
        return switch (happened.event()) {
            case IkeEvent.NegotiationFailed failed ->
                isOurs(failed.ikeSa())
                        && failed.child()
                                .filter(other -> !other.equals(child.name()))
                                .isEmpty();
            case IkeEvent.RetryScheduled retry -> isOurs(retry.connection(), retry.child());
            case IkeEvent.Warning warning ->
                warning.subject().equals(child.subject()) && daemon.ask(child::desired) != DesiredState.UP;
            default -> false;
        };
    }

    private void giveUp(Before before) {
        if (before.desired != DesiredState.UP) {
            daemon.tell(engine -> engine.wantFromNow(child.connection(), child.name(), before.desired));
        }
    }

    private Message failure() {
        return Answer.failure("establishing CHILD_SA '" + child.name() + "' failed");
    }

    private boolean isAbout(IkeEvent event) {
        return switch (event) {
            case IkeEvent.RetryScheduled retry -> false; // the command is the only attempt
            case IkeEvent.TrapInstalled trap -> isOurs(trap.connection(), trap.child());
            case IkeEvent.Warning warning -> warning.subject().equals(child.subject());
            default -> LogLine.of(event).subject().filter(this::isOurs).isPresent();
        };
    }

    private boolean isOurs(IkeSaName name) {
        return name.connection().equals(child.connection());
    }

    private boolean isOurs(String connection, String name) {
        return connection.equals(child.connection()) && name.equals(child.name());
    }
}
