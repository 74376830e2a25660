package org.ikebana.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntConsumer;
import org.ikebana.ike.connection.ConnectionConfig;
import org.ikebana.ike.connection.IkeSettings;
import org.ikebana.ike.connection.StartAction;
import org.ikebana.ike.engine.Counters;
import org.ikebana.ike.event.DatagramDrop;
import org.ikebana.ike.event.IkeEvent;
import org.ikebana.ike.kernel.Datagram;
import org.ikebana.ike.kernel.KernelException;
import org.ikebana.ike.sa.IkeSa;
import org.ikebana.ike.wire.ExchangeType;
import org.ikebana.ike.wire.IkeHeader;
import org.ikebana.ike.wire.MessageReader;
import org.ikebana.ike.wire.Payload;

/**
 * A gateway with the usual limits, east, that a test floods: west has a tunnel to it before, and newcomers come meanwhile, who
 * are to be served as if nothing was.
 */
final class FloodedGateway {
    static final InetSocketAddress EAST = new InetSocketAddress(InetAddress.ofLiteral(TwoPeers.EAST), 500);
    static final InetSocketAddress WEST = new InetSocketAddress(InetAddress.ofLiteral(TwoPeers.WEST), 500);

    /** One each millisecond. */
    static final int FLOOD = 5_000;

    /** Of one IKE SA, to one of two places, in the time of a flood; the next one would be due as it ends. */
    static final int REPEATED_REPLIES = 20 + IkeSettings.DEFAULT.repeatedReplyLimit() * FLOOD / 1_000 - 1;

    /** Requests and replies take 10 ms each, and a peer that floods may have an IKE SA of its own. */
    private static final int ON_ITS_WAY = 2 * 10 + 5;

    final TwoPeers peers = new TwoPeers();
    private final Newcomers newcomers = new Newcomers(peers);
    private final IkeSa ofWest;
    private Levels most = Levels.NOTHING;

    /** @param more sites that the gateway knows, as their ends have them */
    FloodedGateway(Site west, Site... more) throws Exception {
        List<ConnectionConfig> known =
                new ArrayList<>(List.of(TwoPeers.eastSite().connection()));
        for (Site site : more) {
            known.add(atGateway(site).connection());
        }
        for (int i = 0; i < Newcomers.COUNT; i++) {
            known.add(atGateway(Newcomers.site(i)).connection());
        }
        peers.east.load(List.of(Site.secret("correct horse")), known.toArray(ConnectionConfig[]::new));
        peers.west.load(
                List.of(Site.secret("correct horse")),
                west.starting(StartAction.START).connection());
        peers.pass(Duration.ofSeconds(1));
        ofWest = peers.west.ikeSa();
    }

    /** A site of a peer, named after its address. */
    static Site site(String address, String net) {
        return Site.of(address, TwoPeers.EAST, net, "10.2.0.0/16").with(c -> c.name(address));
    }

    /** The other end of it. */
    static Site atGateway(Site site) {
        return Site.of(site.remote(), site.local(), site.remoteNet(), site.localNet())
                .with(c -> c.name(site.local()));
    }

    /** A peer of that site that has proved who it is, and does then as a test likes. */
    HostilePeer insider(Site site) throws Exception {
        HostilePeer insider = HostilePeer.begin(peers.east, peers.network, site, new SeededRandom(7));
        insider.say(ExchangeType.IKE_AUTH, insider.authPayloads().toArray(Payload[]::new));
        assertThat(peers.east.engine().ikeSas())
                .filteredOn(IkeSa::isEstablished)
                .hasSize(2);
        peers.network.sent().clear();
        return insider;
    }

    /** Has each of the flood come, and the newcomers in between. */
    void flood(IntConsumer one) throws Exception {
        newcomers.comeEach(Duration.ofMillis(FLOOD / Newcomers.COUNT));
        for (int i = 0; i < FLOOD; i++) {
            one.accept(i);
            peers.pass(Duration.ofMillis(1));
            if (i % 50 == 49) {
                most = most.max(levels());
            }
        }
        peers.pass(Duration.ofSeconds(1));
    }

    /** The latest such message of west to the gateway. */
    Datagram latestOfWest(ExchangeType exchange) {
        return peers.network.sent().reversed().stream()
                .filter(datagram -> datagram.local().getAddress().equals(WEST.getAddress()))
                .filter(datagram -> isOf(exchange, datagram))
                .findFirst()
                .orElseThrow();
    }

    static boolean isOf(ExchangeType exchange, Datagram datagram) {
        return MessageReader.readHeader(datagram.payload())
                .flatMap(IkeHeader::exchange)
                .equals(Optional.of(exchange));
    }

    /** What the gateway has said to anybody at this address. */
    List<Datagram> repliesTo(InetAddress address) {
        return peers.network.sent().stream()
                .filter(datagram -> datagram.local().getAddress().equals(EAST.getAddress()))
                .filter(datagram -> datagram.remote().getAddress().equals(address))
                .toList();
    }

    long count(Counters.Kind kind) {
        return peers.east.engine().counters().total().getOrDefault(kind, 0L);
    }

    long drops(DatagramDrop cause) {
        return peers.east.engine().drops().getOrDefault(cause, 0L);
    }

    /** All newcomers came in, west's tunnel is the one that it was, and nothing was to be complained of. */
    void assertHonestPeersWereServed() {
        newcomers.assertServed();
        assertThat(peers.west.ikeSa()).isSameAs(ofWest);
        Newcomers.assertTunnel(peers.west, peers.east);
        assertThat(peers.east.events(IkeEvent.NegotiationFailed.class)).isEmpty();
        assertThat(peers.east.events(IkeEvent.IkeSaMoved.class)).isEmpty();
    }

    /** During the flood nothing grew but by what was on its way, and now all is as where there was none. */
    void assertIsAs(FloodedGateway quiet) throws Exception {
        quiet.flood(i -> {});
        assertThat(most)
                .as("at most, with the flood and without")
                .matches(levels -> levels.isWithin(quiet.most, 0, ON_ITS_WAY), quiet.most + " and " + ON_ITS_WAY);
        assertThat(levels()).isEqualTo(quiet.levels());
    }

    private Levels levels() throws KernelException {
        return new Levels(
                peers.time.waiting(),
                peers.east.engine().ikeSas().size(),
                newcomers.ikeSas(),
                peers.east.engine().halfOpen(),
                peers.east.memory().snapshot().sas().size(),
                peers.east.memory().snapshot().policies().size());
    }
}
