package org.ikebana.it.net;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ikebana.it.process.Patience;
import org.ikebana.it.process.RunningProcess;

/** Echo requests at a steady pace while something happens to the path. */
public final class SteadyPing {
    /** Between two requests. */
    public static final Duration PACE = Duration.ofMillis(20);

    /** Requests at the end whose answers ping may not have waited for, which it does for two round trips or the pace. */
    private static final int HASTY_END = 10;

    private static final Pattern ANSWER = Pattern.compile("icmp_seq=(\\d+) ");
    private static final String SUMMARY = "(\\d+) packets transmitted, (\\d+) received";

    private final RunningProcess ping;

    private SteadyPing(RunningProcess ping) {
        this.ping = ping;
    }

    /** Begins, and returns when the first answers have come. */
    public static SteadyPing start(Site from, Site to, Duration length) {
        long count = length.dividedBy(PACE);
        List<String> command = from.host()
                .commandLine(
                        List.of("ping", "-n", "-i", "0.02", "-c", Long.toString(count), "-W", "1", to.hostAddress()));
        SteadyPing steady = new SteadyPing(
                from.host().lab().own(RunningProcess.start("ping from " + from.name(), command, Map.of())));
        steady.awaitAnswers(10);
        return steady;
    }

    /** Waits for so many further answers. */
    public void awaitAnswers(int count) {
        ping.awaitFurther(count, "bytes from", Patience.seconds(30));
    }

    /** Waits until all requests have been sent. Of the last ones those count that were answered. */
    public Ping finish() {
        Matcher summary = Pattern.compile(SUMMARY).matcher(ping.await(SUMMARY, Patience.seconds(60)));
        if (!summary.find()) {
            throw new IllegalStateException("the line that was waited for has no figures");
        }
        int sent = Math.max(latestAnswered(), Integer.parseInt(summary.group(1)) - HASTY_END);
        return new Ping(sent, Integer.parseInt(summary.group(2)));
    }

    private int latestAnswered() {
        return ping.lines().stream()
                .map(ANSWER::matcher)
                .filter(Matcher::find)
                .mapToInt(answer -> Integer.parseInt(answer.group(1)))
                .max()
                .orElse(0);
    }
}
