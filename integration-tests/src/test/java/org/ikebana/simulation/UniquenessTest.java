package org.ikebana.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ikebana.simulation.TwoPeers.eastSite;
import static org.ikebana.simulation.TwoPeers.westSite;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import org.ikebana.ike.connection.AddressSpec;
import org.ikebana.ike.connection.IkeSettings;
import org.ikebana.ike.connection.StartAction;
import org.ikebana.ike.connection.UniquePolicy;
import org.ikebana.ike.event.IkeEvent;
import org.ikebana.ike.wire.DeletePayload;
import org.ikebana.ike.wire.ExchangeType;
import org.ikebana.ike.wire.NotifyPayload;
import org.ikebana.ike.wire.NotifyType;
import org.ikebana.ike.wire.Payload;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A peer begins a second IKE SA while its first one stands: {@code unique} of swanctl.conf, with INITIAL_CONTACT and without
 * (RFC 7296 2.4).
 */
class UniquenessTest {
    private final TwoPeers peers = new TwoPeers();
    private final SeededRandom random = new SeededRandom(3);

    UniquenessTest() throws Exception {}

    private void load(UniquePolicy unique) {
        try {
            peers.east.load(
                    List.of(Site.secret("correct horse")),
                    eastSite()
                            .unique(unique)
                            .with(c -> c.remoteAddresses(List.of(new AddressSpec.Any())))
                            .connection());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private HostilePeer begin(boolean initialContact) throws Exception {
        return begin(initialContact, westSite());
    }

    private HostilePeer begin(boolean initialContact, Site site) throws Exception {
        HostilePeer peer = HostilePeer.begin(peers.east, peers.network, site, random);
        List<Payload> auth = peer.authPayloads();
        if (initialContact) {
            auth.add(NotifyPayload.of(NotifyType.INITIAL_CONTACT));
        }
        peers.pass(Duration.ofMillis(1));
        peer.say(ExchangeType.IKE_AUTH, auth.toArray(Payload[]::new));
        peers.pass(Duration.ofSeconds(1));
        return peer;
    }

    @ParameterizedTest
    @EnumSource(
            value = UniquePolicy.class,
            names = {"NO", "KEEP", "REPLACE"})
    void initialContactReplacesWhateverThereIs(UniquePolicy unique) throws Exception {
        load(unique);
        begin(true);
        HostilePeer second = begin(true);

        assertThat(peers.east.engine().ikeSas()).hasSize(1);
        assertThat(peers.east.ikeSa().id().initiatorSpi()).isEqualTo(second.spi());
        assertThat(peers.east.memory().installedSas()).hasSize(2);
    }

    @Test
    void neverMeansNotEvenThen() throws Exception {
        load(UniquePolicy.NEVER);
        begin(true);
        begin(true);

        assertThat(peers.east.engine().ikeSas()).hasSize(2);
    }

    @Test
    void noLetsSeveralBeWithoutIt() throws Exception {
        load(UniquePolicy.NO);
        begin(false);
        begin(false);

        assertThat(peers.east.engine().ikeSas()).hasSize(2);
    }

    @Test
    void replaceDeletesTheOldOneAndTellsThePeer() throws Exception {
        load(UniquePolicy.REPLACE);
        HostilePeer first = begin(false);
        peers.network.sent().clear();
        HostilePeer second = begin(false, elsewhere());

        assertThat(peers.east.ikeSa().id().initiatorSpi()).isEqualTo(second.spi());
        assertDeletes(first);
        assertThat(peers.east.engine().ikeSas()).hasSize(1);
    }

    /** From the same address and port it may be another authentication, which deletes the old one by itself. */
    @Test
    void replaceWaitsAMomentWhereThePeerMayAuthenticateAnew() throws Exception {
        load(UniquePolicy.REPLACE);
        HostilePeer first = begin(false);
        HostilePeer second = begin(false);
        assertThat(peers.east.engine().ikeSas()).hasSize(2);
        peers.network.sent().clear();
        peers.pass(Duration.ofSeconds(10));

        assertThat(peers.east.ikeSa().id().initiatorSpi()).isEqualTo(second.spi());
        assertDeletes(first);
        assertThat(peers.east.engine().ikeSas()).hasSize(1);
    }

    @Test
    void keepRefusesTheNewOneAndSaysWhy() throws Exception {
        load(UniquePolicy.KEEP);
        HostilePeer first = begin(false);
        HostilePeer second = begin(false, elsewhere());

        assertThat(peers.east.ikeSa().id().initiatorSpi()).isEqualTo(first.spi());
        assertThat(second.hear().getLast().has(NotifyType.AUTHENTICATION_FAILED))
                .isTrue();
        assertThat(peers.east.events(IkeEvent.NegotiationFailed.class))
                .singleElement()
                .satisfies(failed -> assertThat(failed.failure().sentence()).contains("192.0.2.1", "unique = keep"));
    }

    @Test
    void keepLetsAPeerAuthenticateAnew() throws Exception {
        load(UniquePolicy.KEEP);
        begin(false);
        begin(false);

        assertThat(peers.east.engine().ikeSas()).hasSize(2);
        assertThat(peers.east.events(IkeEvent.NegotiationFailed.class)).isEmpty();
    }

    /** The same peer at another address. */
    private static Site elsewhere() {
        return Site.of("192.0.2.9", TwoPeers.EAST, "10.1.0.0/16", "10.2.0.0/16")
                .identified(TwoPeers.WEST, TwoPeers.EAST);
    }

    private static void assertDeletes(HostilePeer peer) throws Exception {
        HostilePeer.Heard delete = peer.hear().getFirst();
        assertThat(delete.payloads()).singleElement().isInstanceOf(DeletePayload.class);
        peer.answer(delete);
    }

    /** On an initiator the setting decides whether INITIAL_CONTACT is sent: what east does tells. */
    @ParameterizedTest
    @EnumSource(UniquePolicy.class)
    void anInitiatorSaysThatItIsItsFirstContactUnlessNever(UniquePolicy unique) throws Exception {
        load(UniquePolicy.NO);
        Site west = westSite().starting(StartAction.START).unique(unique);
        peers.west.load(List.of(Site.secret("correct horse")), west.connection());
        peers.pass(Duration.ofSeconds(1));
        peers.west.kill();
        Host again = new Host(peers.time, peers.network, InetAddress.ofLiteral(TwoPeers.WEST), 5, IkeSettings.DEFAULT);
        again.load(List.of(Site.secret("correct horse")), west.connection());
        peers.pass(Duration.ofSeconds(1));

        assertThat(peers.east.engine().ikeSas()).hasSize(unique == UniquePolicy.NEVER ? 2 : 1);
    }
}
