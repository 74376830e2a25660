package org.ikebana.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ikebana.simulation.TwoPeers.eastSite;
import static org.ikebana.simulation.TwoPeers.westSite;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.ikebana.ike.connection.Fragmentation;
import org.ikebana.ike.connection.IkeSettings;
import org.ikebana.ike.connection.StartAction;
import org.ikebana.ike.event.DatagramDrop;
import org.ikebana.ike.event.IkeEvent;
import org.ikebana.ike.kernel.Datagram;
import org.ikebana.ike.sa.IkeSa;
import org.ikebana.ike.wire.Octets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Long messages go in fragments, both ways, whatever the network does to them (RFC 7383). */
class FragmentationTest {
    private static final int FRAGMENT_SIZE = 256;
    private static final int ROOM = FRAGMENT_SIZE - 20 - 8 - 4;
    private static final int IKE_AUTH = 35;
    private static final int SKF = 53;
    private static final String LONG_NAME = "a".repeat(400) + ".example";
    private static final String LONG_KEY = "aes256-sha256-modp2048";
    private static final Duration A_MOMENT = Duration.ofSeconds(1);

    private final TwoPeers peers = new TwoPeers(settings());
    private final Ladder ladder = new Ladder(peers);

    FragmentationTest() throws Exception {}

    @ParameterizedTest
    @ValueSource(
            strings = {
                "aes256gcm16-prfsha256-x25519",
                "chacha20poly1305-prfsha256-x25519",
                "aes256-sha512-x25519",
                "aes128ctr-aesxcbc-x25519"
            })
    void bothDirectionsInAnySuite(String suite) throws Exception {
        load(west().proposing(suite, "aes256gcm16"), east().proposing(suite, "aes256gcm16"));
        ladder.settle();

        peers.assertTunnel();
        assertThat(fragments("192.0.2.1")).hasSizeGreaterThan(4);
        assertThat(fragments("192.0.2.2")).hasSizeGreaterThan(2);
        assertThat(peers.network.sent())
                .filteredOn(d -> exchange(d) == IKE_AUTH)
                .allMatch(d -> d.payload().length <= ROOM);
    }

    @Test
    void fragmentsAreAsLongAsTheyMayBe() throws Exception {
        load(west(), east());
        ladder.settle();

        List<Datagram> request = fragments("192.0.2.1");
        assertThat(request.subList(0, request.size() - 1)).allMatch(d -> d.payload().length == ROOM);
    }

    @ParameterizedTest
    @CsvSource({"YES, NO", "NO, YES", "NO, NO"})
    void notUnlessBothHaveIt(Fragmentation ofWest, Fragmentation ofEast) throws Exception {
        load(west().fragmenting(ofWest), east().fragmenting(ofEast));
        ladder.settle();

        peers.assertTunnel();
        assertThat(peers.network.sent()).hasSize(4).noneMatch(FragmentationTest::isFragment);
    }

    @Test
    void whoOnlyAcceptsSendsNone() throws Exception {
        load(west().fragmenting(Fragmentation.FORCE), east().fragmenting(Fragmentation.ACCEPT));
        ladder.settle();

        peers.assertTunnel();
        assertThat(fragments("192.0.2.1")).isNotEmpty();
        assertThat(fragments("192.0.2.2")).isEmpty();
    }

    @Test
    void theOrderDoesNotMatter() throws Exception {
        List<Datagram> request = request();
        Collections.reverse(request);
        request.forEach(ladder::deliver);
        List<Datagram> reply = reply();
        Collections.shuffle(reply, new Random(3));
        reply.forEach(ladder::deliver);

        peers.assertTunnel();
    }

    @Test
    void aLostFragmentBringsAllOfThemAgain() throws Exception {
        List<Datagram> request = request();
        ladder.deliver(request.getFirst());
        request.subList(2, request.size()).forEach(ladder::deliver);
        assertThat(ladder.isQuiet()).isTrue();
        peers.pass(Duration.ofSeconds(5));

        List<Datagram> again = ladder.allFromWest();
        assertThat(again).hasSameSizeAs(request);
        assertThat(octets(again)).containsExactlyElementsOf(octets(request));
        ladder.deliver(again.get(1)); // the others are there
        ladder.settle();
        peers.assertTunnel();
    }

    @Test
    void aLostFragmentOfTheReplyBringsAllOfThemAgain() throws Exception {
        List<Datagram> request = request();
        request.forEach(ladder::deliver);
        List<Datagram> reply = reply();
        reply.removeFirst();
        reply.forEach(ladder::deliver);
        assertThat(peers.west.engine().ikeSas()).noneMatch(sa -> sa.isEstablished());

        ladder.deliver(request.getFirst());
        assertThat(ladder.allFromEast()).hasSize(reply.size() + 1).satisfies(again -> ladder.deliver(again.getFirst()));
        peers.assertTunnel();
    }

    @Test
    void onlyTheFirstFragmentAsksForTheReplyAgain() throws Exception {
        List<Datagram> request = request();
        request.forEach(ladder::deliver);
        int reply = reply().size();

        request.subList(1, request.size()).forEach(ladder::deliver);
        assertThat(ladder.isQuiet()).isTrue();
        ladder.deliver(request.getFirst());
        assertThat(ladder.allFromEast()).hasSize(reply);
    }

