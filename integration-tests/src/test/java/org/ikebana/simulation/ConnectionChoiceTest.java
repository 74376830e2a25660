package org.ikebana.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ikebana.simulation.TwoPeers.eastSite;
import static org.ikebana.simulation.TwoPeers.westSite;

import java.time.Duration;
import java.util.List;
import org.ikebana.ike.connection.AddressSpec;
import org.ikebana.ike.connection.ConnectionConfig;
import org.ikebana.ike.connection.StartAction;
import org.ikebana.ike.event.IkeEvent;
import org.ikebana.ike.sa.IkeSa;
import org.junit.jupiter.api.Test;

/** Several connections fit the peer's address: which one is meant shows in IKE_AUTH (RFC 7296 2.15). */
class ConnectionChoiceTest {
    private final TwoPeers peers = new TwoPeers();

    ConnectionChoiceTest() throws Exception {}

    private void load(ConnectionConfig... ofEast) throws Exception {
        peers.east.load(List.of(Site.secret("correct horse")), ofEast);
        peers.west.load(
                List.of(Site.secret("correct horse")),
                westSite()
                        .identified("west.example", "east.example")
                        .starting(StartAction.START)
                        .connection());
        peers.pass(Duration.ofSeconds(1));
    }

    private static ConnectionConfig named(String name, Site site) throws Exception {
        return site.connection().changed().name(name).build();
    }

    private String chosen() {
        return peers.east.engine().ikeSas().stream()
                .filter(IkeSa::isEstablished)
                .flatMap(sa -> sa.connection().stream())
                .map(ConnectionConfig::name)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theIdentityDecidesAmongThoseOfOneAddress() throws Exception {
        load(
                named("first", eastSite().identified("east.example", "somebody.example")),
                named("second", eastSite().identified("other.example", "west.example")),
                named("third", eastSite().identified("east.example", "west.example")));

        assertThat(chosen()).isEqualTo("third");
        peers.assertTunnel();
    }

    @Test
    void theNearestAddressDecidesWhereTheIdentitiesFitAll() throws Exception {
        Site fits = eastSite().identified("east.example", "west.example");
        load(
                named("anybody", fits.with(c -> c.remoteAddresses(List.of(new AddressSpec.Any())))),
                named(
                        "range",
                        fits.with(c ->
                                c.remoteAddresses(List.of(new AddressSpec.Range(Scenario.WEST, Scenario.WEST_AWAY))))),
                named("exact", fits));

        assertThat(chosen()).isEqualTo("exact");
    }

    @Test
    void theClosestIdentityDecidesWhereTheAddressesAreTheSame() throws Exception {
        load(
                named("anybody", eastSite().identified("east.example", "%any")),
                named("pattern", eastSite().identified("east.example", "*.example")),
                named("itself", eastSite().identified("east.example", "west.example")),
                named("again", eastSite().identified("east.example", "west.example")));

        assertThat(chosen()).isEqualTo("itself");
    }

    @Test
    void whoFitsNoneIsRefused() throws Exception {
        load(
                named("first", eastSite().identified("east.example", "somebody.example")),
                named("second", eastSite().identified("other.example", "west.example")));

        assertThat(peers.east.engine().ikeSas()).noneMatch(IkeSa::isEstablished);
        assertThat(peers.east.events(IkeEvent.NegotiationFailed.class)).isNotEmpty();
        assertThat(peers.east
                        .events(IkeEvent.NegotiationFailed.class)
                        .getFirst()
                        .failure()
                        .sentence())
                .contains("first is for somebody.example")
                .contains("second is ours as other.example");
    }
}
