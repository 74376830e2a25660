package org.ikebana.it.net;

import java.util.ArrayList;
import java.util.List;

/** What came of a few echo requests. */
public record Ping(int sent, int answered) {
    private static final int REQUESTS = 3;
    private static final int DEFAULT_OCTETS = 56;

    /** Three of them, one after the other; none more if one is not answered. */
    public static Ping from(Netns netns, String address) {
        return from(netns, address, DEFAULT_OCTETS);
    }

    /**
     * The same with so many octets in each; they may be fragmented on their way. Each is a ping of its own: it gives the last of
     * several answers little more than two round trips, which a busy machine may not keep.
     */
    public static Ping from(Netns netns, String address, int octets) {
        int sent = 0;
        boolean isAnswered = true;
        while (isAnswered && sent < REQUESTS) {
            sent++;
            isAnswered = once(netns, "-W", "5", "-s", Integer.toString(octets), address);
        }
        return new Ping(sent, isAnswered ? sent : sent - 1);
    }

    /** Whether one single request is answered. */
    public static boolean once(Netns netns, String address) {
        return once(netns, address, DEFAULT_OCTETS);
    }

    /** The same with so many octets in it. */
    public static boolean once(Netns netns, String address, int octets) {
        return once(netns, "-W", "1", "-s", Integer.toString(octets), address);
    }

    /** One single request, whose answer may take ten seconds: until a tunnel is up. */
    public static boolean patiently(Netns netns, String address) {
        return once(netns, "-W", "10", address);
    }

    private static boolean once(Netns netns, String... options) {
        List<String> command = new ArrayList<>(List.of("ping", "-n", "-q", "-c", "1", "-M", "dont"));
        command.addAll(List.of(options));
        return netns.exec(command.toArray(String[]::new)).tryRun().succeeded();
    }

    public boolean allAnswered() {
        return answered == sent;
    }
}
