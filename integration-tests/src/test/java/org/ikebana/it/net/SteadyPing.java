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

    /** Waits until all requests have been sent and their answers have had their time. */
    public Ping finish() {
        Matcher summary = Pattern.compile(SUMMARY).matcher(ping.await(SUMMARY, Patience.seconds(60)));
        if (!summary.find()) {
            throw new IllegalStateException("the line that was waited for has no figures");
        }
        return new Ping(Integer.parseInt(summary.group(1)), Integer.parseInt(summary.group(2)));
    }
}
