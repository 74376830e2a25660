package org.ikebana.simulation;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.ikebana.ike.connection.IkeSettings;
import org.opentest4j.TestAbortedException;

/** {@code integration-tests/mutate}: every truncation and many mutations of every message, with the heap watched. */
public final class MutationMain {
    /** What a heap may differ by without anything being kept: code that was compiled, caches of the JDK. */
    private static final long TOLERANCE_BYTES = 8L << 20;

    private MutationMain() {}

    /** @param arguments mutations a message, seed */
    public static void main(String[] arguments) throws Exception {
        int each = Integer.parseInt(arguments[0]);
        long seed = Long.parseLong(arguments[1]);
        List<byte[]> messages = new ArrayList<>(HostileMessages.own());
        messages.addAll(corpus());
        System.out.println(
                messages.size() + " messages, every truncation and " + each + " mutations of each, seed " + seed);
        boolean steady = attack(messages, each / 2, seed, IkeSettings.DEFAULT, "with protection against floods")
                & attack(messages, each - each / 2, seed + 1, MutationCampaign.withoutProtection(), "without");
        System.exit(steady ? 0 : 1);
    }

    private static boolean attack(List<byte[]> messages, int each, long seed, IkeSettings settings, String title)
            throws Exception {
        MutationCampaign campaign = new MutationCampaign(messages, seed, settings);
        campaign.truncate();
        for (int i = 0; i < messages.size(); i++) {
            campaign.mutate(i, Math.min(each, 100)); // so that what is loaded lazily is loaded
        }
        long before = usedHeap();
        long start = System.nanoTime();
        long first = campaign.thrown();
        for (int i = 0; i < messages.size(); i++) {
            campaign.mutate(i, each);
            if (i % 50 == 49) {
                System.out.printf(
                        "%s: %d of %d messages, %d datagrams%n", title, i + 1, messages.size(), campaign.thrown());
            }
        }
        double seconds = (System.nanoTime() - start) / 1e9;
        long after = usedHeap();
        System.out.printf(
                "%s: %d datagrams, %d replies, all asked for; dropped %s; %.0f datagrams/s; live heap %d kB before, %d kB after%n",
                title,
                campaign.thrown(),
                campaign.replies(),
                campaign.drops(),
                (campaign.thrown() - first) / seconds,
                before >> 10,
                after >> 10);
        if (after - before > TOLERANCE_BYTES) {
            System.out.println("FAILED: the heap grew by " + ((after - before) >> 10) + " kB");
            return false;
        }
        return true;
    }

    private static List<byte[]> corpus() throws IOException {
        try {
            return HostileMessages.ofCorpus();
        } catch (TestAbortedException e) {
            return List.of(); // the corpus has said where it was looked for
        }
    }

    private static long usedHeap() {
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
