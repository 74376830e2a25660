package org.ikebana.it.net;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What came of a few echo requests. */
public record Ping(int sent, int answered) {
    private static final Pattern SUMMARY = Pattern.compile("(\\d+) packets transmitted, (\\d+) received");

    private static final int DEFAULT_OCTETS = 56;

    /**
     * Three of them, one behind the other. Only so are all answers waited for: had the last request gone later, its answer would
     * have two round trips or a fifth of a second.
     */
    public static Ping from(Netns netns, String address) {
        return from(netns, address, DEFAULT_OCTETS);
    }

    /** The same with so many octets in each; they may be fragmented on their way. */
    public static Ping from(Netns netns, String address, int octets) {
        String options = "-n -q -c 3 -l 3 -W 5 -M dont -s " + octets;
        String output = netns.exec(("ping " + options + " " + address).split(" "))
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

    /** One single request, whose answer may take ten seconds: until a tunnel is up. */
    public static boolean patiently(Netns netns, String address) {
        return netns.exec("ping", "-n", "-q", "-c", "1", "-W", "10", address)
                .tryRun()
                .succeeded();
    }

    public boolean allAnswered() {
        return answered == sent;
    }
}
