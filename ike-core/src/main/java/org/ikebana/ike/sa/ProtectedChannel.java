package org.ikebana.ike.sa;

import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import org.ikebana.ike.crypto.CryptoRegistry;
import org.ikebana.ike.crypto.IkeKeys;
import org.ikebana.ike.crypto.SkCipher;
import org.ikebana.ike.task.IkeAlgorithms;
import org.ikebana.ike.task.Role;
import org.ikebana.ike.wire.DecodedChain;
import org.ikebana.ike.wire.EncryptedPayload;
import org.ikebana.ike.wire.IkeHeader;
import org.ikebana.ike.wire.MessageReader;
import org.ikebana.ike.wire.MessageWriter;
import org.ikebana.ike.wire.Payload;

/** The SK payloads of both directions (RFC 7296 3.14). */
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

    byte[] seal(IkeHeader header, List<Payload> payloads) {
        byte[] plain = MessageWriter.chain(payloads);
        byte[] message = MessageWriter.protectedMessage(
                header, MessageWriter.firstType(payloads), outbound.bodyLength(plain.length));
        outbound.seal(message, MessageWriter.SK_BODY_OFFSET, plain, random);
        return message;
    }

    /** Empty when the check value is wrong. */
    Optional<DecodedChain> open(byte[] message, EncryptedPayload payload) {
        byte[] plain = inbound.open(message, message.length - payload.body().length());
        return plain == null ? Optional.empty() : Optional.of(MessageReader.readChain(payload.firstInner(), plain));
    }

    @Override
    public void close() {
        outbound.close();
        inbound.close();
    }
}
