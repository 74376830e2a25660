package org.ikebana.daemon.xfrm;

import java.time.Duration;

/** Times as people say them. */
final class Amounts {
    private Amounts() {}

    /** {@code 40 s}, {@code 5 min}, {@code 2 h 5 min}, {@code 3 d 4 h}; no more than two units, rounded down. */
    static String time(Duration time) {
        long seconds = Math.max(0, time.toSeconds());
        if (seconds < 120) {
            return seconds + " s";
        }
        long minutes = seconds / 60;
        if (minutes < 60) {
            return minutes + " min";
        }
        long hours = minutes / 60;
        return hours < 48 ? hours + " h" + rest(minutes % 60, " min") : hours / 24 + " d" + rest(hours % 24, " h");
    }

    private static String rest(long amount, String unit) {
        return amount == 0 ? "" : " " + amount + unit;
    }
}
