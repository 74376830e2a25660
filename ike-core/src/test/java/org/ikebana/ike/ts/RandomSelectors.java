package org.ikebana.ike.ts;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Traffic selectors that overlap often, from a seed. */
public final class RandomSelectors {
    private static final int[] PROTOCOLS = {0, 0, 1, 6, 17, 58, 47};

    private final Random random;

    public RandomSelectors(long seed) {
        this.random = new Random(seed);
    }

    public TrafficSelector next() {
        return selector(random.nextBoolean() ? clustered(4) : clustered(16));
    }

    /** Of one family, so that one may contain another. */
    public List<TrafficSelector> several() {
        List<TrafficSelector> selectors = new ArrayList<>();
        for (int i = 0; i <= random.nextInt(5); i++) {
            selectors.add(random.nextInt(8) == 0 ? next() : selector(clustered(4)));
        }
        return selectors;
    }

    /** Where {@link #next()} has its selectors. */
    public InetAddress address() {
        byte[] octets = new byte[random.nextInt(4) == 0 ? 16 : 4];
        octets[0] = (byte) (octets.length == 4 ? 10 : 0x20);
        octets[octets.length - 1] = (byte) random.nextInt(256);
        return AddressText.ofOctets(octets);
    }

    public int upTo(int bound) {
        return random.nextInt(bound);
    }

    IpRange range() {
        int length = random.nextBoolean() ? 4 : 16;
        return random.nextBoolean() ? clustered(length) : anywhere(length);
    }

    PortRange ports() {
        int start = random.nextInt(64);
        return switch (random.nextInt(6)) {
            case 0, 1 -> PortRange.ANY;
            case 2 -> PortRange.OPAQUE;
            case 3 -> new PortRange(start, start);
            case 4 -> new PortRange(start, start + random.nextInt(64));
            default -> new PortRange(random.nextInt(0x8000), 0x8000 + random.nextInt(0x8000));
        };
    }

    private TrafficSelector selector(IpRange range) {
        PortRange ports = ports();
        return TrafficSelector.of(
                range, new ProtocolPorts(PROTOCOLS[random.nextInt(PROTOCOLS.length)], ports.start(), ports.end()));
    }

    /** Within 256 addresses, a prefix every other time. */
    private IpRange clustered(int length) {
        byte[] start = new byte[length];
        start[0] = (byte) (length == 4 ? 10 : 0x20);
        byte[] end = start.clone();
        int first = random.nextInt(256);
        if (random.nextBoolean()) {
            start[length - 1] = (byte) first;
            return IpRange.ofPrefix(AddressText.ofOctets(start), length * 8 - random.nextInt(9));
        }
        start[length - 1] = (byte) first;
        end[length - 1] = (byte) (first + random.nextInt(256 - first));
        return new IpRange(AddressText.ofOctets(start), AddressText.ofOctets(end));
    }

    private IpRange anywhere(int length) {
        byte[] a = new byte[length];
        byte[] b = new byte[length];
        random.nextBytes(a);
        random.nextBytes(b);
        boolean ordered = Arrays.compareUnsigned(a, b) <= 0;
        return new IpRange(AddressText.ofOctets(ordered ? a : b), AddressText.ofOctets(ordered ? b : a));
    }
}
