package org.ikebana.it.marathon;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What {@code ping -D} has printed.
 *
 * @param received answers, without repeated ones
 * @param last the highest number that was answered, the first request being number 1
 * @param lost those below it without an answer
 */
record EchoReplies(long received, long repeated, long last, List<Lost> lost) {
    private static final Pattern REPLY =
            Pattern.compile("^\\[(\\d+)\\.(\\d{6})] .*icmp_seq=(\\d+) .*time=([0-9.]+) ms( \\(DUP!\\))?");

    EchoReplies {
        lost = List.copyOf(lost);
    }

    /** @param sent when, by the requests that were answered before and after it */
    record Lost(long number, Instant sent) {}

    /** @param lines in the order in which the answers have come */
    static EchoReplies read(List<String> lines) {
        List<Reply> replies = new ArrayList<>();
        long repeated = 0;
        long last = 0;
        for (String line : lines) {
            Matcher matcher = REPLY.matcher(line);
            if (!matcher.find()) {
                continue;
            }
            if (matcher.group(5) != null) {
                repeated++;
                continue;
            }
            long number = unwrap(Integer.parseInt(matcher.group(3)), last);
            last = Math.max(last, number);
            replies.add(new Reply(number, sent(matcher)));
        }
        return new EchoReplies(replies.size(), repeated, last, lost(replies));
    }

    long sent() {
        return last;
    }

    /** The number on the wire has 16 bits; the whole one is the nearest to the last. */
    private static long unwrap(int onWire, long last) {
        return last + (short) (onWire - last);
    }

    private static Instant sent(Matcher reply) {
        Instant received = Instant.ofEpochSecond(Long.parseLong(reply.group(1)), Long.parseLong(reply.group(2)) * 1000);
        return received.minusNanos((long) (Double.parseDouble(reply.group(4)) * 1e6));
    }

    private static List<Lost> lost(List<Reply> replies) {
        List<Reply> ordered = replies.stream()
                .sorted((a, b) -> Long.compare(a.number(), b.number()))
                .toList();
        List<Lost> lost = new ArrayList<>();
        long expected = 1;
        Instant before = ordered.isEmpty() ? Instant.EPOCH : ordered.getFirst().sent();
        for (Reply reply : ordered) {
            long missing = reply.number() - expected;
            for (long i = 0; i < missing; i++) {
                long share = Duration.between(before, reply.sent()).toNanos() * (i + 1) / (missing + 1);
                lost.add(new Lost(expected + i, before.plusNanos(share)));
            }
            before = reply.sent();
            expected = reply.number() + 1;
        }
        return lost;
    }

    private record Reply(long number, Instant sent) {}
}
