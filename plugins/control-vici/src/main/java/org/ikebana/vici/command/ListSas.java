package org.ikebana.vici.command;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.ikebana.ike.control.DaemonControl;
import org.ikebana.ike.sa.ChildSaStatus;
import org.ikebana.ike.sa.IkeSaStatus;
import org.ikebana.vici.report.SaReport;
import org.ikebana.vici.wire.Message;

/** {@code list-sas}. It never blocks, whether {@code noblock} asks for that or not. */
public final class ListSas implements Command {
    private static final String EVENT = "list-sa";
    /** A packet has no room for many more; what is over goes into another event of the same IKE SA. */
    private static final int CHILDREN_AT_ONCE = 500;

    private final DaemonControl daemon;

    public ListSas(DaemonControl daemon) {
        this.daemon = daemon;
    }

    @Override
    public String name() {
        return "list-sas";
    }

    @Override
    public Set<String> events() {
        return Set.of(EVENT);
    }

    @Override
    public Message run(Message request, Caller caller) throws InterruptedException {
        SaSelection selection = SaSelection.of(request);
        for (IkeSaStatus ikeSa : daemon.ikeSas(sa -> selection.takes(sa.name()))) {
            List<ChildSaStatus> children = ikeSa.children().stream()
                    .filter(child -> selection.takes(child.name()))
                    .toList();
            if (!children.isEmpty() || !selection.isAboutChildren()) {
                stream(ikeSa, children, caller);
            }
        }
        return Message.EMPTY;
    }

    private static void stream(IkeSaStatus ikeSa, List<ChildSaStatus> children, Caller caller)
            throws InterruptedException {
        SaReport report = new SaReport(Instant.now());
        int from = 0;
        do {
            int to = Math.min(children.size(), from + CHILDREN_AT_ONCE);
            caller.stream(
                    EVENT,
                    Message.with()
                            .section(SaReport.name(ikeSa.name()), report.ikeSa(ikeSa, children.subList(from, to)))
                            .build());
            from = to;
        } while (from < children.size());
    }
}
