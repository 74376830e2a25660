package org.ikebana.daemon.text;

import java.time.Duration;

/** Times and sizes as people say them. */
public final class Amounts {
    private static final String UNITS = "kMGTPE";

    private Amounts() {}

    /** {@code 40 s}, {@code 5 min}, {@code 2 h 5 min}, {@code 3 d 4 h}; no more than two units, rounded down. */
    public static String time(Duration time) {
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

    /** {@code 1500 B}, {@code 12.3 kB}, {@code 4.5 GB}; powers of 1000. */
    public static String octets(long octets) {
        if (octets < 10_000) {
            return octets + " B";
        }
        double amount = octets;
        int unit = -1;
        while (amount >= 999.95 && unit < UNITS.length() - 1) {
            amount /= 1000;
            unit++;
        }
        return "%.1f %sB".formatted(amount, UNITS.charAt(unit));
    }

    private static String rest(long amount, String unit) {
        return amount == 0 ? "" : " " + amount + unit;
    }
}
