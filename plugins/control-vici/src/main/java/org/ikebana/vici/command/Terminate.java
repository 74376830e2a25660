package org.ikebana.vici.command;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.ikebana.ike.connection.ConnectionConfig;
import org.ikebana.ike.control.DaemonControl;
import org.ikebana.ike.control.Notice;
import org.ikebana.ike.engine.DesiredState;
import org.ikebana.ike.engine.IkeEngine;
import org.ikebana.ike.event.IkeEvent;
import org.ikebana.ike.sa.ChildSa;
import org.ikebana.ike.sa.CloseCause;
import org.ikebana.ike.sa.IkeSa;
import org.ikebana.vici.report.LogLine;
import org.ikebana.vici.wire.Message;

/** {@code terminate}: IKE SAs or children, which are not wanted up any more; a trap that is configured stays. */
public final class Terminate implements Command {
    private final DaemonControl daemon;

    /** One SA that is to go, as the event loop sees it. */
    private record Target(int ikeSa, BooleanSupplier isGone, Runnable force) {}

    public Terminate(DaemonControl daemon) {
        this.daemon = daemon;
    }

    @Override
    public String name() {
        return "terminate";
    }

    @Override
    public Set<String> events() {
        return Set.of(ControlLog.EVENT);
    }

    @Override
    public Message run(Message request, Caller caller) throws InterruptedException {
        SaSelection selection = SaSelection.of(request);
        if (selection.isEmpty()) {
            return Answer.failure("missing terminate selector");
        }
        Patience patience = Patience.of(request);
        boolean isForced = request.isYes("force");
        try (Watch watch = Watch.begin(daemon)) {
            List<Target> targets = daemon.ask(engine -> begin(engine, selection));
            if (targets.isEmpty()) {
                return answer(0, 0, "no matching SAs to terminate found");
            }
            if (patience.isNone()) {
                return answer(targets.size(), targets.size(), "");
            }
            if (!isForced || patience.milliseconds() > 0) {
                await(targets, watch, patience, ControlLog.of(request, caller, event -> isAbout(event, targets)));
            }
            if (isForced) {
                daemon.ask(engine -> force(targets));
            }
            int left = left(targets);
            String error = left == 0
                    ? ""
                    : (selection.isAboutChildren() ? "CHILD_SA" : "IKE_SA") + " not terminated after "
                            + patience.milliseconds() + "ms";
            return answer(targets.size(), targets.size() - left, error);
        }
    }

    /** On the event loop. */
    private static List<Target> begin(IkeEngine engine, SaSelection selection) {
        List<Target> targets = new ArrayList<>();
        for (IkeSa sa : engine.ikeSas()) {
            if (!selection.takes(sa.name())) {
                continue;
            }
            if (selection.isAboutChildren()) {
                sa.childSas().stream()
                        .filter(child -> selection.takes(child.name()))
                        .forEach(child -> targets.add(closing(engine, sa, child)));
            } else {
                targets.add(closing(engine, sa));
            }
        }
        return targets;
    }

    private static Target closing(IkeEngine engine, IkeSa sa, ChildSa child) {
        sa.connection()
                .map(connection -> new ConfiguredChild(connection.name(), child.config()))
                .ifPresent(configured -> wantNoMore(engine, configured));
        sa.closeChild(child);
        return new Target(sa.name().number(), () -> !sa.childSas().contains(child), () -> {});
    }

    private static Target closing(IkeEngine engine, IkeSa sa) {
        Optional<ConnectionConfig> connection = sa.connection();
        connection.ifPresent(config ->
                config.tunnels().forEach(child -> wantNoMore(engine, new ConfiguredChild(config.name(), child))));
        int number = sa.name().number();
        sa.terminate(CloseCause.LOCAL);
        return new Target(number, sa::isClosed, () -> sa.close(CloseCause.LOCAL));
    }

    private static void wantNoMore(IkeEngine engine, ConfiguredChild child) {
        if (child.desired(engine) == DesiredState.UP) {
            engine.wantFromNow(child.connection(), child.name(), child.afterClosing());
        }
    }

    private void await(List<Target> targets, Watch watch, Patience patience, ControlLog log)
            throws InterruptedException {
        while (left(targets) > 0 && !patience.isOver() && !watch.isCutOff()) {
            Optional<Notice> notice = watch.next(patience.turn());
            if (notice.isPresent() && notice.get() instanceof Notice.Happened happened) {
                log.on(happened.event());
            }
        }
        for (Optional<Notice> rest = watch.now(); rest.isPresent(); rest = watch.now()) {
            if (rest.get() instanceof Notice.Happened happened) {
                log.on(happened.event());
            }
        }
    }

    private int left(List<Target> targets) throws InterruptedException {
        return daemon.ask(engine -> (int)
                targets.stream().filter(target -> !target.isGone.getAsBoolean()).count());
    }

    private static int force(List<Target> targets) {
        targets.forEach(target -> target.force.run());
        return targets.size();
    }

    private static boolean isAbout(IkeEvent event, List<Target> targets) {
        Set<Integer> meant = targets.stream().map(Target::ikeSa).collect(Collectors.toSet());
        return LogLine.of(event)
                .subject()
                .filter(name -> meant.contains(name.number()))
                .isPresent();
    }

    /** @param error empty where there is none */
    private static Message answer(int matches, int terminated, String error) {
        return Message.with()
                .put("success", error.isEmpty() ? "yes" : "no")
                .put("matches", matches)
                .put("terminated", terminated)
                .put("errmsg", Optional.of(error).filter(text -> !text.isEmpty()))
                .build();
    }
}
