package org.ikebana.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ikebana.simulation.TwoPeers.eastSite;
import static org.ikebana.simulation.TwoPeers.westSite;

import java.time.Duration;
import java.util.List;
import org.ikebana.ike.connection.Childless;
import org.ikebana.ike.connection.StartAction;
import org.ikebana.ike.engine.DesiredState;
import org.ikebana.ike.event.Failure;
import org.ikebana.ike.event.IkeEvent;
import org.ikebana.ike.kernel.Datagram;
import org.ikebana.ike.wire.Decoded;
import org.ikebana.ike.wire.ExchangeType;
import org.ikebana.ike.wire.IkeMessage;
import org.ikebana.ike.wire.MessageReader;
import org.ikebana.ike.wire.NotifyPayload;
import org.ikebana.ike.wire.NotifyType;
import org.ikebana.ike.wire.Octets;
import org.ikebana.ike.wire.Payload;
import org.ikebana.ike.wire.ProtocolId;
import org.ikebana.ike.wire.SaPayload;
import org.ikebana.ike.wire.TsPayload;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** IKE SAs that begin without a child SA (RFC 6023). */
class ChildlessTest {
    private static final String IKE = "aes256gcm16-prfsha256-x25519";
    private static final Duration A_SECOND = Duration.ofSeconds(1);

    private final TwoPeers peers = new TwoPeers();
    private final Ladder ladder = new Ladder(peers);

    ChildlessTest() throws Exception {}

    @ParameterizedTest
    @CsvSource({
        "aes256gcm16-x25519, aes256gcm16-prfsha256-x25519",
        "aes256gcm16-x25519-ke1_mlkem768, aes256gcm16-prfsha256-x25519-ke1_mlkem768"
    })
    void childlessThenCreateChildWithKe(String esp, String ike) throws Exception {
        peers.load(
                site(westSite(), Childless.FORCE).proposing(ike, esp).starting(StartAction.START),
                site(eastSite(), Childless.ALLOW).proposing(ike, esp));
        begin();

        peers.assertTunnel();
        assertThat(exchanges()).contains("IKE_AUTH", "CREATE_CHILD_SA");
        assertThat(childUp(peers.west).suite().toString())
                .isEqualTo(childUp(peers.east).suite().toString());
        assertThat(childUp(peers.west).suite().toString()).contains("curve25519");
    }

    @Test
    void childlessManual() throws Exception {
        peers.load(site(westSite(), Childless.ALLOW), site(eastSite(), Childless.ALLOW));
        peers.west.engine().initiate("site");
        begin();

        assertThat(peers.west.ikeSa().childSas()).isEmpty();
        assertThat(peers.east.ikeSa().childSas()).isEmpty();
        assertThat(peers.west.memory().installedSas()).isEmpty();

        peers.west.engine().want("site", "net", DesiredState.UP);
        ladder.settle();
        peers.assertTunnel();
        assertThat(exchanges()).endsWith("CREATE_CHILD_SA", "CREATE_CHILD_SA");
    }

    @Test
    void theOtherEndMayMakeTheChild() throws Exception {
        peers.load(site(westSite(), Childless.ALLOW), site(eastSite(), Childless.FORCE));
        peers.west.engine().initiate("site");
        begin();
        peers.east.engine().want("site", "net", DesiredState.UP);
        ladder.settle();

        peers.assertTunnel();
    }

    @Test
    void initiatorAbortsIfUnsupported() throws Exception {
        peers.load(site(westSite(), Childless.FORCE).starting(StartAction.START), site(eastSite(), Childless.NEVER));
        peers.pass(A_SECOND);
        ladder.fromWest().fromEast();

        Failure failure = failure(peers.west);
        assertThat(failure).isInstanceOf(Failure.PeerIncompatible.class);
        assertThat(failure.sentence()).contains("takes no IKE SA without a child", "childless = prefer");
        assertThat(ladder.isQuiet()).isTrue();
        assertThat(peers.west.engine().ikeSas()).isEmpty();
        assertThat(peers.west.events(IkeEvent.RetryScheduled.class)).hasSize(1);
    }

    @Test
    void initiatorAbortsIfUnsupportedAndNoChildIsAskedFor() throws Exception {
        peers.load(site(westSite(), Childless.ALLOW), site(eastSite(), Childless.NEVER));
        peers.west.engine().initiate("site");
        begin();

        assertThat(failure(peers.west).sentence()).contains("no child is asked for");
        assertThat(peers.west.engine().ikeSas()).isEmpty();
    }

    @Test
    void responderAbortsIfRequired() throws Exception {
        peers.load(site(westSite(), Childless.ALLOW).starting(StartAction.START), site(eastSite(), Childless.FORCE));
        begin();

        assertThat(failure(peers.east)).isInstanceOf(Failure.PeerIncompatible.class);
        assertThat(failure(peers.east).sentence()).contains("childless = force");
        assertThat(failure(peers.west))
                .isInstanceOfSatisfying(
                        Failure.PeerRefused.class,
                        refused -> assertThat(refused.refusal()).isEqualTo(NotifyType.INVALID_SYNTAX));
        assertThat(failure(peers.west).sentence()).contains("compare childless of both sides");
        for (Host host : List.of(peers.west, peers.east)) {
            assertThat(host.engine().ikeSas()).isEmpty();
            assertThat(host.memory().installedSas()).isEmpty();
        }
    }

