package org.ikebana.simulation;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.ikebana.ike.engine.DesiredState;
import org.ikebana.ike.kernel.Direction;
import org.ikebana.kernel.model.VirtualClock;

/**
 * One run of a {@link Scenario}: two sites in a storm, then in fair weather, then shut down. Throws where something is not as
 * it must be; the same seed runs the same.
 */
final class Simulation {
    /** By then whoever has lost an SA has noticed it, and every back-off is over. */
    private static final Duration CALM = Duration.ofMinutes(12);

    private static final Duration MORE_CALM = Duration.ofMinutes(6);
    private static final Duration SHUTDOWN = Duration.ofMinutes(12);
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final int MOST_IKE_SAS = 24;
    private static final int MOST_KERNEL_SAS = 100;
    private static final int MOST_TIMERS = 600;
    private static final int ATTEMPTS = 20;
    private static final int LAST_LINES = 200;

    private final Scenario scenario;
    private final SplittableRandom random;
    private final VirtualClock time = new VirtualClock();
    private final Chronicle chronicle;
    private final Network network = new Network(time);
    private final Machine west;
    private final Machine east;
    private final Attacker attacker;
    private final Traffic traffic;
    private final Storm storm;
    private final Faults faults;
    private final Rest rest;

    Simulation(Scenario scenario) throws Exception {
        this(scenario, LAST_LINES);
    }

    /** @param lines of its story that are kept */
    Simulation(Scenario scenario, int lines) throws Exception {
        this.scenario = scenario;
        this.chronicle = new Chronicle(time, lines);
        this.random = new SplittableRandom(scenario.seed());
        KeyLedger ledger = new KeyLedger();
        this.west = machine("west", TwoPeers.WEST, 1, ledger);
        this.east = machine("east", TwoPeers.EAST, 2, ledger);
        this.attacker = new Attacker(random.split(), network);
        this.traffic = new Traffic(west, east, time, ledger, attacker, random.split());
        this.storm = new Storm(time, network, traffic, attacker, chronicle, random.split());
        this.faults = new Faults(scenario, time, storm, west, east, random.split());
        this.rest = new Rest(west, east, scenario.children());
    }

    void run() {
        west.start();
        time.schedule(Duration.ofMillis(random.nextInt(3) * random.nextInt(3000)), east::start);
        storm(scenario.stormy());
        calm();
        checkTraffic();
        shutDown();
    }

    List<String> chronicle() {
        return chronicle.lines();
    }

    private void storm(Duration duration) {
        Instant end = time.now().plus(duration);
        keepUp(end, scenario.between(), faults::strike);
        if (scenario.hasAttacker()) {
            keepUp(end, scenario.between().dividedBy(4), () -> attacker.act(traffic, scenario.children()));
        }
        sendUntil(end);
        while (time.now().isBefore(end)) {
            time.advance(SECOND);
            checkBounds();
        }
    }

    private void calm() {
        chronicle.note(() -> "* the storm is over");
        storm.setWeather(Weather.FAIR);
        west.kernel().faults().heal();
        east.kernel().faults().heal();
        if (random.nextInt(4) != 0) {
            time.schedule(
                    Duration.ofSeconds(30),
                    () -> (random.nextBoolean() ? west : east).want(Scenario.childName(0), DesiredState.UP));
        }
        Instant end = time.now().plus(CALM);
        sendUntil(end.plus(MORE_CALM));
        while (time.now().isBefore(end)) {
            time.advance(Duration.ofSeconds(20));
            checkBounds();
        }
        Optional<String> obstacle = rest.obstacle();
        for (Instant last = end.plus(MORE_CALM);
                obstacle.isPresent() && time.now().isBefore(last); ) {
            time.advance(SECOND);
            obstacle = rest.obstacle();
        }
        if (obstacle.isPresent()) {
            throw new AssertionError(obstacle.get());
        }
        checkOutbound(west);
        checkOutbound(east);
    }

