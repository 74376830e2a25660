package org.ikebana.ike.eap;

import java.nio.ByteBuffer;
import java.util.Optional;
import org.ikebana.ike.wire.Octets;

/** An EAP packet (RFC 3748 4), which an EAP payload carries whole. */
public sealed interface EapPacket {
    /** In octets. No method here needs more, as EAP-TLS cuts its messages. */
    int MAX_LENGTH = 16_384;

    int identifier();

    Octets encode();

    /** {@code type} is one of {@link EapType}, {@code data} what follows it. */
    record Request(int identifier, int type, Octets data) implements EapPacket {
        @Override
        public Octets encode() {
            return EapPacket.encode(CODE_REQUEST, identifier, type, data);
        }
    }

    /** {@code type} is one of {@link EapType}, {@code data} what follows it. */
    record Response(int identifier, int type, Octets data) implements EapPacket {
        @Override
        public Octets encode() {
            return EapPacket.encode(CODE_RESPONSE, identifier, type, data);
        }
    }

    record Success(int identifier) implements EapPacket {
        @Override
        public Octets encode() {
            return EapPacket.encode(CODE_SUCCESS, identifier);
        }
    }

    record Failure(int identifier) implements EapPacket {
        @Override
        public Octets encode() {
            return EapPacket.encode(CODE_FAILURE, identifier);
        }
    }

    int CODE_REQUEST = 1;
    int CODE_RESPONSE = 2;
    int CODE_SUCCESS = 3;
    int CODE_FAILURE = 4;
    int HEADER_LENGTH = 4;

    /** Empty for what is no packet, or a longer one than {@link #MAX_LENGTH}; octets beyond its length are ignored. */
    static Optional<EapPacket> decode(Octets octets) {
        if (octets.length() < HEADER_LENGTH) {
            return Optional.empty();
        }
        int identifier = octets.at(1);
        int length = octets.at(2) << 8 | octets.at(3);
        if (length < HEADER_LENGTH || length > octets.length() || length > MAX_LENGTH) {
            return Optional.empty();
        }
        return switch (octets.at(0)) {
            case CODE_SUCCESS -> Optional.<EapPacket>of(new Success(identifier)).filter(end -> length == HEADER_LENGTH);
            case CODE_FAILURE -> Optional.<EapPacket>of(new Failure(identifier)).filter(end -> length == HEADER_LENGTH);
            case CODE_REQUEST, CODE_RESPONSE -> decodeTyped(octets.slice(0, length));
            default -> Optional.empty();
        };
    }

    private static Optional<EapPacket> decodeTyped(Octets octets) {
        if (octets.length() <= HEADER_LENGTH) {
            return Optional.empty();
        }
        int type = octets.at(HEADER_LENGTH);
        Octets data = octets.slice(HEADER_LENGTH + 1, octets.length());
        return Optional.of(
                octets.at(0) == CODE_REQUEST
                        ? new Request(octets.at(1), type, data)
                        : new Response(octets.at(1), type, data));
    }

    private static Octets encode(int code, int identifier) {
        return Octets.copyOf((byte) code, (byte) identifier, (byte) 0, (byte) HEADER_LENGTH);
    }

    private static Octets encode(int code, int identifier, int type, Octets data) {
        int length = HEADER_LENGTH + 1 + data.length();
        ByteBuffer out = ByteBuffer.allocate(length)
                .put((byte) code)
                .put((byte) identifier)
                .putShort((short) length)
                .put((byte) type);
        data.writeTo(out);
        return Octets.wrap(out.array());
    }
}
