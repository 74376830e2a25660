package org.ikebana.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.ikebana.ike.engine.Counters;
import org.ikebana.ike.event.IkeEvent;
import org.ikebana.ike.sa.IkeSa;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A gateway with many tunnels brings them up in turn, keeps them rekeyed and watched without anything growing, changes only
 * those whose configuration has changed, and leaves nothing. {@code integration-tests/tunnels} has it be ten thousand.
 */
class ManyTunnelsTest {
    private static final int SIZE = Integer.getInteger("ikebana.tunnels", 400);
    private static final int AT_ONCE = 100;
    private static final Duration STEP = Duration.ofMillis(10);

    /** What 100 handshakes at once take, of four messages each, and the pause until the next have their turn. */
    private static final Duration TURN = Duration.ofMillis(60);

    private final Map<Integer, Integer> upAfter = new HashMap<>();
    private final Fleet fleet = new Fleet(SIZE);
    private int repeated;

    ManyTunnelsTest() throws Exception {
        fleet.gateway.onEvent(event -> {
            switch (event) {
                case IkeEvent.ChildSaEstablished up ->
                    upAfter.putIfAbsent(number(up.ikeSa().connection()), upAfter.size());
                case IkeEvent.RequestRetransmitted again -> repeated++;
                default -> {}
            }
        });
    }

    @BeforeEach
    void bringUp() throws Exception {
        fleet.load();
        Levels most = Levels.NOTHING;
        Duration limit = TURN.multipliedBy(SIZE / AT_ONCE + 1);
        Duration taken = Duration.ZERO;
        while (upAfter.size() < SIZE && taken.compareTo(limit) < 0) {
            fleet.pass(STEP);
            taken = taken.plus(STEP);
            most = most.max(new Levels(0, 0, 0, fleet.peers.engine().halfOpen(), 0, 0));
        }
        System.out.printf(
                "%d tunnels up in %d ms, at most %d half-open at once%n",
                upAfter.size(), taken.toMillis(), most.halfOpen());
        assertThat(upAfter).hasSize(SIZE);
        assertThat(most.halfOpen()).isBetween(1, AT_ONCE);
        fleet.pass(Duration.ofSeconds(2));
        assertThat(fleet.up()).isEqualTo(SIZE);
    }

    /** Whoever came first is up first, or about as soon: nobody is overtaken by more than are negotiated at once. */
    @Test
    void nobodyIsStarved() {
        assertThat(IntStream.range(0, SIZE))
                .allSatisfy(tunnel -> assertThat(Math.abs(upAfter.getOrDefault(tunnel, SIZE) - tunnel))
                        .isLessThanOrEqualTo(AT_ONCE));
    }

    @Test
    void allAreRekeyedWithinAnHourAndNothingGrows() throws Exception {
        Levels before = Levels.of(fleet);
        Levels most = before;
        int mostRekeys = 0;
        long rekeys = 0;
        Duration second = Duration.ofSeconds(1);
        for (int s = 0; s < 3600; s++) {
            fleet.pass(second);
            long now = count(Counters.Kind.CHILD_REKEY) + count(Counters.Kind.IKE_REKEY_INIT);
            mostRekeys = (int) Math.max(mostRekeys, now - rekeys);
            rekeys = now;
            if (s % 20 == 0) {
                most = most.max(Levels.of(fleet));
            }
        }
        System.out.printf("%d rekeys in an hour, at most %d in a second%n", rekeys, mostRekeys);
        System.out.printf("before %s%nmost   %s%n", before, most);

        assertThat(IntStream.range(0, SIZE)).allSatisfy(tunnel -> {
            Map<Counters.Kind, Long> counted =
                    fleet.gateway.engine().counters().of(Fleet.name(tunnel)).orElseThrow();
            assertThat(counted.get(Counters.Kind.CHILD_REKEY)).isPositive();
            assertThat(counted.get(Counters.Kind.IKE_REKEY_INIT)).isPositive();
            assertThat(counted.get(Counters.Kind.INFO_OUT_REQ)).isPositive();
        });
        assertThat(mostRekeys).isLessThanOrEqualTo(20 + SIZE / 100);
        assertThat(most.isWithin(before, 5, 20)).isTrue();
        assertThat(Levels.of(fleet).isWithin(before, 2, 10)).isTrue();
        assertThat(fleet.up()).isEqualTo(SIZE);
        assertThat(repeated).isZero();
    }

    @Test
    void deadPeersAreNoticedAndComeBackAndNobodyElseIsTouched() throws Exception {
        int dead = SIZE / 100 + 1;
        Set<IkeSa> before = Set.copyOf(fleet.gateway.engine().ikeSas());
        fleet.network.lose(datagram -> Fleet.numberOf(datagram) < dead);
        fleet.pass(Fleet.DPD.plus(Duration.ofMinutes(3)));

        assertThat(fleet.up()).isEqualTo(SIZE - dead);

        fleet.network.lose(datagram -> false);
        fleet.pass(Duration.ofMinutes(8));

        assertThat(fleet.up()).isEqualTo(SIZE);
        Set<IkeSa> gone = new HashSet<>(before);
        gone.removeAll(fleet.gateway.engine().ikeSas());
        assertThat(gone).hasSize(dead);
    }

    @Test
    void aReloadTouchesWhatHasChangedAlone() throws Exception {
        int changed = SIZE / 100;
        Map<String, IkeSa> before = byConnection();
        long updates = fleet.updates();
        Set<Integer> heard = new HashSet<>();
        fleet.network.lose(datagram -> {
            heard.add(Fleet.numberOf(datagram));
            return false;
        });
        fleet.load(changed);
        fleet.pass(Duration.ofSeconds(10));

        Map<String, IkeSa> after = byConnection();
        Set<Integer> replaced = after.keySet().stream()
                .filter(name -> after.get(name) != before.get(name))
                .map(ManyTunnelsTest::number)
                .collect(Collectors.toSet());
        Set<Integer> expected = IntStream.range(0, changed).boxed().collect(Collectors.toSet());
        assertThat(replaced).isEqualTo(expected);
        assertThat(heard).isEqualTo(expected);
        assertThat(fleet.updates() - updates).isBetween((long) changed, 12L * changed);
        assertThat(fleet.up()).isEqualTo(SIZE);
    }

    @Test
    void whenItEndsAllPeersAreToldAndNothingIsLeft() throws Exception {
        Set<Integer> told = new HashSet<>();
        fleet.peers.onEvent(event -> {
            if (event instanceof IkeEvent.IkeSaClosed closed) {
                told.add(number(closed.ikeSa().connection()));
            }
        });
        AtomicBoolean isDone = new AtomicBoolean();
        fleet.gateway.engine().shutdown(() -> isDone.set(true));
        fleet.pass(Duration.ofSeconds(1));

        assertThat(isDone).isTrue();
        assertThat(told).hasSize(SIZE);
        for (Host host : List.of(fleet.gateway, fleet.peers)) {
            assertThat(host.engine().ikeSas()).isEmpty();
            assertThat(host.memory().snapshot().sas()).isEmpty();
            assertThat(host.memory().snapshot().policies()).isEmpty();
        }
        assertThat(repeated).isZero();
    }

    private Map<String, IkeSa> byConnection() {
        return fleet.gateway.engine().ikeSas().stream()
                .filter(IkeSa::isEstablished)
                .collect(Collectors.toMap(sa -> sa.name().connection(), Function.identity()));
    }

    private long count(Counters.Kind kind) {
        return fleet.gateway.engine().counters().total().getOrDefault(kind, 0L);
    }

    private static int number(String connection) {
        return Integer.parseInt(connection.substring(1));
    }
}
