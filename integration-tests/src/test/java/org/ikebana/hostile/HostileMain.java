package org.ikebana.hostile;

import java.util.List;
import org.ikebana.ike.kernel.TestAlgorithms;
import org.ikebana.ike.kernel.TestSa;

/** {@code integration-tests/hostile}: the same as {@code HostileEspTest} for as long as one likes. */
public final class HostileMain {
    /** What a process may differ by without anything being kept: code that was compiled, caches of the JDK. */
    private static final long TOLERANCE_BYTES = 8 << 20;

    private static final int STEPS = 10;

    private HostileMain() {}

    /** @param arguments hostile packets, seed */
    public static void main(String[] arguments) throws Exception {
        long hostile = Long.parseLong(arguments[0]);
        long seed = Long.parseLong(arguments[1]);
        boolean steady = true;
        for (boolean inUdp : List.of(false, true)) {
            TestSa sa = AttackedTunnel.sa()
                    .algorithms(TestAlgorithms.AES_GCM_16.withKeys())
                    .replayWindow(128)
                    .extendedSequenceNumbers();
            steady &= attack(inUdp ? sa.encapsulation(4500, 4500) : sa, inUdp ? "in UDP" : "raw", hostile / 2, seed);
        }
        System.exit(steady ? 0 : 1);
    }

    private static boolean attack(TestSa sa, String title, long hostile, long seed) throws Exception {
        try (AttackedTunnel tunnel = new AttackedTunnel(sa, seed)) {
            HostileCampaign campaign = tunnel.campaign();
            campaign.run(Math.min(hostile, 100_000));
            Footing before = Footing.now();
            long start = System.nanoTime();
            for (int i = 1; i <= STEPS; i++) {
                campaign.run(hostile / STEPS);
                System.out.printf("%s: %d %% of %d hostile packets%n", title, 100 * i / STEPS, hostile);
            }
            double seconds = (System.nanoTime() - start) / 1e9;
            Footing growth = Footing.now().growth(before);
            System.out.printf(
                    "%s: hostile packets %s, none got through; %d genuine ones, all arrived; %.0f hostile packets/s%n",
                    title, campaign.sent(), campaign.genuine(), hostile / seconds);
            System.out.printf("%s: dropped %s; growth: %s%n", title, tunnel.allDrops(), growth);
            boolean steady = growth.heapBytes() < TOLERANCE_BYTES
                    && growth.directBytes() < TOLERANCE_BYTES
                    && growth.descriptors() <= 2
                    && tunnel.events().isEmpty();
            System.out.println(title + (steady ? ": nothing is kept" : ": FAILED: something is kept, or told"));
            return steady;
        }
    }
}
