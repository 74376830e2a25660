package org.ikebana.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.ikebana.ike.event.DatagramDrop;
import org.ikebana.ike.event.IkeEvent;
import org.ikebana.ike.kernel.Datagram;
import org.ikebana.ike.sa.IkeSa;
import org.ikebana.ike.task.ExpectedMessageIds;
import org.ikebana.ike.wire.ExchangeType;
import org.ikebana.ike.wire.NotifyPayload;
import org.ikebana.ike.wire.NotifyType;
import org.ikebana.ike.wire.Octets;
import org.ikebana.ike.wire.Payload;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The peer is a cluster, and a member takes over that does not know the last message IDs (RFC 6311). The cluster is made by
 * hand: neither strongSwan nor libreswan can be brought to begin the exchange as Debian packages them; strongSwan's needs its
 * ha plugin and kernel patches.
 *
 * <p>The cluster has sent IKE_AUTH and {@value #FROM_CLUSTER} requests more, we have sent {@value #FROM_US}.
 */
class MessageIdSyncTest {
    private static final int FROM_CLUSTER = 3;
    private static final int FROM_US = 2;
    private static final int NONCE = 0x5eed_0001;

    /** Of the next request from the cluster: IKE_SA_INIT and IKE_AUTH were 0 and 1. */
    private static final int R = 2 + FROM_CLUSTER;

    private static final int S = FROM_US;
    private static final Duration DELAY = Duration.ofSeconds(10);

    private final TwoPeers world = new TwoPeers();
    private final Host host = world.east;
    private final HostilePeer cluster;

    MessageIdSyncTest() throws Exception {
        host.load(
                List.of(Site.secret("correct horse")),
                TwoPeers.eastSite().checkingEvery(DELAY).connection());
        world.network.lose(datagram -> true); // what is sent is heard by the cluster alone
        cluster = HostilePeer.begin(host, world.network, TwoPeers.westSite(), new SeededRandom(6311));
    }

    /** What the new member believes: the ID of its next request, and of our next one. */
    static Stream<Arguments> counters() {
        List<Arguments> all = new ArrayList<>();
        for (int send : new int[] {R, R + 1, R + 5}) {
            for (int receive : new int[] {S - 1, S, S + 4}) {
                all.add(arguments(send, receive));
            }
        }
        return all.stream();
    }

    @ParameterizedTest
    @MethodSource("counters")
    void bothGoOnFromTheHigherNumbers(int send, int receive) throws Exception {
        up(true);
        receive(sync(send, receive));

        HostilePeer.Heard answer = only(cluster.hear());
        assertThat(answer.header().messageId()).isZero();
        assertThat(answer.header().response()).isTrue();
        assertThat(read(answer)).isEqualTo(new ExpectedMessageIds(NONCE, Math.max(receive, S), send));
        assertThat(host.events(IkeEvent.MessageIdsSynchronized.class)).hasSize(1);
        assertNumbers(Math.max(receive, S), send);
    }

    @ParameterizedTest
    @MethodSource("counters")
    void aRepeatedRequestGetsTheSameOctetsAgain(int send, int receive) throws Exception {
        up(true);
        Datagram request = sync(send, receive);
        receive(request);
        byte[] answer = world.network.sent().getFirst().payload();
        world.network.sent().clear();
        receive(request);

        assertThat(world.network.sent())
                .singleElement()
                .satisfies(again -> assertThat(again.payload()).isEqualTo(answer));
        assertThat(host.events(IkeEvent.MessageIdsSynchronized.class)).hasSize(1);
        cluster.hear();
        assertNumbers(Math.max(receive, S), send);
    }

    @ParameterizedTest
    @MethodSource("counters")
    void aReplayedRequestIsIgnored(int send, int receive) throws Exception {
        up(true);
        Datagram request = sync(send, receive);
        receive(request);
        cluster.hear();
        receive(cluster.request(send, ExchangeType.INFORMATIONAL));
        cluster.hear();
        receive(request);

        assertIgnored(DatagramDrop.OUTSIDE_WINDOW);
        assertNumbers(Math.max(receive, S), send + 1);
    }

    @ParameterizedTest
    @MethodSource("counters")
    void whatWasNotAgreedOnIsIgnored(int send, int receive) throws Exception {
        up(false);
        receive(sync(send, receive));

        assertIgnored(DatagramDrop.OUTSIDE_WINDOW);
        assertNumbers(S, R);
    }

    /** RFC 6311 5.1: lower than or equal to the highest that has been seen. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, R - 1})
    void aSendCounterThatIsTooLowIsIgnored(int send) throws Exception {
        up(true);
        receive(sync(send, S + 10));

        assertIgnored(DatagramDrop.OUTSIDE_WINDOW);
        assertNumbers(S, R);
    }

    /** Members fall one after the other: each must count on from what the one before it has said. */
    @ParameterizedTest
    @CsvSource({"6, 2, true, 2", "9, 5, true, 5", "9, 0, true, 3", "5, 9, false, 3", "4, 9, false, 3"})
    void aSecondMemberTakesOver(int send, int receive, boolean isTaken, int ourNext) throws Exception {
        up(true);
        receive(sync(R, S + (receive == 2 ? 0 : 1)));
        cluster.hear();
        world.network.sent().clear();
        receive(sync(send, receive));

        assertThat(world.network.sent()).hasSize(isTaken ? 1 : 0);
        cluster.hear();
        assertNumbers(ourNext, isTaken ? send : R);
    }

    /** The new member does not know of it, or not how it ended: it is said again. */
    @ParameterizedTest
    @MethodSource("requestsUnderWay")
    void whatIsUnderWayIsSaidAgainUnderTheNewNumber(UnderWay kind, int receive) throws Exception {
        up(true);
        kind.begin.accept(host);
        HostilePeer.Heard before = only(cluster.hear());
        assertThat(before.header().messageId()).isEqualTo(S);
        receive(sync(R, receive));

        List<HostilePeer.Heard> heard = cluster.hear();
        assertThat(heard).hasSize(2);
        int next = Math.max(receive, S + 1);
        assertThat(read(heard.getFirst())).isEqualTo(new ExpectedMessageIds(NONCE, next, R));
        HostilePeer.Heard again = heard.getLast();
        assertThat(again.header().messageId()).isEqualTo(next);
        assertThat(again.header().exchange()).isEqualTo(before.header().exchange());
        assertThat(again.payloads()).isEqualTo(before.payloads());
        assertTheOldNumberIsOver(before, again);
    }

    private void assertTheOldNumberIsOver(HostilePeer.Heard before, HostilePeer.Heard again) {
        NotifyPayload refusal = NotifyPayload.of(NotifyType.NO_PROPOSAL_CHOSEN);
        Payload[] answer = before.header().exchange().equals(again.header().exchange())
                        && before.header().exchange().orElseThrow() == ExchangeType.INFORMATIONAL
                ? new Payload[0]
                : new Payload[] {refusal};
        cluster.answer(before, answer);
        assertThat(host.engine().drops()).containsEntry(DatagramDrop.OUTSIDE_WINDOW, 1L);
        cluster.answer(again, answer);
        world.pass(Duration.ofSeconds(5));
        assertThat(cluster.hear()).as("nothing is said a third time").isEmpty();
    }

    /** What we have to say when the member fails. */
    enum UnderWay {
        LIVENESS(h -> h.ikeSa().checkLiveness()),
        CHILD_REKEY(Host::rekeyChild),
        CHILD_DELETE(h -> h.ikeSa().closeChild(h.ikeSa().childSas().getFirst())),
        IKE_REKEY(h -> h.ikeSa().rekey());

        private final Consumer<Host> begin;

        UnderWay(Consumer<Host> begin) {
            this.begin = begin;
        }
    }

    static Stream<Arguments> requestsUnderWay() {
        return Stream.of(UnderWay.values()).flatMap(kind -> Stream.of(arguments(kind, S), arguments(kind, S + 4)));
    }

    /** We have deleted the IKE SA, and the member that was told has gone. */
    @ParameterizedTest
    @ValueSource(ints = {S, S + 4})
    void aDeletionOfTheIkeSaIsSaidAgain(int receive) throws Exception {
        up(true);
        host.engine().terminate("site");
        only(cluster.hear());
        receive(sync(R, receive));

        HostilePeer.Heard again = cluster.hear().getLast();
        assertThat(again.header().messageId()).isEqualTo(Math.max(receive, S + 1));
        cluster.answer(again);
        assertThat(host.engine().ikeSas()).isEmpty();
    }

    /** RFC 6311 5.1, 6.3, 6.4. */
    @ParameterizedTest
    @MethodSource("oddities")
    void whatIsNoSuchRequestIsDropped(List<Payload> payloads) throws Exception {
        up(true);
        receive(cluster.request(0, ExchangeType.INFORMATIONAL, payloads.toArray(Payload[]::new)));

        assertThat(cluster.hear()).isEmpty();
        assertNumbers(S, R);
    }

    static Stream<Arguments> oddities() {
        NotifyPayload sync = new ExpectedMessageIds(NONCE, R, S).toNotify();
        NotifyPayload tooShort = NotifyPayload.of(NotifyType.IKEV2_MESSAGE_ID_SYNC, Octets.wrap(new byte[11]));
        NotifyPayload tooLong = NotifyPayload.of(NotifyType.IKEV2_MESSAGE_ID_SYNC, Octets.wrap(new byte[13]));
        NotifyPayload tooHigh = new ExpectedMessageIds(NONCE, 0x4000_0000, S).toNotify();
        NotifyPayload farTooHigh = new ExpectedMessageIds(NONCE, R, -1).toNotify();
        NotifyPayload contact = NotifyPayload.of(NotifyType.INITIAL_CONTACT);
        return Stream.of(
                arguments(List.of(tooShort)),
                arguments(List.of(tooLong)),
                arguments(List.of(tooHigh)),
                arguments(List.of(farTooHigh)),
                arguments(List.of(sync, contact)),
                arguments(List.of(contact)));
    }

    /** It was not agreed on: the numbers of IKE are brought together, those of ESP stay. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void sequenceNumbersOfEspAreNotMoved(boolean isFirst) throws Exception {
        up(true);
        NotifyPayload sync = new ExpectedMessageIds(NONCE, R + 1, S).toNotify();
        NotifyPayload esp = NotifyPayload.of(NotifyType.IPSEC_REPLAY_COUNTER_SYNC, Octets.ofInt(1 << 30));
        receive(cluster.request(0, ExchangeType.INFORMATIONAL, isFirst ? esp : sync, isFirst ? sync : esp));

        assertThat(read(only(cluster.hear()))).isEqualTo(new ExpectedMessageIds(NONCE, S, R + 1));
    }

    /** What was agreed on holds for the IKE SA that takes the place of this one. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void itHoldsForTheNextIkeSa(boolean isAgreed) throws Exception {
        up(isAgreed);
        HostilePeer fresh = cluster.rekey();
        NotifyPayload sync = new ExpectedMessageIds(NONCE, 7, 8).toNotify();
        receive(fresh.request(0, ExchangeType.INFORMATIONAL, sync));

        List<HostilePeer.Heard> heard = fresh.hear();
        assertThat(heard).hasSize(1);
        assertThat(heard.getFirst().has(NotifyType.IKEV2_MESSAGE_ID_SYNC)).isEqualTo(isAgreed);
        host.ikeSa().checkLiveness();
        assertThat(only(fresh.hear()).header().messageId()).isEqualTo(isAgreed ? 8 : 0);
    }

    private void up(boolean withSync) throws Exception {
        List<Payload> auth = cluster.authPayloads();
        if (withSync) {
            auth.add(NotifyPayload.of(NotifyType.IKEV2_MESSAGE_ID_SYNC_SUPPORTED));
        }
        cluster.hear();
        cluster.say(ExchangeType.IKE_AUTH, auth.toArray(Payload[]::new));
        HostilePeer.Heard answer = only(cluster.hear());
        assertThat(answer.has(NotifyType.IKEV2_MESSAGE_ID_SYNC_SUPPORTED)).isEqualTo(withSync);
        assertThat(answer.has(NotifyType.IPSEC_REPLAY_COUNTER_SYNC_SUPPORTED)).isFalse();
        for (int i = 0; i < FROM_CLUSTER; i++) {
            cluster.say(ExchangeType.INFORMATIONAL);
            cluster.hear();
        }
        for (int i = 0; i < FROM_US; i++) {
            host.ikeSa().checkLiveness();
            cluster.answer(only(cluster.hear()));
        }
    }

    private Datagram sync(int send, int receive) {
        return cluster.request(0, ExchangeType.INFORMATIONAL, new ExpectedMessageIds(NONCE, send, receive).toNotify());
    }

    private void receive(Datagram datagram) {
        host.engine().onDatagram(datagram);
    }

    /** Our next request has the one number, and the peer's may have the other, and no lower one. */
    private void assertNumbers(int ours, int theirs) {
        IkeSa ikeSa = host.ikeSa();
        ikeSa.checkLiveness();
        HostilePeer.Heard liveness = only(cluster.hear());
        assertThat(liveness.header().messageId()).isEqualTo(ours);
        cluster.answer(liveness);
        receive(cluster.request(theirs + 1, ExchangeType.INFORMATIONAL));
        assertThat(cluster.hear()).as("beyond the window").isEmpty();
        receive(cluster.request(theirs, ExchangeType.INFORMATIONAL));
        assertThat(only(cluster.hear()).header().messageId()).isEqualTo(theirs);
    }

    private void assertIgnored(DatagramDrop cause) {
        assertThat(world.network.sent()).isEmpty();
        assertThat(host.engine().drops()).containsEntry(cause, 1L);
    }

    private static ExpectedMessageIds read(HostilePeer.Heard message) {
        assertThat(message.payloads()).hasSize(1);
        NotifyPayload notify = message.first(NotifyPayload.class);
        assertThat(notify.notifyType()).isEqualTo(NotifyType.IKEV2_MESSAGE_ID_SYNC);
        return ExpectedMessageIds.read(notify.data()).orElseThrow();
    }

    private static HostilePeer.Heard only(List<HostilePeer.Heard> heard) {
        assertThat(heard).hasSize(1);
        return heard.getFirst();
    }
}
