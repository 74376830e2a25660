package org.ikebana.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ikebana.simulation.EapTest.line;
import static org.ikebana.simulation.TwoPeers.eastSite;
import static org.ikebana.simulation.TwoPeers.westSite;

import java.time.Duration;
import java.util.List;
import org.ikebana.ike.auth.Identity;
import org.ikebana.ike.connection.AuthConfig;
import org.ikebana.ike.connection.AuthConfig.Method;
import org.ikebana.ike.connection.ConnectionConfig;
import org.ikebana.ike.connection.SelectorSpec;
import org.ikebana.ike.connection.StartAction;
import org.ikebana.ike.connection.UniquePolicy;
import org.ikebana.ike.event.IkeEvent;
import org.junit.jupiter.api.Test;

/** NULL authentication (RFC 7619): west does not say who it is. East proves itself with a shared key. */
class NullAuthTest {
    private static final AuthConfig NOBODY = new AuthConfig(Method.NULL, Identity.ANY);
    private static final SelectorSpec ITS_ADDRESS = new SelectorSpec.Dynamic(0, 0, 65535);

    private final TwoPeers peers = new TwoPeers();

    NullAuthTest() throws Exception {}

    @Test
    void whereTheConfigurationAsksForIt() throws Exception {
        load(
                nobodyAtWest().starting(StartAction.START).connection(),
                nobodyAtEast().connection());
        peers.assertTunnel();
        assertThat(peers.east.events(IkeEvent.IkeSaEstablished.class).getFirst().remoteId())
                .isEqualTo(Identity.NULL);
    }

    @Test
    void neverInTheStead() throws Exception {
        load(nobodyAtWest().starting(StartAction.START).connection(), eastSite().connection());
        assertThat(line(peers.east)).contains("no connection is meant for peer {13}:#: site is for 192.0.2.1");
        assertThat(peers.east.memory().installedSas()).isEmpty();
    }

    /** RFC 7619 2.2: whoever it says it is. */
    @Test
    void neverUnderAName() throws Exception {
        AuthConfig named =
                new AuthConfig(Method.NULL, westSite().connection().local().id());
        load(
                nobodyAtWest()
                        .with(c -> c.local(named))
                        .starting(StartAction.START)
                        .connection(),
                eastSite().connection());
        assertThat(line(peers.east))
                .contains("asks for a shared key, the peer proves itself by no authentication (auth = null)");
    }

    /** And nobody who does authenticate comes in by it. */
    @Test
    void neverForOthers() throws Exception {
        load(westSite().starting(StartAction.START).connection(), nobodyAtEast().connection());
        assertThat(line(peers.west)).contains("the peer accepts only NULL (method 13), and local.auth = psk");
    }

    /** East would not take the answer of a gateway that does not prove itself. */
    @Test
    void neverAsAnAnswer() throws Exception {
        load(
                westSite().starting(StartAction.START).connection(),
                eastSite().with(c -> c.local(NOBODY)).connection());
        assertThat(line(peers.west)).contains("the peer is {13}:#, the configuration wants 192.0.2.2");
    }

    /** RFC 7619 3.3: its address is that of hosts behind a gateway that authenticates. */
    @Test
    void takesNothingFromThoseWhoAuthenticate() throws Exception {
        ConnectionConfig sites = Site.of(TwoPeers.EAST, "198.51.100.9", "10.2.0.0/16", "192.0.2.0/24")
                .connection();
        ConnectionConfig named = EapTest.named("authenticated", sites);
        peers.east.load(List.of(Site.secret("correct horse")), nobodyAtEast().connection(), named);
        peers.west.load(
                List.of(Site.secret("correct horse")),
                nobodyAtWest().starting(StartAction.START).connection());
        peers.pass(Duration.ofSeconds(1));
        assertThat(line(peers.east)).contains("the peer's address is in remote_ts of authenticated, which does");
        assertThat(peers.east.memory().installedSas()).isEmpty();
    }

    /** RFC 7619 2.5. */
    @Test
    void getsNoMoreThanItsOwnAddress() throws Exception {
        load(
                nobodyAtWest().starting(StartAction.START).connection(),
                eastSite().with(c -> c.remote(NOBODY)).connection());
        assertThat(line(peers.east)).contains("has remote_ts other than dynamic");
    }

    /** RFC 7619 2.3: with INITIAL_CONTACT and all. */
    @Test
    void takesNobodysPlace() throws Exception {
        load(
                nobodyAtWest().starting(StartAction.START).connection(),
                nobodyAtEast().unique(UniquePolicy.REPLACE).connection());
        peers.restart(true, org.ikebana.ike.connection.IkeSettings.DEFAULT);
        peers.west.load(
                List.of(Site.secret("correct horse")),
                nobodyAtWest().starting(StartAction.START).connection());
        peers.pass(Duration.ofSeconds(30));
        assertThat(peers.east.events(IkeEvent.IkeSaEstablished.class)).hasSize(2);
        assertThat(peers.east.events(IkeEvent.IkeSaClosed.class)).isEmpty();
    }

    private void load(ConnectionConfig west, ConnectionConfig east) throws Exception {
        peers.east.load(List.of(Site.secret("correct horse")), east);
        peers.west.load(List.of(Site.secret("correct horse")), west);
        peers.pass(Duration.ofSeconds(1));
    }

    private static Site nobodyAtWest() {
        return westSite().with(c -> c.local(NOBODY)).withChild(c -> c.localSelectors(List.of(ITS_ADDRESS)));
    }

    private static Site nobodyAtEast() {
        return eastSite().with(c -> c.remote(NOBODY)).withChild(c -> c.remoteSelectors(List.of(ITS_ADDRESS)));
    }
}
