package org.ikebana.simulation;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.ikebana.ike.connection.IkeSettings;
import org.ikebana.ike.engine.DesiredState;
import org.ikebana.ike.kernel.KernelSnapshot;
import org.ikebana.kernel.model.VirtualClock;

/**
 * One run of a {@link Scenario}: two sites in a storm, then in fair weather, then shut down. Throws where something is not as
 * it must be; the same seed runs the same.
 */
final class Simulation {
    /** By then whoever has lost an SA has noticed it, and every back-off is over. */
    private static final Duration CALM = Duration.ofMinutes(20);

    /** By then whoever has moved without MOBIKE is missed: until that they only look as if they were at rest. */
    private static final Duration UNTIL_MISSED = Duration.ofMinutes(5);

    /** How long they stay at rest before they are looked at again: some are rekeying at just that moment. */
    private static final Duration LATER = Duration.ofMinutes(2);

    private static final Duration LOOKED_AT_FOR = Duration.ofMinutes(3);

    /** By then whoever was down has been started again. */
    private static final Duration ALL_ARE_THERE = Duration.ofSeconds(20);

    private static final Duration SHUTDOWN = Duration.ofMinutes(12);
    private static final Duration FIVE_SECONDS = Duration.ofSeconds(5);
    private static final Duration SECOND = Duration.ofSeconds(1);
    /** As many begin before everybody has to show a cookie (RFC 7296 2.6), and some that the network has delayed. */
    private static final int MOST_HALF_OPEN = IkeSettings.DEFAULT.cookieThreshold() + 10;

    private static final int MOST_IKE_SAS = MOST_HALF_OPEN + 20;
    private static final int MOST_KERNEL_SAS = 100;
    private static final int MOST_POLICIES = 100;
    private static final int MOST_TIMERS = 600;
    private static final int ATTEMPTS = 20;
    private static final int LAST_LINES = 200;

    private final Scenario scenario;
    private final SplittableRandom random;
    private final VirtualClock time = new VirtualClock();
    private final Chronicle chronicle;
    private final Census census = new Census();
    private final Network network = new Network(time);
    private final Machine west;
    private final Machine east;
    private final Attacker attacker;
    private final Nat nat = new Nat(time, Scenario.WEST, Scenario.OUTSIDE);
    private final Traffic traffic;
    private final Storm storm;
    private final Faults faults;
    private final Rest rest;
    private final List<Supervision> supervisions;
    private int reauthentications;
    private boolean isOver;

    Simulation(Scenario scenario) throws Exception {
        this(scenario, LAST_LINES);
    }

    /** @param lines of its story that are kept */
    Simulation(Scenario scenario, int lines) throws Exception {
        this.scenario = scenario;
        this.chronicle = new Chronicle(time, lines);
        this.random = new SplittableRandom(scenario.seed());
        KeyLedger ledger = new KeyLedger();
        this.west = machine(true, Scenario.WEST, ledger);
        this.east = machine(false, Scenario.EAST, ledger);
        this.attacker = new Attacker(random.split(), network);
        this.traffic = new Traffic(scenario.lines(), west, east, time, network, ledger, attacker, random.split());
        this.storm = new Storm(time, network, traffic, attacker, chronicle, census, random.split());
        this.faults = new Faults(scenario, time, storm, west, east, nat, random.split());
        this.rest = new Rest(west, east, scenario.lines());
        this.supervisions = List.of(supervision(west, ledger), supervision(east, ledger));
        if (scenario.hasNat()) {
            network.translate(nat);
        }
    }

    private Supervision supervision(Machine machine, KeyLedger ledger) {
        Supervision supervision =
                new Supervision(machine, time, ledger, traffic, scenario.lines().count(), random.split());
        machine.supervise(supervision);
        return supervision;
    }

    void run() throws Exception {
        scenario.features().forEach(census::met);
        west.start();
        time.schedule(Duration.ofMillis(random.nextInt(3) * random.nextInt(3000)), east::start);
        storm(scenario.stormy());
        calm();
        checkTraffic();
        shutDown();
    }

    /** For a test that spoils what is to be kept up. */
    void later(Duration delay, Runnable action) {
        time.schedule(delay, action);
    }

    Machine west() {
        return west;
    }

    Machine east() {
        return east;
    }

    Traffic traffic() {
        return traffic;
    }

    Network network() {
        return network;
    }

    Census census() {
        return census;
    }

    List<String> chronicle() {
        return chronicle.lines();
    }

    private void storm(Duration duration) {
        Instant end = time.now().plus(duration);
        keepUp(end, scenario.between(), faults::strike);
        if (scenario.hasAttacker()) {
            keepUp(
                    end,
                    scenario.between().dividedBy(4),
                    () -> attacker.act(traffic, scenario.lines().count()));
        }
        sendUntil(end);
        int lines = scenario.lines().count();
        keepUp(end, FIVE_SECONDS, () -> traffic.sendAcross(random.nextInt(lines), random.nextBoolean()));
        while (time.now().isBefore(end)) {
            time.advance(FIVE_SECONDS);
            checkBounds();
        }
    }

