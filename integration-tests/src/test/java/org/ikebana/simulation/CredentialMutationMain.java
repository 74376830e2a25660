package org.ikebana.simulation;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.ikebana.simulation.HostileCredentials.Kind;
import org.opentest4j.TestAbortedException;

/** {@code integration-tests/mutate-credentials}: many mutations of every seed, one seed on each processor at a time. */
public final class CredentialMutationMain {
    private static final int SEEDS_BETWEEN_LINES = 50;

    private final HostileCredentials credentials = new HostileCredentials();
    private final int each;
    private final long seed;

    private CredentialMutationMain(int each, long seed) {
        this.each = each;
        this.seed = seed;
    }

    /** @param arguments mutations a seed, seed of the random numbers */
    public static void main(String[] arguments) throws Exception {
        var main = new CredentialMutationMain(Integer.parseInt(arguments[0]), Long.parseLong(arguments[1]));
        int processors = Runtime.getRuntime().availableProcessors();
        ExecutorService workers = Executors.newFixedThreadPool(
                processors, Thread.ofPlatform().daemon().factory());
        for (Kind kind : Kind.values()) {
            main.mutate(kind, workers);
        }
    }

    private void mutate(Kind kind, ExecutorService workers) throws IOException, InterruptedException {
        List<byte[]> seeds = new ArrayList<>(credentials.own(kind));
        seeds.addAll(corpus(kind));
        long start = System.nanoTime();
        List<Future<CredentialCampaign>> campaigns = new ArrayList<>();
        for (int i = 0; i < seeds.size(); i++) {
            int index = i;
            campaigns.add(workers.submit(() -> {
                CredentialCampaign campaign = new CredentialCampaign(credentials, kind, seeds, seed);
                campaign.run(index, each);
                return campaign;
            }));
        }
        long taken = 0;
        long refused = 0;
        for (int i = 0; i < seeds.size(); i++) {
            CredentialCampaign campaign = result(campaigns.get(i));
            taken += campaign.taken();
            refused += campaign.refused();
            if ((i + 1) % SEEDS_BETWEEN_LINES == 0) {
                System.out.printf("%s: %d of %d seeds%n", kind, i + 1, seeds.size());
            }
        }
        System.out.printf(
                "%s: %d seeds, %d mutations of each, seed %d: %d taken, %d refused by the parser's own exception, %.0f/s%n",
                kind,
                seeds.size(),
                each,
                seed,
                taken,
                refused,
                (taken + refused) / ((System.nanoTime() - start) / 1e9));
    }

    private static CredentialCampaign result(Future<CredentialCampaign> campaign) throws InterruptedException {
        try {
            return campaign.get();
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        }
    }

    private static List<byte[]> corpus(Kind kind) throws IOException {
        try {
            return HostileCredentials.ofCorpus(kind);
        } catch (TestAbortedException e) {
            return List.of(); // the corpus has said where it was looked for
        }
    }
}
