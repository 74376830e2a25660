package org.ikebana.daemon.xfrm;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.ikebana.ike.kernel.Direction;
import org.ikebana.kernel.xfrm.table.SaEntry;
import org.ikebana.kernel.xfrm.table.XfrmCounter;
import org.ikebana.kernel.xfrm.table.XfrmStat;
import org.ikebana.kernel.xfrm.walk.Obstacle;
import org.ikebana.kernel.xfrm.walk.Packet;
import org.ikebana.kernel.xfrm.walk.SaCheck;
import org.ikebana.kernel.xfrm.walk.Stage;
import org.ikebana.kernel.xfrm.walk.TemplateCheck;
import org.ikebana.kernel.xfrm.walk.Verdict;

/** The way of a packet, in lines. */
record WalkText(ConnectionNames names, XfrmStat stat) {
    String of(Packet packet, List<Stage> stages) {
        List<String> lines = new ArrayList<>();
        lines.add(packet.toString());
        for (Stage stage : stages) {
            add(stage, lines);
        }
        return String.join("\n", lines) + "\n";
    }

    private void add(Stage stage, List<String> lines) {
        PolicyText text = new PolicyText(names);
        lines.add("");
        lines.add(name(stage.direction()));
        lines.add("  " + stage.policy().map(text::head).orElse("no policy is for it"));
        stage.templates().forEach(check -> add(text, check, lines));
        stage.others()
                .forEach(check ->
                        lines.add("  not: " + text.head(check.policy()) + ": " + String.join("; ", check.reasons())));
        lines.add("  => " + verdict(stage.verdict()));
        counter(stage.verdict()).ifPresent(line -> lines.add("     " + line));
    }

    private void add(PolicyText text, TemplateCheck check, List<String> lines) {
        lines.add("    " + text.template(check.template()));
        if (check.sas().isEmpty()) {
            lines.add("      there is no SA of this reqid, nor between these ends");
        }
        check.sas().forEach(sa -> lines.add("      " + sa.sa() + ": " + sa(sa)));
    }

    private static String sa(SaCheck check) {
        return check.fits()
                ? "fits; " + check.sa().replay().sent() + " sent, "
                        + check.sa().replay().received() + " received"
                : check.obstacles().stream().map(Obstacle::reason).collect(Collectors.joining("; "));
    }

    static String name(Direction direction) {
        return switch (direction) {
            case IN -> "when it comes in";
            case FORWARD -> "when it is to be forwarded";
            case OUT -> "when it goes out";
        };
    }

    String verdict(Verdict verdict) {
        return switch (verdict) {
            case Verdict.InClear clear -> "IN CLEAR: " + clear.why();
            case Verdict.Sent sent -> "PROTECTED by " + list(sent.sas(), ", then ");
            case Verdict.OnlyThrough through ->
                "ACCEPTED if it came through " + list(through.sas(), " or ") + "; DROPPED if it came in clear";
            case Verdict.Awaited awaited ->
                (awaited.held() ? "HELD" : "DROPPED") + " until there is an SA of reqid " + awaited.reqid()
                        + names.inBrackets(awaited.reqid())
                        + (awaited.asked().isPresent()
                                ? "; the kernel has asked for it (ACQUIRE), see the daemon's log"
                                : "; this packet would make the kernel ask for it (ACQUIRE)");
            case Verdict.Dropped dropped -> "DROPPED: " + dropped.why();
        };
    }

    /** What the kernel counts, and where that stands. */
    private Optional<String> counter(Verdict verdict) {
        Optional<XfrmCounter> counter = switch (verdict) {
            case Verdict.Dropped dropped -> dropped.counter();
            case Verdict.Awaited awaited -> awaited.held() ? Optional.empty() : Optional.of(XfrmCounter.OUT_NO_STATES);
            case Verdict.OnlyThrough through -> Optional.of(XfrmCounter.IN_TMPL_MISMATCH);
            case Verdict.InClear clear -> Optional.empty();
            case Verdict.Sent sent -> Optional.empty();
        };
        return counter.map(c -> "counted in /proc/net/xfrm_stat: " + StatCommand.line(c.label(), stat.count(c)));
    }

    private static String list(List<SaEntry> sas, String separator) {
        return sas.stream().map(SaEntry::toString).collect(Collectors.joining(separator));
    }
}
