package org.ikebana.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ikebana.simulation.TwoPeers.eastSite;
import static org.ikebana.simulation.TwoPeers.westSite;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import org.ikebana.ike.connection.AddressSpec;
import org.ikebana.ike.connection.StartAction;
import org.ikebana.ike.event.IkeEvent;
import org.junit.jupiter.api.Test;

/** {@code remote_addrs} is a name, which is looked up anew at every attempt (AOSP: DNS failure and retry). */
class NameResolutionTest {
    private static final String NAME = "east.example";
    private static final InetAddress EAST = InetAddress.ofLiteral(TwoPeers.EAST);
    private static final InetAddress NOBODY = InetAddress.ofLiteral("192.0.2.77");

    private final TwoPeers peers = new TwoPeers();

    NameResolutionTest() throws Exception {}

    private void load() throws Exception {
        peers.load(
                westSite()
                        .starting(StartAction.START)
                        .with(c -> c.remoteAddresses(List.of(new AddressSpec.Name(NAME)))),
                eastSite());
    }

    @Test
    void aNameWithoutAnAddressIsLookedUpAgain() throws Exception {
        load();
        peers.pass(Duration.ofMinutes(3));
        assertThat(peers.west.engine().ikeSas()).isEmpty();
        assertThat(peers.west.events(IkeEvent.RetryScheduled.class)).hasSizeGreaterThan(2);
        assertThat(peers.west.events(IkeEvent.Warning.class))
                .anySatisfy(warning -> assertThat(warning.text()).contains("the name east.example has no address now"));

        peers.west.name(NAME, EAST);
        peers.pass(Duration.ofMinutes(3));

        peers.assertTunnel();
    }

    @Test
    void anotherAddressIsFoundWhenTheFirstDoesNotAnswer() throws Exception {
        peers.west.name(NAME, NOBODY);
        load();
        peers.pass(Duration.ofMinutes(2));
        assertThat(peers.west.engine().ikeSas()).noneMatch(sa -> sa.isEstablished());

        peers.west.name(NAME, EAST);
        peers.pass(Duration.ofMinutes(5));

        peers.assertTunnel();
    }

    /** {@code remote_addrs} has several, and a name among them. */
    @Test
    void severalAddressesAreTriedInTurn() throws Exception {
        peers.west.name("nobody.example", InetAddress.ofLiteral("192.0.2.78"));
        peers.load(
                westSite()
                        .starting(StartAction.START)
                        .with(c -> c.remoteAddresses(List.of(
                                new AddressSpec.Exact(NOBODY),
                                new AddressSpec.Name("nobody.example"),
                                new AddressSpec.Exact(EAST)))),
                eastSite());
        peers.pass(Duration.ofMinutes(10));

        peers.assertTunnel();
        assertThat(peers.west.events(IkeEvent.IkeSaInitiating.class))
                .extracting(begun -> begun.remote().getAddress().getHostAddress())
                .containsExactly("192.0.2.77", "192.0.2.78", TwoPeers.EAST);
    }

    /** Two children that ask in turn do not keep each other at the same address. */
    @Test
    void soTheyAreWithSeveralChildren() throws Exception {
        Site west = westSite()
                .starting(StartAction.START)
                .with(c -> c.remoteAddresses(List.of(new AddressSpec.Exact(NOBODY), new AddressSpec.Exact(EAST))));
        Site east = eastSite();
        peers.east.load(
                List.of(Site.secret("correct horse")),
                east.connection(
                        east.child("one", "10.2.0.0/24", "10.1.0.0/24"),
                        east.child("two", "10.2.1.0/24", "10.1.1.0/24")));
        peers.west.load(
                List.of(Site.secret("correct horse")),
                west.connection(
                        west.child("one", "10.1.0.0/24", "10.2.0.0/24"),
                        west.child("two", "10.1.1.0/24", "10.2.1.0/24")));
        peers.pass(Duration.ofMinutes(10));

        assertThat(peers.west.ikeSa().childSas()).hasSize(2);
        assertThat(peers.west.events(IkeEvent.IkeSaInitiating.class)).hasSize(2);
    }

    @Test
    void aPeerThatHasMovedIsFoundByItsNameOnceItIsMissed() throws Exception {
        InetAddress moved = InetAddress.ofLiteral("192.0.2.9");
        peers.west.name(NAME, EAST);
        peers.load(
                westSite()
                        .starting(StartAction.START)
                        .checkingEvery(Duration.ofSeconds(20))
                        .with(c -> c.remoteAddresses(List.of(new AddressSpec.Name(NAME)))),
                eastSite().everywhere());
        peers.pass(Duration.ofSeconds(1));
        peers.assertTunnel();

        peers.east.moveTo(moved);
        peers.west.name(NAME, moved);
        peers.pass(Duration.ofMinutes(6));

        assertThat(peers.west.ikeSa().endpoints().remote().getAddress()).isEqualTo(moved);
        assertThat(Flow.passesBothWays(peers)).isTrue();
    }
}
