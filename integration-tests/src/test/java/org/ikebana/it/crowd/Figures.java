package org.ikebana.it.crowd;

import java.util.ArrayList;
import java.util.List;
import org.ikebana.bench.machine.Spread;

/**
 * What was measured under a plan.
 *
 * @param without milliseconds that tunnels took to come up, with nobody waiting
 * @param with the same, while the crowd waited
 * @param leastWaiting of the crowd at the end of such a series
 * @param wrong how many of the crowd were not answered as {@code revocation} has it
 */
record Figures(
        Plan plan,
        List<Double> without,
        List<Double> with,
        int leastWaiting,
        int wrong,
        GatewayFigures before,
        GatewayFigures most) {
    /** Of the median, and of the slowest: beyond it the crowd is in the way. */
    private static final double MEDIAN_FACTOR = 1.5;

    private static final double MEDIAN_MARGIN = 5;
    /** Half of what it takes until a server is given up. */
    private static final double SLOWEST_MARGIN = 5000;

    /** Of threads or descriptors: what the limits of look-ups let there be. */
    private static final int MOST_MORE = 600;

    /** What is not as it has to be; empty if all is well. */
    List<String> faults() {
        Spread before = spread(without);
        Spread beside = spread(with);
        List<String> faults = new ArrayList<>();
        if (wrong > 0) {
            faults.add(wrong + " of the crowd were not answered as revocation = " + plan.revocation() + " has it");
        }
        if (leastWaiting < plan.size()) {
            faults.add("only " + leastWaiting + " were still waiting when the tunnels were up, which shows nothing:"
                    + " take a higher --rate or fewer --tunnels");
        }
        if (beside.median() > before.median() * MEDIAN_FACTOR + MEDIAN_MARGIN
                || beside.most() > before.most() + SLOWEST_MARGIN) {
            faults.add("tunnels with a shared key come up more slowly beside the crowd");
        }
        if (most.threads() - this.before.threads() > MOST_MORE
                || most.descriptors() - this.before.descriptors() > MOST_MORE) {
            faults.add("threads or sockets grow with the crowd");
        }
        return faults;
    }

    void print() {
        System.out.printf(
                "%s, revocation = %s: crowd of %d, %d rounds%n",
                plan.servers().title(), plan.revocation(), plan.size(), plan.rounds());
        System.out.printf(
                "  %d tunnels without it, ms: %s%n",
                without.size(), spread(without).text("%.1f"));
        System.out.printf(
                "  %d tunnels beside it, ms:  %s%n", with.size(), spread(with).text("%.1f"));
        System.out.printf("  gateway without it: %s; most beside it: %s%n", before, most);
        faults().forEach(fault -> System.out.println("  FAULT: " + fault));
    }

    private static Spread spread(List<Double> times) {
        return Spread.of(times, time -> time);
    }
}