    /** Every packet that is sent at rest arrives, unless a limit is met on the way. */
    private void checkTraffic() {
        for (int child = 0; child < scenario.children(); child++) {
            if (!rest.isWanted(Scenario.childName(child))) {
                continue;
            }
            for (boolean fromWest : new boolean[] {true, false}) {
                checkTraffic(child, fromWest);
            }
        }
    }

    private void checkTraffic(int child, boolean fromWest) {
        for (int i = 0; i < ATTEMPTS; i++) {
            long before = traffic.delivered();
            traffic.send(child, fromWest);
            time.advance(Duration.ofMillis(50));
            if (traffic.delivered() > before) {
                return;
            }
            time.advance(SECOND);
        }
        throw new AssertionError("no packet of " + Scenario.childName(child) + " arrives from "
                + (fromWest ? west.name : east.name) + " any more");
    }

    private void shutDown() {
        west.host().orElseThrow().engine().shutdown(() -> {});
        if (random.nextBoolean()) {
            time.advance(Duration.ofMillis(random.nextInt(100)));
        }
        east.host().orElseThrow().engine().shutdown(() -> {});
        time.advance(SHUTDOWN);
        for (Machine machine : List.of(west, east)) {
            int ikeSas = machine.host().orElseThrow().engine().ikeSas().size();
            boolean isEmpty = ikeSas == 0 && machine.kernel().installedSas().isEmpty() && rest.isKernelEmpty(machine);
            if (!isEmpty) {
                throw new AssertionError(machine.name + " has left something behind: " + ikeSas + " IKE SAs, "
                        + machine.kernel().installedSas());
            }
        }
        if (time.waiting() > 0) {
            throw new AssertionError(time.waiting() + " timers are left");
        }
    }

    private void checkBounds() {
        for (Machine machine : List.of(west, east)) {
            machine.host().ifPresent(host -> {
                int ikeSas = host.engine().ikeSas().size();
                if (ikeSas > MOST_IKE_SAS) {
                    throw new AssertionError(machine.name + " has " + ikeSas + " IKE SAs");
                }
            });
            int kernelSas = machine.kernel().installedSas().size();
            if (kernelSas > MOST_KERNEL_SAS) {
                throw new AssertionError(machine.name + " has " + kernelSas + " SAs in its kernel");
            }
        }
        if (time.waiting() > MOST_TIMERS) {
            throw new AssertionError(time.waiting() + " timers are running");
        }
    }

    /** At rest there is one SA to send with for each reqid. */
    private static void checkOutbound(Machine machine) {
        List<Integer> reqids = machine.kernel().installedSas().stream()
                .filter(sa -> sa.direction() == Direction.OUT)
                .map(sa -> sa.reqid())
                .toList();
        if (reqids.stream().distinct().count() != reqids.size()) {
            throw new AssertionError(machine.name + " has two outbound SAs for one reqid: " + reqids);
        }
    }

    private void sendUntil(Instant end) {
        for (int child = 0; child < scenario.children(); child++) {
            int number = child;
            keepUp(end, scenario.packets(), () -> traffic.send(number, true));
            keepUp(end, scenario.packets(), () -> traffic.send(number, false));
        }
    }

    private void keepUp(Instant end, Duration mean, Runnable action) {
        Duration wait = Duration.ofMillis(1 + random.nextLong(2 * mean.toMillis()));
        if (time.now().plus(wait).isBefore(end)) {
            time.schedule(wait, () -> {
                action.run();
                keepUp(end, mean, action);
            });
        }
    }

    private Machine machine(String name, String address, int number, KeyLedger ledger) throws Exception {
        return new Machine(
                name,
                time,
                network,
                InetAddress.getByName(address),
                new SeededRandom(scenario.seed() * 31 + number),
                scenario.settings(),
                number == 1 ? scenario.west() : scenario.east(),
                chronicle,
                ledger);
    }
}