    @Test
    void repeatedFragmentsAreDropped() throws Exception {
        List<Datagram> request = request();
        for (int i = 0; i < 5; i++) {
            ladder.deliver(request.getFirst());
        }
        assertThat(peers.east.engine().drops()).containsEntry(DatagramDrop.UNWANTED_FRAGMENT, 4L);
        request.subList(1, request.size()).forEach(ladder::deliver);
        ladder.settle();

        peers.assertTunnel();
    }

    @Test
    void aForgedFragmentSpoilsNothing() throws Exception {
        List<Datagram> request = request();
        for (Datagram genuine : request) {
            byte[] forged = genuine.payload().clone();
            forged[forged.length - 1] ^= 1;
            ladder.deliver(new Datagram(genuine.local(), genuine.remote(), forged));
            byte[] ofMore = genuine.payload().clone();
            ofMore[35]++; // total fragments, which the check value covers
            ladder.deliver(new Datagram(genuine.local(), genuine.remote(), ofMore));
        }
        assertThat(peers.east.engine().drops()).containsEntry(DatagramDrop.NOT_AUTHENTIC, (long) 2 * request.size());
        request.forEach(ladder::deliver);
        ladder.settle();

        peers.assertTunnel();
    }

    @Test
    void aThirdOfAllFragmentsIsLost() throws Exception {
        Random random = new Random(11);
        peers.network.byHand(peers.network::deliver);
        peers.network.lose(d -> random.nextInt(3) == 0);
        load(west(), east());
        peers.pass(Duration.ofMinutes(2));

        peers.assertTunnel();
    }

    @Test
    void rekeysAreFragmentedAsWell() throws Exception {
        load(west().proposing(LONG_KEY, "aes256gcm16"), east().proposing(LONG_KEY, "aes256gcm16"));
        ladder.settle();
        peers.network.sent().clear();
        peers.east.ikeSa().rekey();
        ladder.settle();

        assertThat(fragments("192.0.2.1")).isNotEmpty();
        assertThat(fragments("192.0.2.2")).isNotEmpty();
        peers.assertTunnel();
        peers.network.sent().clear();
        peers.west.ikeSa().rekey(); // the new SA has what the old one had
        ladder.settle();
        assertThat(fragments("192.0.2.1")).isNotEmpty();
        peers.assertTunnel();
    }

    /** AOSP: RekeyIkeLocalDeleteWithRequestFragOnNewSa, and the same of the peer. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aFragmentedRequestOnTheNewIkeSaComesBeforeTheDeleteOfTheOldOne(boolean byWest) throws Exception {
        TwoPeers small =
                new TwoPeers(IkeSettings.DEFAULT.changed().fragmentSize(200).build());
        small.load(westSite().starting(StartAction.START), eastSite());
        small.pass(Duration.ofSeconds(1));
        Ladder messages = new Ladder(small);
        Host host = byWest ? small.west : small.east;
        IkeSa old = host.ikeSa();
        old.rekey();
        (byWest ? messages.allFromWest() : messages.allFromEast()).forEach(messages::deliver);
        (byWest ? messages.allFromEast() : messages.allFromWest()).forEach(messages::deliver);
        List<Datagram> delete = byWest ? messages.allFromWest() : messages.allFromEast();

        host.rekeyChild(); // on the new one
        List<Datagram> request = byWest ? messages.allFromWest() : messages.allFromEast();
        assertThat(request).as("fragments").hasSizeGreaterThan(1);
        request.forEach(messages::deliver);
        messages.settle();
        delete.forEach(messages::deliver);
        messages.settle();
        small.pass(Duration.ofSeconds(6));

        assertThat(old.isClosed()).isTrue();
        assertThat(host.events(IkeEvent.ChildSaRekeyed.class)).hasSize(1);
        small.assertTunnel();
    }

    /** The fragments of west's IKE_AUTH request, off the way. */
    private List<Datagram> request() throws Exception {
        load(west(), east());
        ladder.fromWest().fromEast();
        List<Datagram> request = ladder.allFromWest();
        assertThat(request).hasSizeGreaterThan(3).allMatch(FragmentationTest::isFragment);
        return new ArrayList<>(request);
    }

    private List<Datagram> reply() {
        List<Datagram> reply = ladder.allFromEast();
        assertThat(reply).hasSizeGreaterThan(2).allMatch(FragmentationTest::isFragment);
        return new ArrayList<>(reply);
    }

    private void load(Site west, Site east) throws Exception {
        peers.load(west.starting(StartAction.START), east);
        peers.pass(A_MOMENT);
    }

    private static Site west() {
        return westSite().identified(LONG_NAME, "east." + LONG_NAME);
    }

    private static Site east() {
        return eastSite().identified("east." + LONG_NAME, LONG_NAME);
    }

    private List<Datagram> fragments(String sender) {
        return peers.network.sent().stream()
                .filter(FragmentationTest::isFragment)
                .filter(d -> d.local().getAddress().getHostAddress().equals(sender))
                .toList();
    }

    private static boolean isFragment(Datagram datagram) {
        return datagram.payload()[16] == SKF;
    }

    private static int exchange(Datagram datagram) {
        return datagram.payload()[18];
    }

    private static List<Octets> octets(List<Datagram> datagrams) {
        return datagrams.stream().map(d -> Octets.copyOf(d.payload())).toList();
    }

    private static IkeSettings settings() {
        return IkeSettings.DEFAULT
                .changed()
                .cookieThreshold(0)
                .cookieThresholdPerAddress(0)
                .blockThresholdPerAddress(0)
                .fragmentSize(FRAGMENT_SIZE)
                .build();
    }
}
