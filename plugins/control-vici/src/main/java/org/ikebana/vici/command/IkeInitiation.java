package org.ikebana.vici.command;

import java.util.Optional;
import org.ikebana.ike.control.DaemonControl;
import org.ikebana.ike.control.Notice;
import org.ikebana.ike.engine.IkeEngine;
import org.ikebana.ike.event.IkeEvent;
import org.ikebana.vici.report.LogLine;
import org.ikebana.vici.wire.Message;

/** Begins an IKE SA without a child (RFC 6023), unless there is one. */
record IkeInitiation(DaemonControl daemon, String connection) {
    Message run(Message request, Caller caller) throws InterruptedException {
        Patience patience = Patience.of(request);
        ControlLog log = ControlLog.of(request, caller, this::isAbout);
        try (Watch watch = Watch.begin(daemon)) {
            boolean isThere = daemon.ask(this::begin);
            if (isThere || patience.isNone()) {
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
                if (watch.isCutOff() || notice.filter(this::isFailure).isPresent()) {
                    return Answer.failure("establishing IKE_SA '" + connection + "' failed");
                }
            }
        }
        return Answer.failure("IKE_SA '" + connection + "' not established after " + patience.milliseconds() + "ms");
    }

    /** Whether there is one that is established. */
    private boolean begin(IkeEngine engine) {
        boolean isThere = engine.ikeSas().stream()
                .anyMatch(sa -> sa.isEstablished() && sa.name().connection().equals(connection));
        engine.initiate(connection);
        return isThere;
    }

    private boolean isUp(Notice notice) {
        return notice instanceof Notice.IkeSaUp up
                && up.ikeSa().name().connection().equals(connection);
    }

    private boolean isFailure(Notice notice) {
        return notice instanceof Notice.Happened happened
                && switch (happened.event()) {
                    case IkeEvent.NegotiationFailed failed ->
                        failed.ikeSa().connection().equals(connection);
                    case IkeEvent.Warning warning -> warning.subject().equals(connection);
                    default -> false;
                };
    }

    private boolean isAbout(IkeEvent event) {
        return switch (event) {
            case IkeEvent.Warning warning -> warning.subject().equals(connection);
            default ->
                LogLine.of(event)
                        .subject()
                        .filter(name -> name.connection().equals(connection))
                        .isPresent();
        };
    }
}
