package org.ikebana.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ikebana.simulation.RevocationScene.A_SECOND;
import static org.ikebana.simulation.RevocationScene.LIST;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.ikebana.ike.auth.Certificates;
import org.ikebana.ike.auth.Credentials;
import org.ikebana.ike.auth.Ppks;
import org.ikebana.ike.auth.RevocationPolicy;
import org.ikebana.ike.auth.SharedKeys;
import org.ikebana.ike.auth.StatusSources;
import org.ikebana.ike.connection.ConnectionConfig;
import org.ikebana.ike.connection.IkeSettings;
import org.ikebana.ike.engine.DesiredState;
import org.ikebana.ike.environment.Fetch;
import org.ikebana.ike.event.DatagramDrop;
import org.ikebana.ike.event.IkeEvent;
import org.ikebana.ike.x509.TestAuthority.Issued;
import org.junit.jupiter.api.Test;

/** IKE_AUTH waits until it is known whether the peer's certificate has been revoked, and nothing else does. */
class StatusWaitTest {
    private static final Duration EIGHT_SECONDS = Duration.ofSeconds(8);

    private final RevocationScene scene = new RevocationScene();
    private final Host west = scene.peers.west;
    private final Host east = scene.peers.east;

    StatusWaitTest() throws Exception {}

    /** A retransmission finds the answer not made yet, and makes no second one. */
    @Test
    void theResponderAnswersOnceItKnows() throws Exception {
        west.documents().put(LIST, Duration.ZERO, scene.list().encoded());
        east.documents().put(LIST, EIGHT_SECONDS, scene.list().encoded());
        scene.start();
        scene.peers.pass(Duration.ofSeconds(7));
        assertThat(west.events(IkeEvent.RequestRetransmitted.class)).hasSize(1);
        assertThat(east.engine().drops()).containsEntry(DatagramDrop.AWAITING_STATUS, 1L);
        assertThat(east.memory().installedSas()).isEmpty();
        assertThat(east.engine().halfOpen()).isZero();
        scene.peers.pass(Duration.ofSeconds(2));
        scene.peers.assertTunnel();
        assertThat(east.documents().asked()).hasSize(1);
        assertThat(east.events(IkeEvent.IkeSaEstablished.class)).hasSize(1);
    }

    @Test
    void theInitiatorTakesNothingForGoodBeforeItKnows() throws Exception {
        east.documents().put(LIST, Duration.ZERO, scene.list().encoded());
        west.documents().put(LIST, EIGHT_SECONDS, scene.list().encoded());
        scene.start();
        scene.peers.pass(A_SECOND);
        assertThat(east.events(IkeEvent.IkeSaEstablished.class)).hasSize(1);
        assertThat(west.memory().installedSas()).isEmpty();
        east.ikeSa().checkLiveness();
        scene.peers.pass(EIGHT_SECONDS);
        scene.peers.assertTunnel();
        scene.peers.pass(Duration.ofSeconds(30));
        assertThat(east.ikeSa().isEstablished()).isTrue();
        assertThat(west.engine().drops()).containsKey(DatagramDrop.AWAITING_STATUS);
    }

    @Test
    void theInitiatorIsToldToEndMeanwhile() throws Exception {
        east.documents().put(LIST, Duration.ZERO, scene.list().encoded());
        scene.start();
        scene.peers.pass(A_SECOND);
        shutDown(west);
        scene.peers.pass(A_SECOND);
        assertThat(east.engine().ikeSas()).isEmpty();
        shutDown(east);
        scene.peers.pass(Duration.ofSeconds(30));
        scene.peers.assertNothingLeft();
    }

    @Test
    void theResponderIsToldToEndMeanwhile() throws Exception {
        scene.start();
        scene.peers.pass(A_SECOND);
        shutDown(east);
        assertThat(east.engine().ikeSas()).isEmpty();
        shutDown(west);
        scene.peers.pass(Duration.ofMinutes(5));
        scene.peers.assertNothingLeft();
    }

    /** The responder has the SA, gives it up, and says so while the initiator is still waiting. */
    @Test
    void thePeerEndsItMeanwhile() throws Exception {
        east.documents().put(LIST, Duration.ZERO, scene.list().encoded());
        west.documents().put(LIST, EIGHT_SECONDS, scene.list().encoded());
        scene.start();
        scene.peers.pass(A_SECOND);
        shutDown(east);
        scene.peers.pass(Duration.ofSeconds(30));
        assertThat(east.engine().ikeSas()).isEmpty();
        shutDown(west);
        scene.peers.pass(Duration.ofMinutes(5));
        scene.peers.assertNothingLeft();
    }

    /** Whoever comes within a minute is told at once what was found out by the one who waited. */
    @Test
    void aServerThatHasFailedIsLeftAloneForAMinute() throws Exception {
        scene.eastPolicy = RevocationPolicy.STRICT;
        scene.start();
        scene.peers.pass(Duration.ofSeconds(11));
        assertThat(east.events(IkeEvent.NegotiationFailed.class)).hasSize(1);
        int before = west.events(IkeEvent.NegotiationFailed.class).size();
        west.engine().initiate("site");
        scene.peers.pass(A_SECOND);
        assertThat(west.events(IkeEvent.NegotiationFailed.class)).hasSizeGreaterThan(before);
        assertThat(east.documents().asked()).hasSize(1);
        scene.peers.pass(Duration.ofMinutes(1));
        west.engine().initiate("site");
        scene.peers.pass(A_SECOND);
        assertThat(east.documents().asked()).hasSize(2);
    }

