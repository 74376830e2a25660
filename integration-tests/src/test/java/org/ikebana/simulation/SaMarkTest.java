package org.ikebana.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ikebana.simulation.TwoPeers.eastSite;
import static org.ikebana.simulation.TwoPeers.westSite;

import java.time.Duration;
import java.util.Optional;
import org.ikebana.ike.connection.StartAction;
import org.ikebana.ike.kernel.Direction;
import org.ikebana.ike.kernel.Mark;
import org.ikebana.ike.kernel.SaOptions;
import org.ikebana.ike.kernel.SecurityAssociation;
import org.junit.jupiter.api.Test;

/** What a child asks for besides what is negotiated: {@code set_mark_in}, {@code set_mark_out}, {@code hw_offload}. */
class SaMarkTest {
    private static final SaOptions.Offload CARD =
            new SaOptions.Offload(SaOptions.Offload.OF_ADDRESS, SaOptions.Offload.Kind.CRYPTO, false);

    private final TwoPeers peers = new TwoPeers();

    SaMarkTest() throws Exception {}

    @Test
    void eachSaOfEachPairHasWhatItsDirectionIsTo() throws Exception {
        peers.load(
                westSite()
                        .starting(StartAction.START)
                        .withChild(c -> c.setMarkIn(new Mark(1, 0xff))
                                .setMarkOut(new Mark(2, -1))
                                .offload(Optional.of(CARD))),
                eastSite());
        peers.pass(Duration.ofSeconds(1));
        assertOptions();

        peers.east.rekeyChild();
        peers.pass(Duration.ofSeconds(10));
        peers.assertTunnel();
        assertOptions();
    }

    private void assertOptions() {
        assertThat(options(peers.west, Direction.IN)).isEqualTo(SaOptions.of(new Mark(1, 0xff), Optional.of(CARD)));
        assertThat(options(peers.west, Direction.OUT)).isEqualTo(SaOptions.of(new Mark(2, -1), Optional.of(CARD)));
        assertThat(options(peers.east, Direction.IN)).isEqualTo(SaOptions.NONE);
    }

    private static SaOptions options(Host host, Direction direction) {
        return host.memory().installedSas().stream()
                .filter(sa -> sa.direction() == direction)
                .map(SecurityAssociation::options)
                .findFirst()
                .orElseThrow();
    }
}
