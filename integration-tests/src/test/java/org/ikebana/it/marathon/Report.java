package org.ikebana.it.marathon;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.ikebana.it.marathon.EchoReplies.Lost;
import org.ikebana.it.peer.TunnelOnCommand.By;
import org.ikebana.it.peer.TunnelOnCommand.Subject;

/** What was done, and which lost packet belongs to what. */
record Report(Marathon.Result result) {
    private static final int LISTED = 50;
    private static final String ROW = "%-14s %12s %14s %14s%n";

    /** Packets that were lost while no two rekeys met: there is no excuse for these. */
    List<Lost> lostWithoutCollision() {
        return result.echo().lost().stream()
                .filter(lost -> during(lost).filter(By.BOTH_AT_ONCE::equals).isEmpty())
                .toList();
    }

    List<Lost> lostAtCollisions() {
        return result.echo().lost().stream()
                .filter(lost -> during(lost).filter(By.BOTH_AT_ONCE::equals).isPresent())
                .toList();
    }

    /** Whether the tunnel has lost more than what two rekeys that met have cost. */
    boolean isFlawed() {
        return lostWithoutCollision().size() > result.unread();
    }

    /** Rekeys of this kind. */
    long count(Subject subject, By by) {
        return of(subject, by).size();
    }

    @Override
    public String toString() {
        EchoReplies echo = result.echo();
        StringBuilder text = new StringBuilder(ROW.formatted("rekeys", "by Ikebana", "by strongSwan", "both at once"));
        for (Subject subject : Subject.values()) {
            text.append(ROW.formatted(
                    name(subject),
                    cell(subject, By.IKEBANA),
                    cell(subject, By.STRONGSWAN),
                    cell(subject, By.BOTH_AT_ONCE)));
        }
        text.append("strongSwan saw %d of its requests cross one of ours%n".formatted(result.crossings()));
        text.append("echo requests: %d sent, %d answered, %d lost (%d at rekeys by both at once), %d answered twice%n"
                .formatted(
                        echo.sent(),
                        echo.received(),
                        echo.lost().size(),
                        lostAtCollisions().size(),
                        echo.repeated()));
        text.append("of these %d had arrived, and ping was too slow to read them%n".formatted(result.unread()));
        echo.lost().stream()
                .limit(LISTED)
                .forEach(lost -> text.append("  lost: number %d, sent at %s, %s%n"
                        .formatted(
                                lost.number(),
                                lost.sent(),
                                at(lost).map(Report::words).orElse("between rekeys"))));
        text.append("thrown away by the kernel: west %s, east %s%n"
                .formatted(
                        words(result.complaints().west()),
                        words(result.complaints().east())));
        return text.append("in the end: ").append(result.pairs()).append('\n').toString();
    }

    /** Their number, and how long they took. */
    private String cell(Subject subject, By by) {
        return "%d (%d ms)".formatted(count(subject, by), meanMillis(of(subject, by)));
    }

    private static String name(Subject subject) {
        return subject == Subject.CHILD ? "child SA" : "IKE SA";
    }

    private static long meanMillis(List<Rekey> rekeys) {
        return (long) rekeys.stream()
                .mapToLong(
                        rekey -> Duration.between(rekey.began(), rekey.ended()).toMillis())
                .average()
                .orElse(0);
    }

    private List<Rekey> of(Subject subject, By by) {
        return result.rekeys().stream()
                .filter(rekey -> rekey.subject() == subject && rekey.by() == by)
                .toList();
    }

    private Optional<By> during(Lost lost) {
        return at(lost).map(Rekey::by);
    }

    /** Where two are near, that of one end alone: it is to lose nothing. */
    private Optional<Rekey> at(Lost lost) {
        return result.rekeys().stream()
                .filter(rekey -> rekey.covers(lost.sent()))
                .min((a, b) -> a.by().compareTo(b.by()));
    }

    private static String words(Rekey rekey) {
        return "at a rekey of the %s by %s"
                .formatted(
                        name(rekey.subject()),
                        rekey.by().name().toLowerCase(Locale.ROOT).replace('_', ' '));
    }

    private static String words(Map<String, Long> counters) {
        return counters.isEmpty() ? "nothing" : counters.toString();
    }
}
