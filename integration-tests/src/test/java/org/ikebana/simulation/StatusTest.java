package org.ikebana.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.ikebana.ike.engine.Counters.Kind;
import org.ikebana.ike.engine.SaObserver;
import org.ikebana.ike.sa.ChildSa;
import org.ikebana.ike.sa.ChildSaStatus;
import org.ikebana.ike.sa.IkeSa;
import org.ikebana.ike.sa.IkeSaStatus;
import org.junit.jupiter.api.Test;

/** What people and programs are told of SAs: how they are, what has become of them, what has been counted. */
class StatusTest {
    private final Scene scene = Scene.tunnel();
    private final List<String> seen = new ArrayList<>();

    StatusTest() throws Exception {}

    /** Writes down what it hears. */
    private final class Recorder implements SaObserver {
        @Override
        public void ikeSaUp(IkeSa ikeSa) {
            seen.add("up " + ikeSa.name());
        }

        @Override
        public void ikeSaDown(IkeSa ikeSa) {
            seen.add("down " + status(scene.peers.west, ikeSa).name());
        }

        @Override
        public void ikeSaRekeyed(IkeSa old, IkeSa fresh) {
            seen.add(old.name() + " goes on as " + fresh.name());
        }

        @Override
        public void childSaUp(IkeSa ikeSa, ChildSa child) {
            seen.add("up " + child);
        }

        @Override
        public void childSaDown(IkeSa ikeSa, ChildSa child) {
            seen.add("down " + child);
        }

        @Override
        public void childSaRekeyed(IkeSa ikeSa, ChildSa old, ChildSa fresh) {
            seen.add(old + " goes on as " + fresh);
        }
    }

    @Test
    void bothEndsSayTheSameOfTheirTunnel() {
        IkeSaStatus west = status(scene.peers.west);
        IkeSaStatus east = status(scene.peers.east);
        assertThat(west.stage()).isEqualTo(IkeSaStatus.Stage.ESTABLISHED);
        assertThat(west.isInitiator()).isNotEqualTo(east.isInitiator());
        assertThat(west.id().initiatorSpi()).isEqualTo(east.id().initiatorSpi());
        assertThat(west.localId()).isEqualTo(east.remoteId()).isPresent();
        assertThat(west.suite()).isEqualTo(east.suite()).isPresent();
        ChildSaStatus ours = west.children().getFirst();
        ChildSaStatus theirs = east.children().getFirst();
        assertThat(ours.stage()).isEqualTo(ChildSaStatus.Stage.INSTALLED);
        assertThat(ours.inbound()).isEqualTo(theirs.outbound());
        assertThat(ours.selectors().local()).isEqualTo(theirs.selectors().remote());
    }

    @Test
    void timeGoesBy() throws Exception {
        Duration gone = Duration.ofSeconds(5);
        Site site = TwoPeers.westSite().with(connection -> connection.rekeyTime(Duration.ofHours(4)));
        Scene rekeyed = Scene.tunnel(site, TwoPeers.eastSite());
        IkeSaStatus before = status(rekeyed.peers.west);
        rekeyed.pass(gone);
        IkeSaStatus after = status(rekeyed.peers.west);
        assertThat(after.age().orElseThrow().minus(before.age().orElseThrow())).isEqualTo(gone);
        assertThat(before.untilRekey().orElseThrow().minus(after.untilRekey().orElseThrow()))
                .isEqualTo(gone);
        assertThat(after.children()
                        .getFirst()
                        .age()
                        .minus(before.children().getFirst().age()))
                .isEqualTo(gone);
        assertThat(after.untilReauthentication()).isEmpty();
    }

    @Test
    void whatBecomesOfSasIsTold() {
        scene.peers.west.engine().observe(new Recorder());
        scene.peers.west.rekeyChild();
        scene.settle();
        assertThat(stages(scene.peers.west))
                .containsExactlyInAnyOrder(ChildSaStatus.Stage.DELETED, ChildSaStatus.Stage.INSTALLED);
        onlyIkeSa(scene.peers.west).rekey();
        scene.settle();
        scene.peers.west.engine().terminate("site");
        scene.settle();
        assertThat(seen)
                .containsExactly(
                        "net{1} goes on as net{2}", "site[1] goes on as site[2]", "down net{2}", "down site[2]");
    }

    @Test
    void messagesAreCounted() {
        scene.peers.west.rekeyChild();
        scene.settle();
        onlyIkeSa(scene.peers.east).rekey();
        scene.settle();
        Map<Kind, Long> west = scene.peers.west.engine().counters().total();
        Map<Kind, Long> east = scene.peers.east.engine().counters().total();
        assertThat(west)
                .containsEntry(Kind.IKE_INIT_OUT_REQ, 1L)
                .containsEntry(Kind.IKE_INIT_IN_RESP, 1L)
                .containsEntry(Kind.IKE_AUTH_OUT_REQ, 1L)
                .containsEntry(Kind.CREATE_CHILD_OUT_REQ, 1L)
                .containsEntry(Kind.CREATE_CHILD_IN_REQ, 1L)
                .containsEntry(Kind.CHILD_REKEY, 1L)
                .containsEntry(Kind.IKE_REKEY_RESP, 1L)
                .containsEntry(Kind.INVALID, 0L);
        assertThat(east)
                .containsEntry(Kind.IKE_INIT_IN_REQ, 1L)
                .containsEntry(Kind.IKE_INIT_OUT_RESP, 1L)
                .containsEntry(Kind.IKE_AUTH_OUT_RESP, 1L)
                .containsEntry(Kind.IKE_REKEY_INIT, 1L);
        assertThat(scene.peers.west.engine().counters().of("site").orElseThrow())
                .isEqualTo(west);

        scene.peers.west.engine().counters().reset();
        assertThat(scene.peers.west.engine().counters().total().values()).containsOnly(0L);
    }

    private static List<ChildSaStatus.Stage> stages(Host host) {
        return status(host).children().stream().map(ChildSaStatus::stage).toList();
    }

    private static IkeSaStatus status(Host host) {
        return status(host, onlyIkeSa(host));
    }

    private static IkeSaStatus status(Host host, IkeSa ikeSa) {
        return host.engine().statusReader().read(ikeSa);
    }

    private static IkeSa onlyIkeSa(Host host) {
        return host.engine().ikeSas().getFirst();
    }
}
