package org.ikebana.simulation;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.ikebana.simulation.HostileCredentials.Kind;

/** Has seeds and mutations of them read, each within bounds of time and memory. The same seed makes the same. */
final class CredentialCampaign {
    /** Of processor time, for one. */
    private static final Duration MAX_TIME = Duration.ofSeconds(2);
    /** Allocated in all for one, garbage included. */
    private static final long MAX_OCTETS = 64L << 20;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final HostileCredentials credentials;
    private final Kind kind;
    private final List<byte[]> seeds;
    private final long seed;
    private long taken;
    private long refused;

    CredentialCampaign(HostileCredentials credentials, Kind kind, List<byte[]> seeds, long seed) {
        this.credentials = credentials;
        this.kind = kind;
        this.seeds = seeds;
        this.seed = seed;
    }

    /** The seed itself, and so many mutations of it. */
    void run(int index, int mutations) {
        SplittableRandom random = new SplittableRandom(seed + index);
        Mutator mutator = new Mutator(random);
        take(seeds.get(index));
        for (int i = 0; i < mutations; i++) {
            take(mutator.mutate(seeds.get(index), seeds.get(random.nextInt(seeds.size()))));
        }
    }

    long taken() {
        return taken;
    }

    long refused() {
        return refused;
    }

    private void take(byte[] octets) {
        long time = THREADS.getCurrentThreadCpuTime();
        long memory = THREADS.getCurrentThreadAllocatedBytes();
        try {
            if (credentials.take(kind, octets)) {
                taken++;
            } else {
                refused++;
            }
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            throw new AssertionError(describe(octets), e);
        }
        long spent = THREADS.getCurrentThreadCpuTime() - time;
        long allocated = THREADS.getCurrentThreadAllocatedBytes() - memory;
        if (spent > MAX_TIME.toNanos() || allocated > MAX_OCTETS) {
            throw new AssertionError(
                    describe(octets) + " takes " + spent / 1_000_000 + " ms and " + (allocated >> 20) + " MiB");
        }
    }

    private String describe(byte[] octets) {
        return kind + " with seed " + seed + ", after " + (taken + refused) + ": "
                + HexFormat.of().formatHex(octets);
    }
}
