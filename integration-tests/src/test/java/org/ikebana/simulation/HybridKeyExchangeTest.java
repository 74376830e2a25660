package org.ikebana.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ikebana.simulation.TwoPeers.eastSite;
import static org.ikebana.simulation.TwoPeers.westSite;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.ikebana.ike.connection.ConnectionConfig;
import org.ikebana.ike.connection.Fragmentation;
import org.ikebana.ike.connection.StartAction;
import org.ikebana.ike.event.DatagramDrop;
import org.ikebana.ike.event.Failure;
import org.ikebana.ike.event.IkeEvent;
import org.ikebana.ike.kernel.Datagram;
import org.ikebana.ike.wire.NotifyType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Additional key exchanges in IKE_INTERMEDIATE before IKE_AUTH (RFC 9242, RFC 9370 2.2.2). */
class HybridKeyExchangeTest {
    private static final String BASE = "aes256gcm16-prfsha256-x25519";
    private static final String HYBRID = BASE + "-ke1_mlkem768";
    private static final int IKE_SA_INIT = 34;
    private static final int IKE_AUTH = 35;
    private static final int IKE_INTERMEDIATE = 43;
    private static final int SKF = 53;
    private static final Duration A_MOMENT = Duration.ofSeconds(1);

    private final TwoPeers peers = new TwoPeers();
    private final Ladder ladder = new Ladder(peers);

    HybridKeyExchangeTest() throws Exception {}

    @ParameterizedTest
    @CsvSource({
        "aes256gcm16-prfsha256-x25519-ke1_mlkem512, 1",
        "aes256gcm16-prfsha384-ecp384-ke1_mlkem768, 1",
        "aes256-sha512-x25519-ke1_mlkem1024, 1",
        "chacha20poly1305-prfsha256-x25519-ke3_ecp256, 1",
        "aes128-aesxcbc-x25519-ke1_mlkem768-ke2_mlkem1024-ke4_ecp256, 3",
        "aes256gcm16-prfsha256-x25519-ke1_mlkem512-ke2_mlkem768-ke3_mlkem1024-ke4_ecp256-ke5_ecp384-ke6_x448-ke7_modp2048,"
                + " 7",
        "aes256gcm16-prfsha256-mlkem768, 0",
        "aes256gcm16-prfsha256-mlkem512-ke1_x25519, 1",
    })
    void oneExchangeForEachMethod(String suite, int exchanges) throws Exception {
        load(suite, suite);
        ladder.settle();

        peers.assertTunnel();
        assertThat(peers.network.sent())
                .filteredOn(d -> exchange(d) == IKE_INTERMEDIATE && isRequest(d))
                .extracting(HybridKeyExchangeTest::messageId)
                .isSubsetOf(ids(exchanges))
                .containsAll(ids(exchanges));
        assertThat(peers.network.sent())
                .filteredOn(d -> exchange(d) == IKE_AUTH)
                .extracting(HybridKeyExchangeTest::messageId)
                .containsOnly(exchanges + 1);
        assertThat(only(peers.west.events(IkeEvent.IkeSaEstablished.class)).suite())
                .isEqualTo(
                        only(peers.east.events(IkeEvent.IkeSaEstablished.class)).suite());
    }

    @Test
    void theFirstExchangeStaysSmallAndTheLongKeyGoesInFragments() throws Exception {
        load(HYBRID, HYBRID);
        ladder.settle();

        assertThat(peers.network.sent())
                .filteredOn(d -> exchange(d) == IKE_SA_INIT)
                .allMatch(d -> d.payload().length < 400);
        assertThat(peers.network.sent())
                .filteredOn(d -> exchange(d) == IKE_INTERMEDIATE && isRequest(d))
                .hasSize(2)
                .allMatch(d -> d.payload()[16] == SKF && d.payload().length <= 1280 - 32);
    }

