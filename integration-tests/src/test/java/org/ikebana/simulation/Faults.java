package org.ikebana.simulation;

import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.ikebana.ike.engine.DesiredState;
import org.ikebana.ike.kernel.KernelChange;
import org.ikebana.kernel.model.Errno;
import org.ikebana.kernel.model.KernelFaults;
import org.ikebana.kernel.model.VirtualClock;

/** What goes wrong in a simulation, and what people do meanwhile: one thing at a time, drawn from the seed. */
final class Faults {
    private static final int A_ROUND_TRIP = 30;
    private static final List<Predicate<KernelChange>> REMOVALS =
            List.of(KernelChange.DeleteSa.class::isInstance, KernelChange.DeletePolicy.class::isInstance);

    private final Scenario scenario;
    private final VirtualClock time;
    private final Storm storm;
    private final Machine west;
    private final Machine east;
    private final Nat nat;
    private final RandomGenerator random;
    private boolean isOver;

    Faults(
            Scenario scenario,
            VirtualClock time,
            Storm storm,
            Machine west,
            Machine east,
            Nat nat,
            RandomGenerator random) {
        this.scenario = scenario;
        this.time = time;
        this.storm = storm;
        this.west = west;
        this.east = east;
        this.nat = nat;
        this.random = random;
    }

    /** Now and then several things happen within the time that a message takes. */
    void strike() {
        one();
        for (int more = random.nextInt(3) * random.nextInt(3); more > 0; more--) {
            time.schedule(Duration.ofMillis(random.nextInt(A_ROUND_TRIP)), this::one);
        }
    }

    /** What was to happen shortly does not. */
    void stop() {
        isOver = true;
    }

    private void one() {
        if (isOver) {
            return;
        }
        boolean isWest = random.nextBoolean();
        Machine machine = isWest ? west : east;
        int line = random.nextInt(scenario.lines().count());
        switch (random.nextInt(26)) {
            case 0, 1, 2 -> storm.setWeather(Weather.of(random));
            case 3 -> storm.setWeather(Weather.FAIR);
            case 4 -> storm.part(Duration.ofMillis(100L << random.nextInt(10)));
            case 5 -> {
                machine.crash(random.nextBoolean());
                time.schedule(Duration.ofMillis(random.nextInt(20_000)), machine::start);
            }
            case 6 -> machine.freeze(Duration.ofMillis(100L << random.nextInt(9)));
            case 7 -> machine.leap(Duration.ofSeconds(1L << random.nextInt(13)));
            case 8, 9, 10, 11 -> kernel(machine);
            case 12, 13 -> machine.want(line, DesiredState.values()[random.nextInt(3)]);
            case 14 -> machine.rekeyChildren();
            case 15 -> machine.rekeyIkeSas();
            case 16 -> {
                west.rekeyChildren();
                east.rekeyChildren();
            }
            case 17 -> {
                west.rekeyIkeSas();
                east.rekeyIkeSas();
            }
            case 18 -> machine.terminate();
            case 19 -> reload(machine, isWest);
            case 20 -> pathChanges(machine, isWest);
            case 21 -> machine.reauthenticate();
            case 22 -> {
                west.reauthenticate();
                east.reauthenticate();
            }
            default -> {
                west.want(line, DesiredState.UP);
                east.want(line, DesiredState.UP);
            }
        }
    }

    private void kernel(Machine machine) {
        KernelFaults faults = machine.kernel().faults();
        switch (random.nextInt(7)) {
            case 0 -> {
                machine.note("will refuse an SA");
                faults.refuse(KernelChange.AddSa.class::isInstance, Errno.ENOMEM);
            }
            case 1 -> {
                machine.note("will refuse to move an SA");
                faults.refuse(KernelChange.MoveSa.class::isInstance, Errno.ENOMEM);
            }
            case 2, 3 -> {
                if (scenario.refusesPolicies()) {
                    machine.refusePolicy();
                } else {
                    machine.note("will refuse to remove something");
                    faults.refuse(REMOVALS.get(random.nextInt(REMOVALS.size())), Errno.ENOBUFS);
                }
            }
            case 4 -> {
                machine.note("will refuse an SPI");
                faults.refuseSpi(Errno.ENOENT);
            }
            case 5 -> {
                machine.note("will lose events and say so");
                faults.loseEvents(1 + random.nextInt(3));
            }
            default -> {
                machine.note("will lose events without a word");
                faults.dropEvents(1 + random.nextInt(2));
            }
        }
    }

    private void pathChanges(Machine machine, boolean isWest) {
        if (scenario.roams()) {
            boolean comesHome = random.nextBoolean();
            machine.moveTo(
                    isWest
                            ? comesHome ? Scenario.WEST : Scenario.WEST_AWAY
                            : comesHome ? Scenario.EAST : Scenario.EAST_AWAY);
        } else if (scenario.hasNat()) {
            west.note("is forgotten by its NAT");
            nat.forget();
        } else {
            storm.part(Duration.ofMillis(100L << random.nextInt(7)));
        }
    }

    private void reload(Machine machine, boolean isWest) {
        try {
            machine.note("reloads");
            machine.load(scenario.sites().any(isWest, random));
        } catch (Exception e) {
            throw new IllegalStateException("the scenario's configuration is wrong", e);
        }
    }
}
