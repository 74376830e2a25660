package org.ikebana.simulation;

import java.time.Duration;
import java.util.random.RandomGenerator;
import org.ikebana.ike.engine.DesiredState;
import org.ikebana.ike.kernel.KernelChange;
import org.ikebana.kernel.model.Errno;
import org.ikebana.kernel.model.VirtualClock;

/** What goes wrong in a simulation, and what people do meanwhile: one thing at a time, drawn from the seed. */
final class Faults {
    private static final int A_ROUND_TRIP = 30;

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
        switch (random.nextInt(22)) {
            case 0, 1, 2 -> storm.setWeather(Weather.of(random));
            case 3 -> storm.setWeather(Weather.FAIR);
            case 4 -> storm.part(Duration.ofMillis(100L << random.nextInt(10)));
            case 5 -> {
                machine.crash(random.nextBoolean());
                time.schedule(Duration.ofMillis(random.nextInt(20_000)), machine::start);
            }
            case 6 -> machine.freeze(Duration.ofMillis(100L << random.nextInt(9)));
            case 7 -> machine.leap(Duration.ofSeconds(1L << random.nextInt(13)));
            case 8 -> machine.kernel().faults().refuse(KernelChange.AddSa.class::isInstance, Errno.ENOMEM);
            case 9 -> machine.kernel().faults().refuseSpi(Errno.ENOENT);
            case 10 -> machine.kernel().faults().loseEvents(1 + random.nextInt(3));
            case 11, 12 -> machine.want(line, DesiredState.values()[random.nextInt(3)]);
            case 13 -> machine.rekeyChildren();
            case 14 -> machine.rekeyIkeSas();
            case 15 -> {
                west.rekeyChildren();
                east.rekeyChildren();
            }
            case 16 -> {
                west.rekeyIkeSas();
                east.rekeyIkeSas();
            }
            case 17 -> machine.terminate();
            case 18 -> reload(machine, isWest);
            case 19 -> pathChanges(machine, isWest);
            case 20 -> machine.kernel().faults().refuse(KernelChange.MoveSa.class::isInstance, Errno.ENOMEM);
            default -> {
                west.want(line, DesiredState.UP);
                east.want(line, DesiredState.UP);
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