    @Test
    void withoutFragmentsTheMessagesAreWhole() throws Exception {
        peers.load(
                westSite()
                        .proposing(HYBRID, "aes256gcm16")
                        .fragmenting(Fragmentation.NO)
                        .starting(StartAction.START),
                eastSite().proposing(HYBRID, "aes256gcm16"));
        peers.pass(A_MOMENT);
        ladder.settle();

        peers.assertTunnel();
        assertThat(peers.network.sent()).hasSize(6);
    }

    @ParameterizedTest
    @CsvSource({
        BASE + ", " + BASE + "-ke1_mlkem768-ke1_none",
        BASE + "-ke1_none-ke1_mlkem768, " + BASE,
        BASE + "-ke1_mlkem768-ke1_none, " + BASE + "-ke2_mlkem768-ke2_none",
    })
    void whatIsOptionalMayBeLeftOut(String west, String east) throws Exception {
        load(west, east);
        ladder.settle();

        peers.assertTunnel();
        assertThat(peers.network.sent()).noneMatch(d -> exchange(d) == IKE_INTERMEDIATE);
    }

    @ParameterizedTest
    @CsvSource({BASE + ", " + HYBRID, HYBRID + ", " + BASE, HYBRID + ", " + BASE + "-ke1_mlkem1024"})
    void whatIsNotOptionalMayNot(String west, String east) throws Exception {
        load(west, east);
        ladder.settle();

        assertThat(only(peers.west.events(IkeEvent.NegotiationFailed.class)).failure())
                .isInstanceOfSatisfying(
                        Failure.PeerRefused.class,
                        f -> assertThat(f.refusal()).isEqualTo(NotifyType.NO_PROPOSAL_CHOSEN));
        assertThat(only(peers.east.events(IkeEvent.NegotiationFailed.class))
                        .failure()
                        .sentence())
                .contains("additional key exchange");
    }

    /** A connection that asks for more is not to be had for less by way of another one with the same addresses. */
    @Test
    void noDowngradeByWayOfAnotherConnection() throws Exception {
        Site strict = eastSite().proposing(HYBRID, "aes256gcm16");
        Site lax = eastSite().proposing(BASE, "aes256gcm16").identified("other.example", "somebody.example");
        peers.east.load(List.of(Site.secret("correct horse")), strict.connection(), named("lax", lax.connection()));
        peers.west.load(
                List.of(Site.secret("correct horse")),
                westSite()
                        .proposing(BASE, "aes256gcm16")
                        .starting(StartAction.START)
                        .connection());
        peers.pass(A_MOMENT);
        ladder.settle();

        assertThat(only(peers.east.events(IkeEvent.NegotiationFailed.class))
                        .failure()
                        .sentence())
                .contains("site does not allow aes256gcm16-prfsha256-curve25519");
        assertThat(peers.east.memory().installedSas()).isEmpty();
    }

