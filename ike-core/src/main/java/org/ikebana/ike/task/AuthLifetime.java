package org.ikebana.ike.task;

import java.time.Duration;
import java.util.Optional;
import org.ikebana.ike.wire.NotifyPayload;
import org.ikebana.ike.wire.NotifyType;
import org.ikebana.ike.wire.Octets;

/**
 * How long the responder of an IKE SA goes on without another authentication, as it tells the initiator (RFC 4478 3).
 *
 * @param lifetime whole seconds, from now, up to 2^32 - 1
 */
public record AuthLifetime(Duration lifetime) {
    private static final int OCTETS = 4;
    private static final long MOST_SECONDS = 0xffff_ffffL;

    /** Empty where nothing is said of it, or nothing that can be understood. */
    public static Optional<AuthLifetime> in(InboundMessage message) {
        return message.notify(NotifyType.AUTH_LIFETIME)
                .map(NotifyPayload::data)
                .filter(data -> data.length() == OCTETS)
                .map(data -> new AuthLifetime(Duration.ofSeconds(Integer.toUnsignedLong(data.toInt()))));
    }

    /** The seconds, rounded, in network byte order (RFC 4478 3). */
    public NotifyPayload toPayload() {
        int seconds = (int)
                Math.min(MOST_SECONDS, Math.max(0, lifetime.plusMillis(500).toSeconds()));
        byte[] data = {(byte) (seconds >>> 24), (byte) (seconds >>> 16), (byte) (seconds >>> 8), (byte) seconds};
        return NotifyPayload.of(NotifyType.AUTH_LIFETIME, Octets.wrap(data));
    }
}
