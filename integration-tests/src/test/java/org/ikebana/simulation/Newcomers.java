package org.ikebana.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.ikebana.ike.connection.IkeSettings;
import org.ikebana.ike.connection.StartAction;
import org.ikebana.ike.event.IkeEvent;

/** Honest peers, each with an address and a network of its own, who come to a gateway one after the other. */
final class Newcomers {
    static final int COUNT = 20;

    /** Two round trips, of 20 ms each: with no cookie, and nothing repeated. */
    private static final Duration SERVED = Duration.ofMillis(45);

    private final TwoPeers peers;
    private final List<Host> hosts = new ArrayList<>();
    private int served;

    /** To east of these. */
    Newcomers(TwoPeers peers) {
        this.peers = peers;
        for (int i = 0; i < COUNT; i++) {
            InetAddress address = InetAddress.ofLiteral(site(i).local());
            hosts.add(new Host(peers.time, peers.network, address, 10 + i, IkeSettings.DEFAULT));
        }
    }

    static Site site(int number) {
        return FloodedGateway.site("198.51.100." + (1 + number), "10.3." + number + ".0/24");
    }

    /** The first one now. */
    void comeEach(Duration interval) {
        for (int i = 0; i < COUNT; i++) {
            int number = i;
            peers.time.schedule(interval.multipliedBy(i), () -> come(number));
        }
    }

    private void come(int number) {
        Host host = hosts.get(number);
        Instant begun = peers.time.now();
        host.onEvent(event -> {
            boolean isInTime = Duration.between(begun, peers.time.now()).compareTo(SERVED) <= 0;
            served += event instanceof IkeEvent.ChildSaEstablished && isInTime ? 1 : 0;
        });
        try {
            host.load(
                    List.of(Site.secret("correct horse")),
                    site(number).starting(StartAction.START).connection());
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    int ikeSas() {
        return hosts.stream().mapToInt(host -> host.engine().ikeSas().size()).sum();
    }

    void assertServed() {
        assertThat(served).as("those served within " + SERVED).isEqualTo(COUNT);
        hosts.forEach(host -> assertTunnel(host, peers.east));
    }

    /** What a peer has installed is at the gateway as well, and it has had no trouble. */
    static void assertTunnel(Host peer, Host gateway) {
        assertThat(peer.ikeSa().childSas()).hasSize(1);
        assertThat(peer.memory().installedSas())
                .hasSize(2)
                .allSatisfy(sa -> assertThat(gateway.memory().installedSas())
                        .anyMatch(other -> other.key().equals(sa.key())));
        assertThat(peer.events(IkeEvent.RequestRetransmitted.class)).isEmpty();
        assertThat(peer.events(IkeEvent.IkeSaClosed.class)).isEmpty();
    }
}
