package org.ikebana.simulation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.ikebana.ike.connection.AddressSpec;
import org.ikebana.ike.connection.ChildBuilder;
import org.ikebana.ike.connection.ChildConfig;
import org.ikebana.ike.connection.Childless;
import org.ikebana.ike.connection.ConnectionConfig;
import org.ikebana.ike.connection.Fragmentation;
import org.ikebana.ike.connection.SelectorSpec;
import org.ikebana.ike.connection.SourceRef;
import org.ikebana.ike.connection.StartAction;
import org.ikebana.ike.connection.UniquePolicy;
import org.ikebana.ike.kernel.Lifetimes;
import org.ikebana.ike.kernel.SaMode;

/** Configurations of a scenario's two ends, drawn at random. */
record Sites(long seed, Lines lines, boolean roams, boolean hasNat) {
    private static final StartAction[] STARTS = {
        StartAction.NONE, StartAction.TRAP, StartAction.START, StartAction.TRAP_AND_START
    };
    /** Which go with one another. */
    private static final Childless[] CHILDLESS = {Childless.ALLOW, Childless.ALLOW, Childless.PREFER};

    private static final UniquePolicy[] UNIQUE = UniquePolicy.values();

    /** All children, and proposals that the peer takes. */
    ConnectionConfig whole(boolean west, RandomGenerator random) throws Exception {
        return connection(west, children(west, Suites.of(seed, west), random), Suites.of(seed, west), random);
    }

    /** Now and then without one of the children, or with proposals that the peer does not take. */
    ConnectionConfig any(boolean west, RandomGenerator random) throws Exception {
        Suites forIke = random.nextInt(10) == 0 ? Suites.alien() : Suites.of(seed, west);
        Suites forEsp = random.nextInt(10) == 0 ? Suites.alien() : Suites.of(seed, west);
        List<ChildConfig> configs = children(west, forEsp, random);
        if (random.nextInt(4) == 0) {
            configs.remove(random.nextInt(configs.size()));
        }
        return connection(west, configs, forIke, random);
    }

    /** Whether all children are there, and the peer takes what is proposed. */
    boolean isWhole(boolean west, ConnectionConfig config) {
        Suites suites = Suites.of(seed, west);
        return config.children().size() == lines.children(west).size()
                && config.proposals().equals(suites.ike())
                && config.children().stream().allMatch(c -> c.proposals().equals(suites.esp()));
    }

    private List<ChildConfig> children(boolean west, Suites suites, RandomGenerator random) {
        List<ChildConfig> configs = new ArrayList<>();
        for (String name : lines.children(west)) {
            configs.add(child(west, name, suites, random));
        }
        return configs;
    }

    private ConnectionConfig connection(boolean west, List<ChildConfig> configs, Suites suites, RandomGenerator random)
            throws Exception {
        Duration rekeyTime =
                random.nextInt(3) == 0 ? Duration.ofHours(4) : Duration.ofSeconds(40 + random.nextInt(400));
        ConnectionConfig usual =
                (west ? TwoPeers.westSite() : TwoPeers.eastSite()).connection(configs.toArray(ChildConfig[]::new));
        return usual.changed()
                .localAddresses(roams ? List.of(new AddressSpec.Any()) : usual.localAddresses())
                .remoteAddresses(remote(west))
                .proposals(suites.ike())
                .mobike(seed % 3 != 0)
                .childless(CHILDLESS[random.nextInt(CHILDLESS.length)])
                .fragmentation(random.nextInt(8) == 0 ? Fragmentation.NO : Fragmentation.YES)
                .rekeyTime(rekeyTime)
                .reauthTime(reauthTime(random))
                .overTime(Duration.ofSeconds(10 + random.nextInt(60)))
                .randTime(Duration.ofSeconds(random.nextInt(20)))
                .dpdDelay(Duration.ofSeconds(5 + random.nextInt(30)))
                .unique(UNIQUE[random.nextInt(UNIQUE.length)])
                .ppk(PpkKind.of(seed).policy(west))
                .build();
    }

    private Duration reauthTime(RandomGenerator random) {
        boolean isNever = lines.isMerged() || random.nextInt(4) != 0;
        return isNever ? Duration.ZERO : Duration.ofSeconds(60 + random.nextInt(400));
    }

    /** Where the peer may be found, in turn; and it may come from anywhere. */
    private List<AddressSpec> remote(boolean west) {
        List<AddressSpec> specs = new ArrayList<>();
        specs.add(new AddressSpec.Exact(west ? Scenario.EAST : hasNat ? Scenario.OUTSIDE : Scenario.WEST));
        if (roams) {
            specs.add(new AddressSpec.Exact(west ? Scenario.EAST_AWAY : Scenario.WEST_AWAY));
        }
        if (roams || hasNat) {
            specs.add(new AddressSpec.Any());
        }
        return specs;
    }

    private ChildConfig child(boolean west, String name, Suites suites, RandomGenerator random) {
        Site site = west ? TwoPeers.westSite() : TwoPeers.eastSite();
        ChildConfig usual = site.child(name, lines.nets(west, name, west), lines.nets(west, name, !west));
        boolean isTransport = lines.isTransport(lines.of(west, name).getFirst());
        boolean isShort = random.nextInt(3) != 0;
        Duration rekeyTime = isShort ? Duration.ofSeconds(20 + random.nextInt(200)) : Duration.ofHours(1);
        boolean isClosedForGood = !(west && hasNat) && random.nextInt(12) == 0;
        return (isTransport ? betweenMachines(usual) : usual.changed())
                .proposals(suites.esp())
                .tfcPadding(random.nextInt(3) * 500)
                .startAction(start(random))
                .closeAction(isClosedForGood ? StartAction.NONE : start(random))
                .dpdAction(start(random))
                .rekeyTime(rekeyTime)
                .randTime(Duration.ofSeconds(random.nextInt(10)))
                .lifetimes(lifetimes(rekeyTime, random))
                .randBytes(random.nextInt(5))
                .randPackets(random.nextInt(5))
                .places(isClosedForGood ? Map.of("close_action", SourceRef.UNKNOWN) : Map.of())
                .build();
    }

    private static ChildBuilder betweenMachines(ChildConfig usual) {
        List<SelectorSpec> own = List.of(new SelectorSpec.Dynamic(0, 0, 65535));
        return usual.changed().mode(SaMode.TRANSPORT).localSelectors(own).remoteSelectors(own);
    }

    private static StartAction start(RandomGenerator random) {
        return STARTS[random.nextInt(STARTS.length)];
    }

    private static Lifetimes lifetimes(Duration rekeyTime, RandomGenerator random) {
        long soft = rekeyTime.toSeconds();
        int packets = random.nextInt(3) == 0 ? 30 + random.nextInt(100) : 0;
        long octets = random.nextInt(4) == 0 ? 4000 + random.nextInt(10_000) : 0;
        return new Lifetimes(
                soft, soft + 10 + random.nextInt(60), octets, octets * 3 / 2, packets, packets + packets / 2);
    }
}
