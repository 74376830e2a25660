package org.ikebana.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import org.ikebana.ike.connection.IkeSettings;
import org.ikebana.ike.kernel.Direction;
import org.ikebana.ike.kernel.SecurityAssociation;
import org.ikebana.kernel.model.VirtualClock;

/** Two hosts on one network, west and east. */
final class TwoPeers {
    static final String WEST = "192.0.2.1";
    static final String EAST = "192.0.2.2";

    final VirtualClock time = new VirtualClock();
    final Network network = new Network(time);
    private int restarts;
    Host west;
    Host east;

    TwoPeers() throws Exception {
        this(IkeSettings.DEFAULT);
    }

    TwoPeers(IkeSettings settings) throws Exception {
        this(settings, settings);
    }

    TwoPeers(IkeSettings ofWest, IkeSettings ofEast) throws Exception {
        west = new Host(time, network, InetAddress.getByName(WEST), 1, ofWest);
        east = new Host(time, network, InetAddress.getByName(EAST), 2, ofEast);
    }

    /** Its daemon is killed and a fresh one started, which has nothing loaded; its kernel is flushed. */
    void restart(boolean ofWest, IkeSettings settings) throws Exception {
        Host before = ofWest ? west : east;
        before.kill();
        before.memory().flush();
        Host fresh = new Host(time, network, InetAddress.getByName(ofWest ? WEST : EAST), ++restarts + 2, settings);
        if (ofWest) {
            west = fresh;
        } else {
            east = fresh;
        }
    }

    static Site westSite() {
        return Site.of(WEST, EAST, "10.1.0.0/16", "10.2.0.0/16");
    }

    static Site eastSite() {
        return Site.of(EAST, WEST, "10.2.0.0/16", "10.1.0.0/16");
    }

    /** Loads both with the same secret; the responder first. */
    void load(Site westSite, Site eastSite) throws Exception {
        east.load(List.of(Site.secret("correct horse")), eastSite.connection());
        west.load(List.of(Site.secret("correct horse")), westSite.connection());
    }

    void pass(Duration duration) {
        time.advance(duration);
    }

    /** One pair of SAs, the same keys crosswise in both kernels. */
    void assertTunnel() {
        SecurityAssociation westOut = only(west, Direction.OUT);
        SecurityAssociation eastIn = only(east, Direction.IN);
        SecurityAssociation eastOut = only(east, Direction.OUT);
        SecurityAssociation westIn = only(west, Direction.IN);
        assertSame(westOut, eastIn);
        assertSame(eastOut, westIn);
    }

    /** Nothing of ours in either kernel, and nobody half-open. */
    void assertNothingLeft() throws Exception {
        for (Host host : List.of(west, east)) {
            assertThat(host.memory().snapshot().sas()).isEmpty();
            assertThat(host.memory().snapshot().policies()).isEmpty();
            assertThat(host.engine().ikeSas()).isEmpty();
            assertThat(host.engine().halfOpen()).isZero();
        }
    }

    private static void assertSame(SecurityAssociation out, SecurityAssociation in) {
        assertThat(out.key().spi()).isEqualTo(in.key().spi());
        assertThat(out.algorithms()).isEqualTo(in.algorithms());
        assertThat(out.mode()).isEqualTo(in.mode());
    }

    private static SecurityAssociation only(Host host, Direction direction) {
        List<SecurityAssociation> found = host.memory().installedSas().stream()
                .filter(sa -> sa.direction() == direction)
                .toList();
        assertThat(found).hasSize(1);
        return found.getFirst();
    }
}