    private void calm() throws Exception {
        chronicle.note(() -> "* the storm is over");
        faults.stop();
        storm.setWeather(Weather.FAIR);
        west.kernel().faults().heal();
        east.kernel().faults().heal();
        Instant begin = time.now();
        sendUntil(begin.plus(CALM).plus(LATER).plus(LOOKED_AT_FOR));
        pass(ALL_ARE_THERE);
        mend();
        pass(Duration.ofSeconds(60 + random.nextInt(1 + random.nextInt(660))));
        comeToRest(begin.plus(CALM));
        west.isWell();
        east.isWell();
        pass(LATER);
        comeToRest(time.now().plus(LOOKED_AT_FOR));
    }

    /** What people put right, once they have time. */
    private void mend() throws Exception {
        for (Machine machine : List.of(west, east)) {
            if (!scenario.sites().isWhole(machine == west, machine.config())) {
                machine.note("has its configuration put right");
                machine.load(scenario.sites().whole(machine == west, random));
            }
        }
        closeUnwanted();
        if (scenario.roams() && random.nextBoolean()) {
            west.moveTo(Scenario.WEST);
            east.moveTo(Scenario.EAST);
            pass(UNTIL_MISSED);
        }
        if (random.nextInt(4) != 0) {
            (random.nextBoolean() ? west : east).want(0, DesiredState.UP);
        }
        beginThroughNat();
    }

    /** East cannot, and wants a line perhaps only since west has closed it. */
    private void beginThroughNat() {
        IntStream.range(0, scenario.hasNat() ? scenario.lines().count() : 0)
                .filter(line -> rest.isWanted(line) && west.desired(line) != DesiredState.UP)
                .forEach(line -> west.want(line, DesiredState.UP));
    }

    /** Whoever has authenticated anew has taken along what was there, be it wanted or not. */
    private void closeUnwanted() {
        int now = west.reauthentications() + east.reauthentications();
        if (now == reauthentications) {
            return;
        }
        reauthentications = now;
        IntStream.range(0, scenario.lines().count())
                .filter(line -> !rest.isWanted(line))
                .forEach(line -> List.of(west, east).forEach(machine -> machine.want(line, DesiredState.OFF)));
    }

    private void pass(Duration duration) {
        Instant end = time.now().plus(duration);
        while (time.now().isBefore(end)) {
            time.advance(Duration.ofSeconds(20));
            checkBounds();
        }
    }

    private void comeToRest(Instant last) {
        Optional<String> obstacle = rest.obstacle();
        while (obstacle.isPresent() && time.now().isBefore(last)) {
            time.advance(SECOND);
            checkBounds();
            closeUnwanted();
            beginThroughNat();
            obstacle = rest.obstacle();
        }
        obstacle.ifPresent(what -> {
            throw new AssertionError(what);
        });
    }

    /** Every packet that is sent at rest arrives, unless a limit is met on the way. */
    private void checkTraffic() {
        for (int line = 0; line < scenario.lines().count(); line++) {
            if (rest.isWanted(line)) {
                checkTraffic(line, true);
                checkTraffic(line, false);
            }
        }
    }

    private void checkTraffic(int line, boolean fromWest) {
        for (int i = 0; i < ATTEMPTS; i++) {
            long before = traffic.delivered();
            traffic.send(line, fromWest);
            time.advance(Duration.ofMillis(50));
            if (traffic.delivered() > before) {
                return;
            }
            time.advance(SECOND);
        }
        Machine sender = fromWest ? west : east;
        throw new AssertionError("no packet of " + sender.child(line) + " arrives from " + sender.name + " any more");
    }

    private void shutDown() {
        isOver = true;
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
        supervisions.forEach(Supervision::check);
        for (Machine machine : List.of(west, east)) {
            machine.host().ifPresent(host -> {
                int ikeSas = host.engine().ikeSas().size();
                if (ikeSas > MOST_IKE_SAS) {
                    throw new AssertionError(machine.name + " has " + ikeSas + " IKE SAs");
                }
                int halfOpen = host.engine().halfOpen();
                if (halfOpen > MOST_HALF_OPEN) {
                    throw new AssertionError(machine.name + " has " + halfOpen + " half-open IKE SAs");
                }
            });
            KernelSnapshot kernel = machine.snapshot();
            if (kernel.sas().size() > MOST_KERNEL_SAS) {
                throw new AssertionError(machine.name + " has " + kernel.sas().size() + " SAs in its kernel");
            }
            if (kernel.policies().size() > MOST_POLICIES) {
                throw new AssertionError(
                        machine.name + " has " + kernel.policies().size() + " policies in its kernel");
            }
        }
        if (time.waiting() > MOST_TIMERS) {
            throw new AssertionError(time.waiting() + " timers are running");
        }
    }

    private void sendUntil(Instant end) {
        for (int i = 0; i < scenario.lines().count(); i++) {
            int line = i;
            keepUp(end, scenario.packets(), () -> traffic.send(line, true));
            keepUp(end, scenario.packets(), () -> traffic.send(line, false));
        }
    }

    private void keepUp(Instant end, Duration mean, Runnable action) {
        Duration wait = Duration.ofMillis(1 + random.nextLong(2 * mean.toMillis()));
        if (!isOver && time.now().plus(wait).isBefore(end)) {
            time.schedule(wait, () -> {
                action.run();
                keepUp(end, mean, action);
            });
        }
    }

    private Machine machine(boolean isWest, InetAddress address, KeyLedger ledger) {
        return new Machine(
                isWest,
                time,
                network,
                address,
                new SeededRandom(scenario.seed() * 31 + (isWest ? 1 : 2)),
                scenario,
                new WatchedCrypto(scenario.crypto(), ledger),
                chronicle,
                census);
    }
}