    /** INVALID_KE_PAYLOAD is about the first key exchange alone. */
    @Test
    void theFirstGuessIsWrong() throws Exception {
        load("aes256gcm16-prfsha256-x25519-ecp256-ke1_mlkem768", "aes256gcm16-prfsha256-ecp256-ke1_mlkem768");
        ladder.settle();

        peers.assertTunnel();
        assertThat(peers.network.sent())
                .filteredOn(d -> exchange(d) == IKE_SA_INIT)
                .hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void aSixthOfAllDatagramsIsLost(long seed) throws Exception {
        Random random = new Random(seed);
        peers.network.byHand(peers.network::deliver);
        peers.network.lose(d -> exchange(d) != IKE_SA_INIT && random.nextInt(6) == 0);
        String suite = BASE + "-ke1_mlkem768-ke2_mlkem1024";
        load(suite, suite);
        peers.pass(Duration.ofMinutes(2));

        peers.assertTunnel();
    }

    @Test
    void lostAnswersAreSaidAgainUnderTheKeysOfThen() throws Exception {
        load(HYBRID, HYBRID);
        ladder.fromWest().fromEast();
        List<Datagram> request = ladder.allFromWest();
        request.forEach(ladder::deliver);
        List<Datagram> lost = ladder.allFromEast(); // east has new keys now
        ladder.deliver(request.getFirst());

        assertThat(ladder.nextOfEast().payload()).isEqualTo(lost.getFirst().payload());
        ladder.settle();
        peers.assertTunnel();
    }

    @Test
    void everythingComesInAnyOrderAndTwice() throws Exception {
        Random random = new Random(5);
        load(HYBRID, HYBRID);
        for (int i = 0; i < 50 && !(peers.west.engine().ikeSas().getFirst().isEstablished()); i++) {
            List<Datagram> all = new ArrayList<>(ladder.allFromWest());
            all.addAll(ladder.allFromEast());
            all.addAll(List.copyOf(all));
            Collections.shuffle(all, random);
            all.forEach(ladder::deliver);
        }
        ladder.settle();
        peers.assertTunnel();
    }

    /** What is authenticated is what was said: a changed public value is found at the latest in IKE_AUTH. */
    @Test
    void aStrangerInTheMiddleChangesNothingUnnoticed() throws Exception {
        load(HYBRID, HYBRID);
        ladder.fromWest().fromEast();
        for (Datagram d : ladder.allFromWest()) {
            byte[] changed = d.payload().clone();
            changed[changed.length - 1] ^= 1;
            ladder.deliver(new Datagram(d.local(), d.remote(), changed));
        }
        assertThat(peers.east.engine().drops()).containsEntry(DatagramDrop.NOT_AUTHENTIC, 2L);
        peers.pass(Duration.ofSeconds(5)); // the genuine ones again
        ladder.settle();
        peers.assertTunnel();
    }

    @Test
    void onTheNatPort() throws Exception {
        peers.network.byHand(peers.network::deliver);
        Site west = westSite().proposing(HYBRID, "aes256gcm16").starting(StartAction.START);
        peers.load(west.encapsulating(), eastSite().proposing(HYBRID, "aes256gcm16"));
        peers.pass(A_MOMENT);

        peers.assertTunnel();
        assertThat(peers.network.sent())
                .filteredOn(d -> exchange(d) != IKE_SA_INIT)
                .allMatch(d -> d.local().getPort() == 4500);
    }

    @Test
    void noAnswerToTheLongMessagesSaysSo() throws Exception {
        peers.network.byHand(peers.network::deliver);
        peers.network.lose(d -> exchange(d) == IKE_INTERMEDIATE);
        load(HYBRID, HYBRID);
        peers.pass(Duration.ofMinutes(4));

        assertThat(peers.west
                        .events(IkeEvent.NegotiationFailed.class)
                        .getFirst()
                        .failure()
                        .sentence())
                .contains("no answer", "IKE_INTERMEDIATE", "fragment_size");
        assertThat(peers.east.engine().halfOpen()).isZero();
    }

    private void load(String west, String east) throws Exception {
        peers.load(
                westSite().proposing(west, "aes256gcm16").starting(StartAction.START),
                eastSite().proposing(east, "aes256gcm16"));
        peers.pass(A_MOMENT);
    }

    private static ConnectionConfig named(String name, ConnectionConfig c) {
        return c.changed().name(name).build();
    }

    private static List<Integer> ids(int exchanges) {
        return IntStream.rangeClosed(1, exchanges).boxed().toList();
    }

    private static int exchange(Datagram datagram) {
        return datagram.payload()[18];
    }

    private static int messageId(Datagram datagram) {
        return datagram.payload()[23];
    }

    private static boolean isRequest(Datagram datagram) {
        return (datagram.payload()[19] & 0x20) == 0;
    }

    private static <T> T only(List<T> events) {
        assertThat(events).hasSize(1);
        return events.getFirst();
    }
}
