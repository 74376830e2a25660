package org.ikebana.ike.task;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.ikebana.ike.wire.NotifyPayload;
import org.ikebana.ike.wire.NotifyType;
import org.ikebana.ike.wire.Octets;

/**
 * The data of IKEV2_MESSAGE_ID_SYNC (RFC 6311 6.3): nonce and both numbers, four octets each, most significant first.
 *
 * @param nonce comes back unchanged in the response
 * @param send of the sender's next request; unsigned
 * @param receive of the next request that the sender waits for; unsigned
 */
public record ExpectedMessageIds(int nonce, int send, int receive) {
    private static final int LENGTH = 12;

    /** Empty where the data is of another length. */
    public static Optional<ExpectedMessageIds> read(Octets data) {
        if (data.length() != LENGTH) {
            return Optional.empty();
        }
        ByteBuffer in = data.asByteBuffer();
        return Optional.of(new ExpectedMessageIds(in.getInt(), in.getInt(), in.getInt()));
    }

    /** Whether either number is higher. */
    public boolean exceeds(int highest) {
        return Integer.compareUnsigned(send, highest) > 0 || Integer.compareUnsigned(receive, highest) > 0;
    }

    /**
     * What the peer answers to a request that is no replay, the higher number of both ends each (RFC 6311 5.1).
     *
     * @param ownNext one more than the highest that the answering end has used
     */
    public ExpectedMessageIds answered(int ownNext) {
        int higher = Integer.compareUnsigned(receive, ownNext) > 0 ? receive : ownNext;
        return new ExpectedMessageIds(nonce, higher, send);
    }

    public NotifyPayload toNotify() {
        ByteBuffer out = ByteBuffer.allocate(LENGTH).putInt(nonce).putInt(send).putInt(receive);
        return NotifyPayload.of(NotifyType.IKEV2_MESSAGE_ID_SYNC, Octets.wrap(out.array()));
    }
}
