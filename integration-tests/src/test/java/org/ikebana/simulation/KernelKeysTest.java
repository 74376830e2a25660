package org.ikebana.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ikebana.simulation.TwoPeers.eastSite;
import static org.ikebana.simulation.TwoPeers.westSite;

import java.time.Duration;
import org.ikebana.ike.connection.StartAction;
import org.ikebana.ike.kernel.Direction;
import org.ikebana.ike.kernel.Mark;
import org.ikebana.ike.kernel.SecurityAssociation;
import org.ikebana.ike.wire.IntegId;
import org.junit.jupiter.api.Test;

/** What is not negotiated, and shows in the SAs of this end's kernel alone. */
class KernelKeysTest {
    private final TwoPeers peers = new TwoPeers();

    KernelKeysTest() throws Exception {}

    private SecurityAssociation sa(Host host, Direction direction) {
        return host.memory().installedSas().stream()
                .filter(sa -> sa.direction() == direction)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void sha256IsTruncatedTo96BitsWhereThatIsWanted() throws Exception {
        Site west = westSite()
                .proposing("aes256-sha256-x25519", "aes256-sha256")
                .starting(StartAction.START)
                .withChild(child -> child.sha256At96(true));
        peers.load(west, eastSite().proposing("aes256-sha256-x25519", "aes256-sha256"));
        peers.pass(Duration.ofSeconds(1));
        assertThat(integrity(peers.west, Direction.OUT)).isEqualTo(IntegId.HMAC_SHA2_256_96);
        assertThat(integrity(peers.west, Direction.IN)).isEqualTo(IntegId.HMAC_SHA2_256_96);
        assertThat(integrity(peers.east, Direction.IN)).isEqualTo(IntegId.HMAC_SHA2_256_128);
    }

    private int integrity(Host host, Direction direction) {
        return sa(host, direction)
                .algorithms()
                .integrity()
                .orElseThrow()
                .transform()
                .id();
    }

    @Test
    void theInboundSaHasItsMarkWhereThatIsWanted() throws Exception {
        Mark mark = new Mark(5, 0xff);
        Site west = westSite()
                .starting(StartAction.START)
                .withChild(child -> child.markIn(mark).markInSa(true));
        peers.load(west, eastSite());
        peers.pass(Duration.ofSeconds(1));
        assertThat(sa(peers.west, Direction.IN).key().mark()).isEqualTo(mark);

        peers.west.ikeSa().childSas().forEach(peers.west.ikeSa()::rekeyChild);
        peers.pass(Duration.ofSeconds(1));
        assertThat(peers.west.ikeSa().childSas()).hasSize(1);
        assertThat(peers.west.memory().installedSas())
                .filteredOn(sa -> sa.direction() == Direction.IN)
                .allMatch(sa -> sa.key().mark().equals(mark));
        peers.west.engine().shutdown(() -> {});
        peers.pass(Duration.ofSeconds(1));
        assertThat(peers.west.memory().installedSas()).isEmpty();
    }
}