    @Test
    void aConnectionThatIsTakenOutOfTheConfigurationWaitsNoLonger() throws Exception {
        scene.start();
        scene.peers.pass(A_SECOND);
        east.engine().load(List.of(), scene.credentials(scene.east, StatusSources.NONE));
        assertThat(east.engine().ikeSas()).isEmpty();
        assertThat(east.events(IkeEvent.NegotiationFailed.class)).isEmpty();
    }

    /** They wait for a server that does not answer: it is asked once, and a tunnel with a shared key is up at once. */
    @Test
    void nobodyElseWaits() throws Exception {
        Crowd crowd = new Crowd(Integer.getInteger("ikebana.crowd", 250));
        crowd.arrive();
        Host gateway = crowd.scene.peers.east;
        assertThat(gateway.engine().ikeSas()).hasSize(crowd.size);
        assertThat(gateway.events(IkeEvent.IkeSaEstablished.class)).isEmpty();
        assertThat(gateway.documents().asked()).extracting(Fetch::uri).containsExactly(LIST);
        crowd.scene.peers.west.engine().want("shared", "net", DesiredState.UP);
        crowd.scene.peers.pass(Duration.ofMillis(45)); // two round trips, and no cookie
        assertThat(gateway.memory().installedSas()).hasSize(2);
        crowd.scene.peers.pass(Duration.ofSeconds(15));
        assertThat(gateway.events(IkeEvent.IkeSaEstablished.class)).hasSize(crowd.size + 1);
        assertThat(gateway.documents().asked()).hasSize(1);
    }

    /** Many initiators on one host, with certificates, and one connection with a shared key. */
    private static final class Crowd {
        private static final int NAMES = 200;

        private final RevocationScene scene = new RevocationScene(IkeSettings.DEFAULT
                .changed()
                .cookieThresholdPerAddress(0)
                .blockThresholdPerAddress(0)
                .build());
        private final int size;

        private Crowd(int size) throws Exception {
            this.size = size;
        }

        private void arrive() throws Exception {
            ConnectionConfig forAll = TwoPeers.eastSite()
                    .with(c -> c.local(RevocationScene.side(RevocationScene.EAST_ID, RevocationPolicy.RELAXED))
                            .remote(RevocationScene.side("%any", RevocationPolicy.RELAXED)))
                    .connection();
            scene.peers
                    .east
                    .engine()
                    .load(
                            List.of(
                                    Site.renamed("certified", forAll),
                                    TwoPeers.eastSite().connection()),
                            scene.credentials(scene.east, StatusSources.NONE));
            scene.peers.west.documents().put(LIST, Duration.ZERO, scene.list().encoded());
            scene.peers.west.engine().load(connections(), credentials());
            for (int i = 0; i < size; i++) {
                scene.peers.west.engine().initiate(name(i));
                scene.peers.pass(Duration.ofMillis(5));
            }
            scene.peers.pass(Duration.ofMillis(100));
        }

        /** Those with certificates are without children, as only the waiting is of interest. */
        private List<ConnectionConfig> connections() throws Exception {
            List<ConnectionConfig> all = new ArrayList<>();
            for (int i = 0; i < size; i++) {
                String own = name(i);
                all.add(Site.renamed(
                        own,
                        TwoPeers.westSite()
                                .with(c -> c.local(RevocationScene.side(own, RevocationPolicy.RELAXED))
                                        .remote(RevocationScene.side(RevocationScene.EAST_ID, RevocationPolicy.RELAXED))
                                        .children(List.of()))
                                .connection()));
            }
            all.add(Site.renamed("shared", TwoPeers.westSite().connection()));
            return all;
        }

        private Credentials credentials() {
            List<Issued> own = new ArrayList<>();
            for (int first = 0; first < size; first += NAMES) {
                GeneralName[] names = IntStream.range(first, first + NAMES)
                        .mapToObj(i -> new GeneralName(GeneralName.dNSName, name(i)))
                        .toArray(GeneralName[]::new);
                own.add(scene.root.issue(
                        "CN=crowd",
                        "P-256",
                        RevocationScene.listAt(LIST)
                                .and(b -> b.addExtension(
                                        Extension.subjectAlternativeName, false, new GeneralNames(names)))));
            }
            return new Credentials(
                    new SharedKeys(List.of(Site.secret("correct horse"))),
                    Ppks.NONE,
                    Certificates.of(
                            List.of(scene.root.certificate()),
                            own.stream().map(Issued::certificate).toList(),
                            own.stream().map(Issued::key).toList()));
        }

        private static String name(int number) {
            return "w" + number + ".example.org";
        }
    }

    private static void shutDown(Host host) {
        host.engine().shutdown(() -> {});
    }
}
