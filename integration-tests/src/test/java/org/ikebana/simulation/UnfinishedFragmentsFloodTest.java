package org.ikebana.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ikebana.simulation.FloodedGateway.FLOOD;

import java.net.InetAddress;
import java.time.Duration;
import java.util.function.IntUnaryOperator;
import org.ikebana.ike.event.DatagramDrop;
import org.ikebana.ike.wire.DeletePayload;
import org.ikebana.ike.wire.EncryptedFragmentPayload;
import org.ikebana.ike.wire.ExchangeType;
import org.ikebana.ike.wire.Octets;
import org.junit.jupiter.api.Test;

/** A peer that has proved who it is sends fragments without end, and never a first one: no message comes of them (RFC 7383 2.6). */
class UnfinishedFragmentsFloodTest {
    private static final InetAddress INSIDER = InetAddress.ofLiteral("203.0.113.66");
    private static final int MOST = 128;
    private static final byte[] PART = new byte[400];

    /** Longer than the rest of a message is waited for: as long as a peer repeats a request. */
    private static final Duration PATIENCE = Duration.ofMinutes(3);

    private final Site site = FloodedGateway.site("203.0.113.66", "10.4.0.0/24");
    private final FloodedGateway gateway = new FloodedGateway(TwoPeers.westSite(), site);
    private final HostilePeer insider;

    UnfinishedFragmentsFloodTest() throws Exception {
        insider = gateway.insider(site);
    }

    /** Each is kept once, and forgotten in time: then it is wanted again. */
    @Test
    void ofOneMessage() throws Exception {
        flood(i -> 2 + i % (MOST - 1), MOST);
        say(2, MOST);
        assertThat(gateway.drops(DatagramDrop.UNWANTED_FRAGMENT)).isEqualTo(FLOOD - (MOST - 1) + 1);

        gateway.peers.pass(PATIENCE);
        say(2, MOST);
        assertThat(gateway.drops(DatagramDrop.UNWANTED_FRAGMENT)).isEqualTo(FLOOD - (MOST - 1) + 1);
        assertNothingStays();
    }

    @Test
    void ofAMessageInTooMany() throws Exception {
        flood(i -> 2 + i, 0xffff);

        assertThat(gateway.drops(DatagramDrop.UNWANTED_FRAGMENT)).isEqualTo(FLOOD);
        assertNothingStays();
    }

    private void flood(IntUnaryOperator number, int total) throws Exception {
        gateway.flood(i -> say(number.applyAsInt(i), total));
        gateway.assertHonestPeersWereServed();
        assertThat(gateway.repliesTo(INSIDER)).isEmpty();
    }

    private void say(int number, int total) {
        EncryptedFragmentPayload payload = new EncryptedFragmentPayload(0, number, total, Octets.EMPTY);
        insider.sayFragment(ExchangeType.INFORMATIONAL, payload, PART);
    }

    /** The peer may say the same request whole, and leaves nothing when it goes. */
    private void assertNothingStays() throws Exception {
        insider.say(ExchangeType.INFORMATIONAL);
        assertThat(gateway.repliesTo(INSIDER)).hasSize(1);
        insider.say(ExchangeType.INFORMATIONAL, DeletePayload.ofIke());
        gateway.peers.pass(Duration.ofSeconds(1));
        gateway.assertIsAs(new FloodedGateway(TwoPeers.westSite(), site));
    }
}
