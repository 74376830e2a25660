package org.ikebana.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ikebana.simulation.TwoPeers.eastSite;
import static org.ikebana.simulation.TwoPeers.westSite;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import org.ikebana.ike.connection.ChildConfig;
import org.ikebana.ike.connection.StartAction;
import org.ikebana.ike.engine.DesiredState;
import org.ikebana.ike.event.IkeEvent;
import org.ikebana.ike.kernel.KernelChange;
import org.ikebana.ike.kernel.KernelUpdate;
import org.ikebana.ike.kernel.Lifetimes;
import org.ikebana.kernel.memory.IpPacket;
import org.ikebana.kernel.memory.OutboundVerdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lifetimes by time, bytes and packets, soft and hard, and what is lost of their events (libreswan's ikev2-expire). */
class ExpiryTest {
    private static final Duration A_MOMENT = Duration.ofSeconds(1);

    private final TwoPeers peers = new TwoPeers();

    ExpiryTest() throws Exception {}

    private void up(Lifetimes ofWest, Lifetimes ofEast) throws Exception {
        Site west = westSite().starting(StartAction.START);
        Site east = eastSite();
        ChildConfig westChild = Children.limited(
                west.child("net", west.localNet(), west.remoteNet()), Duration.ofSeconds(ofWest.softSeconds()), ofWest);
        ChildConfig eastChild = Children.limited(
                east.child("net", east.localNet(), east.remoteNet()), Duration.ofSeconds(ofEast.softSeconds()), ofEast);
        peers.east.load(List.of(Site.secret("correct horse")), east.connection(eastChild));
        peers.west.load(List.of(Site.secret("correct horse")), west.connection(westChild));
        peers.pass(A_MOMENT);
        peers.assertTunnel();
    }

    /** Packets of 100 octets, 50 each way. */
    @ParameterizedTest
    @CsvSource({"0, 0, 20, 60", "2000, 6000, 0, 0", "0, 0, 0, 0"})
    void softLimitsOfEitherEndRekeyOnceAndNoPacketIsLost(long softBytes, long hardBytes, long soft, long hard)
            throws Exception {
        Lifetimes limits = new Lifetimes(30, 60, softBytes, hardBytes, soft, hard);
        up(limits, limits);
        Flow flow = new Flow(peers);
        for (int i = 0; i < 50; i++) {
            flow.pass(Duration.ofMillis(5));
            peers.pass(A_MOMENT);
        }
        flow.arrive();

        assertThat(flow.eastwardLost() + flow.westwardLost()).isZero();
        assertThat(peers.west.events(IkeEvent.ChildSaRekeyed.class)).isNotEmpty();
        assertThat(peers.west.events(IkeEvent.ChildSaClosed.class)).isEmpty();
        assertThat(peers.west.events(IkeEvent.NegotiationFailed.class)).isEmpty();
        peers.pass(Duration.ofSeconds(7));
        peers.assertTunnel();
    }

    /** {@code rekey_time}, {@code rekey_bytes}, {@code rekey_packets}, of either end. */
    @ParameterizedTest
    @CsvSource({
        "30, 0, 0, true",
        "0, 2000, 0, true",
        "0, 0, 20, true",
        "30, 0, 0, false",
        "0, 2000, 0, false",
        "0, 0, 20, false"
    })
    void eachSoftLimitByItself(long seconds, long bytes, long packets, boolean ofWest) throws Exception {
        Lifetimes limits = new Lifetimes(seconds, 0, bytes, 0, packets, 0);
        up(ofWest ? limits : Lifetimes.NONE, ofWest ? Lifetimes.NONE : limits);
        int lost = lostOfFifty();

        Host limited = ofWest ? peers.west : peers.east;
        assertThat(limited.events(IkeEvent.ChildSaRekeyed.class)).hasSizeBetween(1, 2);
        assertThat(limited.events(IkeEvent.ChildSaClosed.class)).isEmpty();
        assertThat(lost).isZero();
    }

    /** {@code life_time}, {@code life_bytes}, {@code life_packets}; what is wanted is made anew. */
    @ParameterizedTest
    @CsvSource({"40, 0, 0", "0, 4000, 0", "0, 0, 40"})
    void eachHardLimitByItself(long seconds, long bytes, long packets) throws Exception {
        up(new Lifetimes(0, seconds, 0, bytes, 0, packets), Lifetimes.NONE);
        lostOfFifty();

        assertThat(peers.west.events(IkeEvent.ChildSaRekeyed.class)).isEmpty();
        assertThat(peers.west.events(IkeEvent.ChildSaClosed.class))
                .isNotEmpty()
                .allSatisfy(closed -> assertThat(closed.reason()).contains("lifetime"));
        peers.pass(Duration.ofSeconds(7));
        peers.assertTunnel();
    }

    /** Packets of 100 octets each way, one a second. */
    private int lostOfFifty() throws Exception {
        Flow flow = new Flow(peers);
        for (int i = 0; i < 50; i++) {
            flow.pass(Duration.ofMillis(5));
            peers.pass(A_MOMENT);
        }
        flow.arrive();
        return flow.eastwardLost() + flow.westwardLost();
    }

    /** {@code over_time}, which is over before it is clear that the peer does not answer. */
    @Test
    void anIkeSaThatGetsNoNewKeysEnds() throws Exception {
        Site west = westSite()
                .starting(StartAction.START)
                .with(c -> c.rekeyTime(Duration.ofMinutes(20)).overTime(Duration.ofMinutes(1)));
        peers.load(west, eastSite().with(c -> c.rekeyTime(Duration.ZERO)));
        peers.network.lose(datagram -> datagram.payload()[18] == 36); // CREATE_CHILD_SA
        peers.pass(Duration.ofMinutes(20).plusSeconds(50));
        assertThat(peers.west.events(IkeEvent.IkeSaClosed.class)).isEmpty();

        peers.pass(Duration.ofMinutes(1));

        assertThat(peers.west.events(IkeEvent.ChildSaClosed.class))
                .singleElement()
                .satisfies(closed -> assertThat(closed.reason()).contains("lifetime"));
        peers.network.lose(datagram -> false);
        peers.pass(Duration.ofMinutes(5));
        assertThat(peers.west.engine().ikeSas()).hasSize(1);
        peers.assertTunnel();
    }

    @Test
    void aHardLimitWithoutASoftOneEndsThePairAndItIsMadeAnew() throws Exception {
        up(new Lifetimes(0, 40, 0, 0, 0, 0), Lifetimes.NONE);
        peers.pass(Duration.ofSeconds(50));

        assertThat(peers.west.events(IkeEvent.ChildSaClosed.class))
                .singleElement()
                .satisfies(closed -> assertThat(closed.reason()).contains("lifetime"));
        peers.assertTunnel();
    }

    @Test
    void onDemandAHardLimitLeavesTheTrap() throws Exception {
        up(new Lifetimes(0, 40, 0, 0, 0, 0), Lifetimes.NONE);
        peers.west.engine().want("site", "net", DesiredState.ON_DEMAND);
        peers.pass(Duration.ofSeconds(50));
        assertThat(peers.west.memory().installedSas()).isEmpty();

        assertThat(peers.west.memory().packetOut(packet())).isInstanceOf(OutboundVerdict.Held.class);
        peers.pass(A_MOMENT);
        peers.assertTunnel();
    }

    @Test
    void aHardLimitWhoseEventIsLostIsFoundOut() throws Exception {
        up(new Lifetimes(0, 40, 0, 0, 0, 0), Lifetimes.NONE);
        peers.pass(Duration.ofSeconds(38));
        peers.west.memory().faults().loseEvents(2);
        peers.pass(Duration.ofSeconds(10));

        assertThat(peers.west.events(IkeEvent.ChildSaClosed.class)).hasSize(1);
        peers.assertTunnel();
    }

    /** A kernel that forgets its SAs without any event: the first packet finds it out. */
    @Test
    void anAcquireOfAChildThatIsUpFindsOutThatItsSasAreGone() throws Exception {
        up(Lifetimes.NONE, Lifetimes.NONE);
        for (var sa : peers.west.ikeSa().childSas()) {
            peers.west
                    .memory()
                    .apply(KernelUpdate.of(new KernelChange.DeleteSa(
                            sa.outbound(), sa.inbound().destination())));
        }

        assertThat(peers.west.memory().packetOut(packet())).isInstanceOf(OutboundVerdict.Held.class);
        peers.pass(Duration.ofSeconds(6)); // east takes late packets of the old one

        peers.assertTunnel();
        assertThat(Flow.passesBothWays(peers)).isTrue();
    }

    @Test
    void theLifetimeOfAnIkeSaThatCannotBeRekeyedEndsIt() throws Exception {
        up(Lifetimes.NONE, Lifetimes.NONE);
        peers.network.lose(datagram -> datagram.payload()[18] == 36); // CREATE_CHILD_SA
        peers.pass(Duration.ofHours(4).plusMinutes(1));
        peers.network.lose(datagram -> false);
        peers.pass(Duration.ofMinutes(30));

        assertThat(peers.west.engine().ikeSas()).hasSize(1);
        peers.assertTunnel();
    }

    private static IpPacket.Clear packet() throws Exception {
        return IpPacket.Clear.udp(InetAddress.getByName("10.1.0.7"), 4000, InetAddress.getByName("10.2.0.7"), 4000);
    }
}
