package org.ikebana.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.ikebana.ike.connection.ChildConfig;
import org.ikebana.ike.connection.ConnectionConfig;
import org.ikebana.ike.connection.IkeSettings;
import org.ikebana.ike.connection.SourceRef;
import org.ikebana.ike.connection.StartAction;
import org.ikebana.ike.connection.UniquePolicy;
import org.ikebana.ike.kernel.Lifetimes;

/**
 * What a seed makes of two sites: their configuration, how long things go wrong, and how badly.
 *
 * @param stormy how long the faults last
 * @param between the mean time between two faults or commands
 * @param packets the mean time between two packets of one direction
 */
record Scenario(
        long seed,
        int children,
        IkeSettings settings,
        Duration stormy,
        Duration between,
        Duration packets,
        boolean hasAttacker,
        ConnectionConfig west,
        ConnectionConfig east) {
    private static final StartAction[] STARTS = {StartAction.NONE, StartAction.TRAP, StartAction.START};

    static Scenario of(long seed) throws Exception {
        SplittableRandom random = new SplittableRandom(seed * 0x9e3779b97f4a7c15L);
        int children = random.nextInt(3) == 0 ? 2 : 1;
        return new Scenario(
                seed,
                children,
                settings(random),
                Duration.ofSeconds(30 + random.nextInt(600)),
                Duration.ofMillis(500L << random.nextInt(7)),
                Duration.ofMillis(500L << random.nextInt(4)),
                random.nextInt(3) == 0,
                connection(seed, true, children, random),
                connection(seed, false, children, random));
    }

    /** Another configuration that still goes with the peer's. */
    ConnectionConfig changed(boolean ofWest, RandomGenerator random) throws Exception {
        return connection(seed, ofWest, children, random);
    }

    static String childName(int number) {
        return "net" + number;
    }

    /** Behind west. */
    static String westNet(int child) {
        return "10.1." + child + ".0/24";
    }

    static String eastNet(int child) {
        return "10.2." + child + ".0/24";
    }

    private static IkeSettings settings(RandomGenerator random) {
        IkeSettings usual = IkeSettings.DEFAULT;
        boolean patient = random.nextInt(4) == 0;
        return usual.changed()
                .retransmitTimeout(patient ? usual.retransmitTimeout() : Duration.ofMillis(500 + random.nextInt(1500)))
                .retransmitTries(patient ? usual.retransmitTries() : 3)
                .retransmitJitterPercent(random.nextInt(3) * 10)
                .build();
    }

    private static ConnectionConfig connection(long seed, boolean west, int children, RandomGenerator random)
            throws Exception {
        Site site = west ? TwoPeers.westSite() : TwoPeers.eastSite();
        Site fast = switch ((int) (seed % 4)) {
            case 0 -> site.proposing("aes128gcm16-prfsha256-x25519", "aes128gcm16-x25519");
            case 1 ->
                site.proposing(
                        "aes128gcm16-prfsha256-x25519-ke1_mlkem512-ke2_ecp256", "aes128gcm16-x25519-ke1_mlkem512");
            default -> site.proposing("aes128gcm16-prfsha256-x25519", "aes128gcm16");
        };
        List<ChildConfig> configs = new ArrayList<>();
        for (int i = 0; i < children; i++) {
            configs.add(child(fast, west, i, random));
        }
        Duration rekeyTime =
                random.nextInt(3) == 0 ? Duration.ofHours(4) : Duration.ofSeconds(40 + random.nextInt(400));
        return fast.connection(configs.toArray(ChildConfig[]::new))
                .changed()
                .rekeyTime(rekeyTime)
                .overTime(Duration.ofSeconds(10 + random.nextInt(60)))
                .randTime(Duration.ofSeconds(random.nextInt(20)))
                .dpdDelay(Duration.ofSeconds(5 + random.nextInt(30)))
                .unique(UniquePolicy.values()[random.nextInt(UniquePolicy.values().length)])
                .build();
    }

    private static ChildConfig child(Site site, boolean west, int number, RandomGenerator random) throws Exception {
        ChildConfig usual = west
                ? site.child(childName(number), westNet(number), eastNet(number))
                : site.child(childName(number), eastNet(number), westNet(number));
        boolean isShort = random.nextInt(3) != 0;
        Duration rekeyTime = isShort ? Duration.ofSeconds(20 + random.nextInt(200)) : Duration.ofHours(1);
        boolean isClosedForGood = random.nextInt(12) == 0;
        return usual.changed()
                .startAction(STARTS[random.nextInt(STARTS.length)])
                .closeAction(isClosedForGood ? StartAction.NONE : STARTS[random.nextInt(STARTS.length)])
                .dpdAction(STARTS[random.nextInt(STARTS.length)])
                .rekeyTime(rekeyTime)
                .randTime(Duration.ofSeconds(random.nextInt(10)))
                .lifetimes(lifetimes(rekeyTime, random))
                .randBytes(random.nextInt(5))
                .randPackets(random.nextInt(5))
                .places(isClosedForGood ? Map.of("close_action", SourceRef.UNKNOWN) : Map.of())
                .build();
    }

    private static Lifetimes lifetimes(Duration rekeyTime, RandomGenerator random) {
        long soft = rekeyTime.toSeconds();
        int packets = random.nextInt(3) == 0 ? 30 + random.nextInt(100) : 0;
        long octets = random.nextInt(4) == 0 ? 4000 + random.nextInt(10_000) : 0;
        return new Lifetimes(
                soft, soft + 10 + random.nextInt(60), octets, octets * 3 / 2, packets, packets + packets / 2);
    }
}
