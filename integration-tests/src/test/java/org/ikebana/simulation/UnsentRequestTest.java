package org.ikebana.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ikebana.simulation.TwoPeers.eastSite;
import static org.ikebana.simulation.TwoPeers.westSite;

import java.time.Duration;
import java.util.List;
import org.ikebana.ike.connection.StartAction;
import org.ikebana.ike.engine.DesiredState;
import org.ikebana.ike.event.IkeEvent;
import org.ikebana.ike.sa.ChildSa;
import org.ikebana.kernel.model.Errno;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A request waits while the IKE SA is rekeyed, and when its turn comes on the new one the kernel has no SPI for it: it is the
 * new IKE SA that tries again.
 */
class UnsentRequestTest {
    private static final Duration A_WHILE = Duration.ofMinutes(3);

    private final TwoPeers peers = new TwoPeers();

    UnsentRequestTest() throws Exception {}

    @BeforeEach
    void up() throws Exception {
        peers.east.load(
                List.of(Site.secret("correct horse")),
                eastSite()
                        .connection(
                                eastSite().child("net", "10.2.0.0/16", "10.1.0.0/16"),
                                eastSite().child("other", "10.4.0.0/16", "10.3.0.0/16")));
        peers.west.load(
                List.of(Site.secret("correct horse")),
                westSite()
                        .connection(
                                westSite().starting(StartAction.START).child("net", "10.1.0.0/16", "10.2.0.0/16"),
                                westSite().child("other", "10.3.0.0/16", "10.4.0.0/16")));
        peers.pass(Duration.ofSeconds(1));
        assertThat(peers.west.ikeSa().childSas()).hasSize(1);
    }

    @Test
    void aFurtherChild() throws Exception {
        peers.west.ikeSa().rekey();
        peers.west.engine().want("site", "other", DesiredState.UP);
        peers.west.memory().faults().refuseSpi(Errno.ENOENT);
        peers.pass(A_WHILE);

        assertRefusedOnTheNewIkeSa();
        assertThat(names()).containsExactlyInAnyOrder("net", "other");
        assertThat(peers.east.ikeSa().childSas()).hasSize(2);
    }

    @Test
    void aRekeyOfAChild() throws Exception {
        var before = peers.west.ikeSa().childSas().getFirst().inbound();
        peers.west.ikeSa().rekey();
        peers.west.rekeyChild();
        peers.west.memory().faults().refuseSpi(Errno.ENOENT);
        peers.pass(A_WHILE);

        assertRefusedOnTheNewIkeSa();
        assertThat(peers.west.ikeSa().childSas())
                .singleElement()
                .extracting(ChildSa::inbound)
                .isNotEqualTo(before);
    }

    private void assertRefusedOnTheNewIkeSa() {
        assertThat(peers.west.events(IkeEvent.NegotiationFailed.class))
                .singleElement()
                .extracting(failed -> failed.ikeSa().toString())
                .isEqualTo(peers.west.ikeSa().name().toString());
    }

    private List<String> names() {
        return peers.west.ikeSa().childSas().stream()
                .map(child -> child.config().name())
                .toList();
    }
}
