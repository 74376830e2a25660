package org.ikebana.it.net;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What came of a few echo requests. */
public record Ping(int sent, int answered) {
    private static final Pattern SUMMARY = Pattern.compile("(\\d+) packets transmitted, (\\d+) received");

    /** Three of them, a fifth of a second apart. Answers are waited for a second each, longer in emulation. */
    public static Ping from(Netns netns, String address) {
        String output = netns.exec("ping", "-n", "-q", "-c", "3", "-i", "0.2", "-W", "1", address)
                .tryRun()
                .output();
        Matcher summary = SUMMARY.matcher(output);
        if (!summary.find()) {
            throw new AssertionError("ping " + address + " in " + netns + ": " + output);
        }
        return new Ping(Integer.parseInt(summary.group(1)), Integer.parseInt(summary.group(2)));
    }

    /** Whether one single request is answered. */
    public static boolean once(Netns netns, String address) {
        return netns.exec("ping", "-n", "-q", "-c", "1", "-W", "1", address)
                .tryRun()
                .succeeded();
    }

    public boolean allAnswered() {
        return answered == sent;
    }
}
