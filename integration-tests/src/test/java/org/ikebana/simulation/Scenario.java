package org.ikebana.simulation;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.ikebana.ike.auth.CredentialStore;
import org.ikebana.ike.connection.ConnectionConfig;
import org.ikebana.ike.connection.IkeSettings;
import org.ikebana.ike.crypto.CryptoRegistry;
import org.ikebana.ike.crypto.Secret;

/**
 * What a seed makes of two sites: their configuration, how long things go wrong, and how badly.
 *
 * @param stormy how long the faults last
 * @param between the mean time between two faults or commands
 * @param packets the mean time between two packets of one direction
 * @param roams the machines change their addresses
 * @param hasNat west is behind a NAT while it is at home
 */
record Scenario(
        long seed,
        Lines lines,
        IkeSettings settings,
        Duration stormy,
        Duration between,
        Duration packets,
        boolean hasAttacker,
        boolean roams,
        boolean hasNat,
        ConnectionConfig west,
        ConnectionConfig east) {
    static final InetAddress WEST = InetAddress.ofLiteral(TwoPeers.WEST);
    static final InetAddress WEST_AWAY = InetAddress.ofLiteral("192.0.2.101");
    static final InetAddress EAST = InetAddress.ofLiteral(TwoPeers.EAST);
    static final InetAddress EAST_AWAY = InetAddress.ofLiteral("192.0.2.102");

    /** Of west, behind the NAT. */
    static final InetAddress OUTSIDE = InetAddress.ofLiteral("198.51.100.9");

    private static final int SEEDS_PER_REAL_CRYPTO = 50;
    private static final CryptoRegistry CHEAP = new CheapKeyExchanges(Host.CRYPTO);
    private static final int[] LINES = {1, 1, 1, 2, 2, 3, 4};
    private static final int[] FRAGMENT_SIZES = {0, 200, 300, 576, 1280};

    static Scenario of(long seed) throws Exception {
        SplittableRandom random = new SplittableRandom(seed * 0x9e3779b97f4a7c15L);
        boolean roams = random.nextInt(4) == 0;
        boolean hasNat = random.nextInt(4) == 0;
        Lines lines = Lines.drawn(LINES[random.nextInt(LINES.length)], !roams && !hasNat, random);
        IkeSettings settings = settings(seed, random);
        Sites sites = new Sites(seed, lines, roams, hasNat);
        return new Scenario(
                seed,
                lines,
                settings,
                Duration.ofSeconds(30 + random.nextInt(1 + random.nextInt(570))),
                Duration.ofMillis(500L << random.nextInt(7)),
                Duration.ofMillis(500L << random.nextInt(4)),
                random.nextInt(3) == 0,
                roams,
                hasNat,
                sites.whole(true, random),
                sites.whole(false, random));
    }

    Sites sites() {
        return new Sites(seed, lines, roams, hasNat);
    }

    /** Now and then that of the daemon; what has to do with curves is tested elsewhere. */
    CryptoRegistry crypto() {
        return seed % SEEDS_PER_REAL_CRYPTO == 0 ? Host.CRYPTO : CHEAP;
    }

    /** What of its make is worth counting. */
    List<String> features() {
        Map<String, Boolean> features = Map.of(
                "simulation with an attacker",
                hasAttacker,
                "simulation with a NAT",
                hasNat,
                "simulation with machines that move",
                roams,
                "simulation with transport mode",
                lines.isTransport(lines.count() - 1),
                "simulation with children in parts",
                lines.isMerged(),
                "simulation with PPKs",
                PpkKind.of(seed) != PpkKind.NONE,
                "simulation with real key exchanges",
                crypto() == Host.CRYPTO,
                "simulation with quick crash detection",
                settings.crashSecret().isPresent());
        return features.entrySet().stream()
                .filter(Map.Entry::getValue)
                .map(Map.Entry::getKey)
                .toList();
    }

    /**
     * Whether the ends authenticate anew now and then. A child that stands for several lines is then asked for as a whole,
     * also for a line that nobody wants.
     */
    boolean reauthenticates() {
        return !lines.isMerged();
    }

    /**
     * Whether the kernels now and then refuse to install a policy; otherwise they refuse to remove one. With both, a packet
     * might meet what should be gone, and pass in clear once it is.
     */
    boolean refusesPolicies() {
        return seed % 4 == 1;
    }

    /** What one end proves itself with. */
    CredentialStore credentials(boolean west) {
        return PpkKind.of(seed).credentials(west);
    }

    static boolean isOfWest(InetAddress address) {
        return address.equals(WEST) || address.equals(WEST_AWAY);
    }

    private static IkeSettings settings(long seed, RandomGenerator random) {
        IkeSettings usual = IkeSettings.DEFAULT;
        boolean patient = random.nextInt(4) == 0;
        IkeSettings base = seed % 3 == 0
                ? usual
                : usual.changed().crashSecret(Secret.wrap(new byte[32])).build();
        return base.changed()
                .retransmitTimeout(patient ? usual.retransmitTimeout() : Duration.ofMillis(500 + random.nextInt(1500)))
                .retransmitTries(patient ? usual.retransmitTries() : 3)
                .ppkIntermediate(random.nextBoolean())
                .retransmitJitterPercent(random.nextInt(3) * 10)
                .fragmentSize(FRAGMENT_SIZES[random.nextInt(FRAGMENT_SIZES.length)])
                .build();
    }
}
