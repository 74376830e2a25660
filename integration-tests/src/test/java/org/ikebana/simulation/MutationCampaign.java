package org.ikebana.simulation;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.ikebana.ike.connection.IkeSettings;
import org.ikebana.ike.event.DatagramDrop;

/** Throws truncated and mutated messages at a {@link Victim}. The same seed throws the same. */
final class MutationCampaign {
    private static final int BETWEEN_CHECKS = 1_000;

    private final List<byte[]> messages;
    private final long seed;
    private final Victim victim;
    private long thrown;

    MutationCampaign(List<byte[]> messages, long seed, IkeSettings settings) throws Exception {
        this.messages = messages;
        this.seed = seed;
        this.victim = new Victim(settings);
    }

    /** Forty half-open SAs are let in without a cookie. */
    static IkeSettings withoutProtection() {
        return IkeSettings.DEFAULT
                .changed()
                .cookieThreshold(0)
                .cookieThresholdPerAddress(0)
                .blockThresholdPerAddress(0)
                .halfOpenLimit(40)
                .build();
    }

    Map<DatagramDrop, Long> drops() {
        return victim.drops();
    }

    long thrown() {
        return thrown;
    }

    long replies() {
        return victim.replies();
    }

    /** Every prefix of every message. */
    void truncate() throws Exception {
        RandomGenerator random = new SplittableRandom(seed);
        for (byte[] message : messages) {
            for (int length = 0; length <= message.length; length++) {
                receive(Arrays.copyOf(message, length), random);
            }
        }
        victim.assertUnharmed();
    }

    /** @param count mutations of one message */
    void mutate(int message, int count) throws Exception {
        RandomGenerator random = new SplittableRandom(seed + message);
        Mutator mutator = new Mutator(random);
        List<byte[]> genuine = victim.genuineMessages();
        for (int i = 0; i < count; i++) {
            byte[] other = messages.get(random.nextInt(messages.size()));
            byte[] octets = mutator.mutate(messages.get(message), other);
            receive(random.nextInt(4) == 0 ? withLiveSpis(octets, genuine, random) : octets, random);
        }
        victim.assertUnharmed();
    }

    private void receive(byte[] octets, RandomGenerator random) throws Exception {
        try {
            victim.receive(octets, stranger(random));
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError(
                    "seed " + seed + ", after " + thrown + ": " + HexFormat.of().formatHex(octets), e);
        }
        if (++thrown % BETWEEN_CHECKS == 0) {
            victim.assertUnharmed();
        }
    }

    /** So that it reaches an SA. */
    private static byte[] withLiveSpis(byte[] octets, List<byte[]> genuine, RandomGenerator random) {
        byte[] header = genuine.get(random.nextInt(genuine.size()));
        System.arraycopy(header, 0, octets, 0, Math.min(16, octets.length));
        return octets;
    }

    private static InetSocketAddress stranger(RandomGenerator random) throws Exception {
        byte[] address = {(byte) 192, 0, 2, (byte) (random.nextBoolean() ? 1 : random.nextInt(3, 255))};
        return new InetSocketAddress(InetAddress.getByAddress(address), random.nextBoolean() ? 500 : 4500);
    }
}