    /** RFC 6023 3: it does not offer it, and refuses who does not ask. */
    @Test
    void responderAbortsIfForbidden() throws Exception {
        peers.east.load(
                List.of(Site.secret("correct horse")),
                site(eastSite(), Childless.NEVER).connection());
        HostilePeer peer = HostilePeer.begin(peers.east, peers.network, westSite(), new SeededRandom(3));
        peer.say(ExchangeType.IKE_AUTH, withoutChild(peer.authPayloads()));

        assertThat(failure(peers.east).sentence()).contains("childless = never");
        assertThat(peer.hear()).singleElement().matches(heard -> heard.has(NotifyType.INVALID_SYNTAX));
        assertThat(peers.east.engine().ikeSas()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"ALLOW, false", "PREFER, true", "FORCE, true", "NEVER, false"})
    void whatAnInitiatorSends(Childless west, boolean childless) throws Exception {
        peers.load(site(westSite(), west).starting(StartAction.START), site(eastSite(), Childless.ALLOW));
        begin();

        peers.assertTunnel();
        assertThat(exchanges().contains("CREATE_CHILD_SA")).isEqualTo(childless);
    }

    @Test
    void preferDoesWithoutIt() throws Exception {
        peers.load(site(westSite(), Childless.PREFER).starting(StartAction.START), site(eastSite(), Childless.NEVER));
        begin();

        peers.assertTunnel();
        assertThat(exchanges()).doesNotContain("CREATE_CHILD_SA");
    }

    /** Its protocol ID is that of IKE (RFC 6023 4). */
    @ParameterizedTest
    @EnumSource(Childless.class)
    void theResponderSaysWhetherItTakesIt(Childless east) throws Exception {
        peers.load(site(westSite(), Childless.PREFER).starting(StartAction.START), site(eastSite(), east));
        peers.pass(A_SECOND);
        ladder.fromWest();
        NotifyPayload expected =
                new NotifyPayload(ProtocolId.IKE, Octets.EMPTY, NotifyType.CHILDLESS_IKEV2_SUPPORTED, Octets.EMPTY);

        List<Payload> answer = message(ladder.nextOfEast()).payloads();
        if (east == Childless.NEVER) {
            assertThat(answer).doesNotContain(expected);
        } else {
            assertThat(answer).contains(expected);
        }
    }

    /** Several children then need as many exchanges, and what fails alone is tried again. */
    @Test
    void allChildrenFollow() throws Exception {
        Site west = site(westSite(), Childless.FORCE).starting(StartAction.START);
        Site east = site(eastSite(), Childless.FORCE);
        peers.east.load(
                List.of(Site.secret("correct horse")),
                east.connection(
                        east.child("net", east.localNet(), east.remoteNet()),
                        east.child("other", "10.6.0.0/16", "10.5.0.0/16")));
        peers.west.load(
                List.of(Site.secret("correct horse")),
                west.connection(
                        west.child("net", west.localNet(), west.remoteNet()),
                        west.child("other", "10.5.0.0/16", "10.6.0.0/16")));
        begin();

        assertThat(peers.west.ikeSa().childSas())
                .extracting(child -> child.config().name())
                .containsExactlyInAnyOrder("net", "other");
        assertThat(exchanges()).filteredOn("CREATE_CHILD_SA"::equals).hasSize(4);
    }

    private void begin() {
        peers.pass(A_SECOND);
        ladder.settle();
    }

    private static Site site(Site site, Childless childless) {
        return site.proposing(IKE, "aes256gcm16-x25519").with(c -> c.childless(childless));
    }

    private static Payload[] withoutChild(List<Payload> payloads) {
        return payloads.stream()
                .filter(payload -> !(payload instanceof SaPayload || payload instanceof TsPayload))
                .toArray(Payload[]::new);
    }

    private List<String> exchanges() {
        return peers.network.sent().stream()
                .map(d -> MessageReader.readHeader(d.payload()).orElseThrow())
                .map(header -> header.exchange().orElseThrow().name())
                .toList();
    }

    private static IkeMessage message(Datagram datagram) {
        return ((Decoded.Accepted) MessageReader.read(datagram.payload())).message();
    }

    private static IkeEvent.ChildSaEstablished childUp(Host host) {
        return host.events(IkeEvent.ChildSaEstablished.class).getFirst();
    }

    private static Failure failure(Host host) {
        assertThat(host.events(IkeEvent.NegotiationFailed.class)).isNotEmpty();
        return host.events(IkeEvent.NegotiationFailed.class).getFirst().failure();
    }
}
