package org.ikebana.ike.sa;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.ikebana.ike.crypto.CryptoRegistry;
import org.ikebana.ike.crypto.IkeKeys;
import org.ikebana.ike.crypto.SkCipher;
import org.ikebana.ike.task.IkeAlgorithms;
import org.ikebana.ike.task.Role;
import org.ikebana.ike.wire.IkeHeader;
import org.ikebana.ike.wire.MessageWriter;
import org.ikebana.ike.wire.Octets;
import org.ikebana.ike.wire.Payload;

/** The SK and SKF payloads of both directions (RFC 7296 3.14, RFC 7383 2.5). */
final class ProtectedChannel implements AutoCloseable {
    private final SkCipher outbound;
    private final SkCipher inbound;
    private final SecureRandom random;

    ProtectedChannel(CryptoRegistry crypto, IkeAlgorithms algorithms, IkeKeys keys, Role role, SecureRandom random) {
        SkCipher initiator = crypto.skCipher(algorithms.encryption(), algorithms.integrity(), keys.skEi(), keys.skAi());
        SkCipher responder = crypto.skCipher(algorithms.encryption(), algorithms.integrity(), keys.skEr(), keys.skAr());
        this.outbound = role == Role.INITIATOR ? initiator : responder;
        this.inbound = role == Role.INITIATOR ? responder : initiator;
        this.random = random;
    }

    /**
     * A message with an SK payload, or where that would be too long its fragments.
     *
     * @param room octets that a message may have at the most, of which a fragment's headers and check value leave some
     */
    List<byte[]> seal(IkeHeader header, List<Payload> payloads, int room) {
        byte[] plain = MessageWriter.chain(payloads);
        int firstType = MessageWriter.firstType(payloads);
        int bodyLength = outbound.bodyLength(plain.length);
        if (MessageWriter.SK_BODY_OFFSET + bodyLength > room) {
            return fragments(header, firstType, plain, chunk(room));
        }
        byte[] message = MessageWriter.protectedMessage(header, firstType, bodyLength);
        outbound.seal(message, MessageWriter.SK_BODY_OFFSET, plain, random);
        return List.of(message);
    }

    /**
     * What an SK or SKF payload carries, which ends the message.
     *
     * @return empty when the check value is wrong
     */
    Optional<byte[]> open(byte[] message, Octets body) {
        return Optional.ofNullable(inbound.open(message, message.length - body.length()));
    }

    @Override
    public void close() {
        outbound.close();
        inbound.close();
    }

    private List<byte[]> fragments(IkeHeader header, int firstType, byte[] plain, int chunk) {
        int total = Math.ceilDiv(plain.length, chunk);
        List<byte[]> fragments = new ArrayList<>(total);
        for (int number = 1; number <= total; number++) {
            int from = (number - 1) * chunk;
            byte[] part = Arrays.copyOfRange(plain, from, Math.min(from + chunk, plain.length));
            byte[] message = MessageWriter.protectedFragment(
                    header, number == 1 ? firstType : 0, number, total, outbound.bodyLength(part.length));
            outbound.seal(message, MessageWriter.SKF_BODY_OFFSET, part, random);
            fragments.add(message);
        }
        return fragments;
    }

    /** How much of the inner payloads a fragment of at most {@code room} octets can carry. */
    private int chunk(int room) {
        int body = room - MessageWriter.SKF_BODY_OFFSET;
        int chunk = body;
        while (chunk > 0 && outbound.bodyLength(chunk) > body) {
            chunk--;
        }
        if (chunk <= 0) {
            throw new IllegalArgumentException("nothing goes into a fragment of " + room + " octets");
        }
        return chunk;
    }
}
