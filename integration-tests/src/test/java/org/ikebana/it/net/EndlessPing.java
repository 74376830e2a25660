package org.ikebana.it.net;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.ikebana.it.process.Patience;
import org.ikebana.it.process.RunningProcess;

/** Echo requests at {@link SteadyPing}'s pace until the lab is taken down. */
public final class EndlessPing {
    private static final String ANSWER = "^\\[(\\d+)\\.(\\d{6})\\] \\d+ bytes from";
    private static final Pattern ANSWERED = Pattern.compile(ANSWER);

    private final RunningProcess ping;

    private EndlessPing(RunningProcess ping) {
        this.ping = ping;
    }

    /** Begins, and returns when the first answers have come. */
    public static EndlessPing start(Site from, Site to) {
        List<String> command =
                from.host().commandLine(List.of("ping", "-n", "-D", "-i", "0.02", "-W", "1", to.hostAddress()));
        EndlessPing endless = new EndlessPing(
                from.host().lab().own(RunningProcess.start("ping from " + from.name(), command, Map.of())));
        endless.awaitAnswers(10, Patience.seconds(60));
        return endless;
    }

    /** Waits for so many further answers. */
    public void awaitAnswers(int count, Duration limit) {
        ping.awaitFurther(count, ANSWER, limit);
    }

    /** How many answers have come. */
    public int answers() {
        return times().size();
    }

    /** The longest time between two answers, the first of them the one of this number, counted from 1. */
    public Duration longestSilence(int first) {
        List<Long> times = times();
        long longest = 0;
        for (int i = Math.max(first, 1); i < times.size(); i++) {
            longest = Math.max(longest, times.get(i) - times.get(i - 1));
        }
        return Duration.ofNanos(longest * 1000);
    }

    /** In microseconds. */
    private List<Long> times() {
        List<Long> times = new ArrayList<>();
        for (String line : ping.lines()) {
            ANSWERED.matcher(line).results().map(EndlessPing::time).forEach(times::add);
        }
        return times;
    }

    private static long time(MatchResult answer) {
        return Long.parseLong(answer.group(1)) * 1_000_000 + Long.parseLong(answer.group(2));
    }
}
