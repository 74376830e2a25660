package org.ikebana.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.ikebana.simulation.FloodedGateway.FLOOD;

import java.net.InetAddress;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.ikebana.ike.connection.IkeSettings;
import org.ikebana.ike.engine.Counters;
import org.ikebana.ike.event.DatagramDrop;
import org.ikebana.ike.event.IkeEvent;
import org.ikebana.ike.wire.DeletePayload;
import org.ikebana.ike.wire.ExchangeType;
import org.ikebana.ike.wire.NotifyPayload;
import org.ikebana.ike.wire.NotifyType;
import org.ikebana.ike.wire.Octets;
import org.ikebana.ike.wire.Payload;
import org.ikebana.ike.wire.ProtocolId;
import org.junit.jupiter.api.Test;

/**
 * A peer that has proved who it is has INFORMATIONAL exchanges without end (RFC 7296 1.4): as many are answered as may be, and none
 * leaves anything.
 */
class EndlessInformationalTest {
    private static final InetAddress INSIDER = InetAddress.ofLiteral("203.0.113.66");

    /** Of private use, in the ranges of errors and of statuses (RFC 7296 3.10.1). */
    private static final int UNKNOWN_ERROR = 9_000;

    private static final int UNKNOWN_STATUS = 50_000;

    /** Requests of an IKE SA that are not counted. */
    private static final int FIRST = 10;

    /** What the limit lets through in the time of a flood. */
    private static final int MOST = FIRST + 1_000 + IkeSettings.DEFAULT.requestLimit() * FLOOD / 1_000;

    /** Header, IV, a payload's header and the check value: what an empty answer takes. */
    private static final int EMPTY_ANSWER = 64;

    private final Site site = FloodedGateway.site("203.0.113.66", "10.4.0.0/24");
    private final FloodedGateway gateway = new FloodedGateway(TwoPeers.westSite(), site);
    private final HostilePeer insider;

    EndlessInformationalTest() throws Exception {
        insider = gateway.insider(site);
    }

    @Test
    void emptyOnes() throws Exception {
        flood(i -> List.of());
    }

    @Test
    void notifiesThatNobodyKnows() throws Exception {
        flood(i -> IntStream.range(0, 50)
                .<Payload>mapToObj(
                        n -> NotifyPayload.of((n % 2 == 0 ? UNKNOWN_ERROR : UNKNOWN_STATUS) + n, Octets.ofInt(i)))
                .toList());
    }

    @Test
    void asLargeAsADatagramMayBe() throws Exception {
        Octets much = Octets.wrap(new byte[65_000]);
        flood(i -> i % 10 == 0 ? List.of(NotifyPayload.of(UNKNOWN_STATUS, much)) : List.of());
    }

    /** All of them of SPIs that the peer does not have. */
    @Test
    void deletesOfNothing() throws Exception {
        flood(i -> List.of(new DeletePayload(ProtocolId.ESP, Collections.nCopies(100, Octets.ofInt(0xc0000000 + i)))));
    }

    /** Each is sooner than the one before, whose timer goes (RFC 4478 3). */
    @Test
    void lifetimes() throws Exception {
        flood(i -> List.of(NotifyPayload.of(NotifyType.AUTH_LIFETIME, Octets.ofInt(100_000 - i))));
    }

    /** With another IKE SA it is the same peer all the same: only what has been saved up meanwhile is answered. */
    @Test
    void whatItsNextIkeSaMayAskForIsNoMore() throws Exception {
        gateway.flood(i -> ask(List.of()));
        HostilePeer next = insider.rekey();
        long answered = gateway.count(Counters.Kind.INFO_OUT_RESP);
        for (int i = 0; i < FLOOD; i++) {
            next.say(ExchangeType.INFORMATIONAL);
        }

        assertThat(gateway.count(Counters.Kind.INFO_OUT_RESP) - answered)
                .isBetween((long) FIRST, (long) FIRST + IkeSettings.DEFAULT.requestLimit());
    }

    private void flood(IntFunction<List<Payload>> one) throws Exception {
        gateway.flood(i -> ask(one.apply(i)));

        gateway.assertHonestPeersWereServed();
        long answered = gateway.count(Counters.Kind.INFO_OUT_RESP);
        assertThat(answered).isBetween(MOST - 3L, (long) MOST);
        assertThat(gateway.count(Counters.Kind.INFO_IN_REQ)).isEqualTo(answered);
        assertThat(gateway.drops(DatagramDrop.REQUEST_LIMIT)).isEqualTo(FLOOD - answered);
        assertThat(gateway.repliesTo(INSIDER))
                .hasSize((int) answered)
                .allMatch(reply -> reply.payload().length <= EMPTY_ANSWER);
        assertThat(gateway.peers.east.events(IkeEvent.Warning.class))
                .singleElement()
                .matches(warning -> warning.toString().contains("request_limit = 100"));
        insider.say(ExchangeType.INFORMATIONAL, DeletePayload.ofIke());
        gateway.peers.pass(Duration.ofSeconds(1));
        gateway.assertIsAs(new FloodedGateway(TwoPeers.westSite(), site));
    }

    /** One more request, which is said again as long as it is not answered. */
    private void ask(List<Payload> payloads) {
        long answered = gateway.count(Counters.Kind.INFO_OUT_RESP);
        insider.say(ExchangeType.INFORMATIONAL, payloads.toArray(Payload[]::new));
        if (gateway.count(Counters.Kind.INFO_OUT_RESP) == answered) {
            insider.sayAgain();
        }
    }
}
