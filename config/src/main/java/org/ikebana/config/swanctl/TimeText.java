package org.ikebana.config.swanctl;

import java.time.Duration;

/** Times as the configuration writes them. */
public final class TimeText {
    private TimeText() {}

    /** In the largest unit that leaves a whole number: {@code 4h}, {@code 66m}. */
    public static String of(Duration time) {
        long seconds = time.toSeconds();
        if (seconds == 0) {
            return "0s";
        }
        if (seconds % 86400 == 0) {
            return seconds / 86400 + "d";
        }
        if (seconds % 3600 == 0) {
            return seconds / 3600 + "h";
        }
        return seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
    }
}
