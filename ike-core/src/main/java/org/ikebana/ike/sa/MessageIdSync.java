package org.ikebana.ike.sa;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.ikebana.ike.event.DatagramDrop;
import org.ikebana.ike.event.IkeEvent;
import org.ikebana.ike.kernel.Datagram;
import org.ikebana.ike.task.ExpectedMessageIds;
import org.ikebana.ike.task.InboundMessage;
import org.ikebana.ike.wire.ExchangeType;
import org.ikebana.ike.wire.IkeHeader;
import org.ikebana.ike.wire.NotifyPayload;
import org.ikebana.ike.wire.NotifyType;
import org.ikebana.ike.wire.Payload;

/**
 * The peer is a cluster, whose standby member has taken over and does not know the last message IDs: it is told them, and both
 * ends go on from the higher ones (RFC 6311 5.1). We are never the cluster.
 */
final class MessageIdSync {
    /** Leaves message IDs enough for any SA's life; they must not wrap (RFC 7296 2.2). */
    private static final int HIGHEST = 0x3fff_ffff;

    private final IkeSa sa;
    private final SaServices services;
    private final MessageWindow window;
    private final OwnRequests own;
    private final Outbox outbox;
    private Optional<Answered> last = Optional.empty();

    /** @param expected the ID of the request that is to come, in consequence */
    private record Answered(byte[] request, List<byte[]> reply, int expected) {}

    MessageIdSync(IkeSa sa, SaServices services, MessageWindow window, OwnRequests own, Outbox outbox) {
        this.sa = sa;
        this.services = services;
        this.window = window;
        this.own = own;
        this.outbox = outbox;
    }

    /** False if this is none of these requests: an original responder's first request has message ID zero, too. */
    boolean takes(Datagram datagram, IkeHeader header) {
        boolean mayBe = header.messageId() == 0
                && header.exchange().filter(ExchangeType.INFORMATIONAL::equals).isPresent();
        Optional<KeyedSa> keyed = sa.position().keyed();
        if (!mayBe || keyed.isEmpty()) {
            return false;
        }
        Optional<InboundMessage> request = Inbox.openWhole(keyed.get(), datagram);
        Optional<NotifyPayload> asked = request.flatMap(r -> r.notify(NotifyType.IKEV2_MESSAGE_ID_SYNC));
        asked.ifPresent(notify -> onRequest(keyed.get(), request.get(), notify));
        return asked.isPresent();
    }

    private void onRequest(KeyedSa keyed, InboundMessage request, NotifyPayload asked) {
        Optional<ExpectedMessageIds> read = ExpectedMessageIds.read(asked.data());
        if (read.isEmpty() || !isAlone(request)) {
            sa.drop(DatagramDrop.AGAINST_THE_RULES);
            return;
        }
        ExpectedMessageIds theirs = read.get();
        Optional<Answered> repeated = last.filter(l -> isRepeated(l, request.datagram()));
        if (repeated.isPresent()) {
            outbox.sendBack(repeated.get().reply, request.datagram());
        } else if (isReplay(theirs) || theirs.exceeds(HIGHEST)) {
            sa.drop(DatagramDrop.OUTSIDE_WINDOW);
        } else {
            sa.position().heardFrom(request.datagram());
            answer(keyed, request, theirs);
        }
    }

    private void answer(KeyedSa keyed, InboundMessage request, ExpectedMessageIds theirs) {
        int next = own.isUnderWay() ? window.requestId() + 1 : window.requestId();
        ExpectedMessageIds ours = theirs.answered(next);
        window.skipTo(ours.send(), ours.receive());
        List<byte[]> reply = outbox.seal(keyed, request.header().answer(), List.of(ours.toNotify()));
        last = Optional.of(new Answered(request.datagram().payload(), reply, ours.receive()));
        outbox.sendBack(reply, request.datagram());
        services.environment().emit(new IkeEvent.MessageIdsSynchronized(sa.name(), ours.send(), ours.receive()));
        own.sendRenumbered();
    }

    /** Neither anything seen nor announced before may be said again (RFC 6311 5.1). */
    private boolean isReplay(ExpectedMessageIds theirs) {
        boolean isSeen = theirs.send() < window.expectedRequestId();
        return isSeen || last.filter(l -> theirs.send() <= l.expected).isPresent();
    }

    /** Its answer was lost; what came since then has made it a thing of the past. */
    private boolean isRepeated(Answered answered, Datagram datagram) {
        return answered.expected == window.expectedRequestId() && Arrays.equals(answered.request, datagram.payload());
    }

    /** RFC 6311 5.1: beside it, IPSEC_REPLAY_COUNTER_SYNC alone is allowed, which we do not agree on and so leave be. */
    private static boolean isAlone(InboundMessage request) {
        boolean isBeside = request.payloads().size() <= 2;
        return isBeside && request.payloads().stream().allMatch(MessageIdSync::isOfSync);
    }

    private static boolean isOfSync(Payload payload) {
        return payload instanceof NotifyPayload notify
                && (notify.notifyType() == NotifyType.IKEV2_MESSAGE_ID_SYNC
                        || notify.notifyType() == NotifyType.IPSEC_REPLAY_COUNTER_SYNC);
    }
}
