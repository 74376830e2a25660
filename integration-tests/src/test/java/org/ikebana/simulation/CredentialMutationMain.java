package org.ikebana.simulation;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.ikebana.simulation.HostileCredentials.Kind;
import org.opentest4j.TestAbortedException;

/** {@code integration-tests/mutate-credentials}: many mutations of every seed. */
public final class CredentialMutationMain {
    private CredentialMutationMain() {}

    /** @param arguments mutations a seed, seed of the random numbers */
    public static void main(String[] arguments) throws IOException {
        int each = Integer.parseInt(arguments[0]);
        long seed = Long.parseLong(arguments[1]);
        HostileCredentials credentials = new HostileCredentials();
        for (Kind kind : Kind.values()) {
            List<byte[]> seeds = new ArrayList<>(credentials.own(kind));
            seeds.addAll(corpus(kind));
            CredentialCampaign campaign = new CredentialCampaign(credentials, kind, seeds, seed);
            long start = System.nanoTime();
            for (int i = 0; i < seeds.size(); i++) {
                campaign.run(i, each);
                if (i % 50 == 49) {
                    System.out.printf("%s: %d of %d seeds%n", kind, i + 1, seeds.size());
                }
            }
            System.out.printf(
                    "%s: %d seeds, %d mutations of each, seed %d: %d taken, %d refused by the parser's own exception, %.0f/s%n",
                    kind,
                    seeds.size(),
                    each,
                    seed,
                    campaign.taken(),
                    campaign.refused(),
                    (campaign.taken() + campaign.refused()) / ((System.nanoTime() - start) / 1e9));
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
