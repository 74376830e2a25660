package org.ikebana.bench.floods;

/**
 * Of one trial.
 *
 * @param microsAtTwenty CPU of the responder an answer, at 20,000 requests a second
 * @param micros the same, at the full rate
 * @param offered requests a second that were sent at the full rate
 * @param answered a second, of these
 * @param unread a second, of these, as the socket's buffer was full
 * @param up genuine peers whose tunnel came up under the full rate, of those that tried
 * @param longestMillis that one of these waited
 */
record FloodFigures(
        double microsAtTwenty,
        double micros,
        double offered,
        double answered,
        double unread,
        int up,
        double longestMillis,
        double medianMillis) {}
