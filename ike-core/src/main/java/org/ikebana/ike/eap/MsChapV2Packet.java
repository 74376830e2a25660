package org.ikebana.ike.eap;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.ikebana.ike.wire.Octets;

/**
 * What EAP-MSCHAPv2 packets carry after their type (draft-kamath-pppext-eap-mschapv2 2): an OpCode and, but for the two short
 * answers, an identifier and a length.
 */
sealed interface MsChapV2Packet {
    int CHALLENGE = 1;
    int RESPONSE = 2;
    int SUCCESS = 3;
    int FAILURE = 4;

    int HEADER_LENGTH = 4;

    Octets encode();

    /** @param name of the server */
    record Challenge(int id, byte[] challenge, Octets name) implements MsChapV2Packet {
        @Override
        public Octets encode() {
            ByteBuffer body = ByteBuffer.allocate(1 + challenge.length + name.length());
            body.put((byte) challenge.length).put(challenge);
            name.writeTo(body);
            return packet(CHALLENGE, id, body.array());
        }
    }

    /** @param name of the user */
    record Response(int id, byte[] peerChallenge, byte[] ntResponse, Octets name) implements MsChapV2Packet {
        private static final int RESERVED = 8;
        private static final int VALUE_LENGTH = MsChapV2.CHALLENGE_LENGTH + RESERVED + MsChapV2.NT_RESPONSE_LENGTH + 1;

        @Override
        public Octets encode() {
            ByteBuffer body = ByteBuffer.allocate(1 + VALUE_LENGTH + name.length());
            body.put((byte) VALUE_LENGTH)
                    .put(peerChallenge)
                    .put(new byte[RESERVED])
                    .put(ntResponse)
                    .put((byte) 0);
            name.writeTo(body);
            return packet(RESPONSE, id, body.array());
        }

        private static Optional<MsChapV2Packet> read(int id, Octets body) {
            if (body.length() < 1 + VALUE_LENGTH || body.at(0) != VALUE_LENGTH) {
                return Optional.empty();
            }
            int response = 1 + MsChapV2.CHALLENGE_LENGTH + RESERVED;
            return Optional.of(new Response(
                    id,
                    body.slice(1, 1 + MsChapV2.CHALLENGE_LENGTH).toByteArray(),
                    body.slice(response, response + MsChapV2.NT_RESPONSE_LENGTH).toByteArray(),
                    body.slice(1 + VALUE_LENGTH, body.length())));
        }
    }

    /** {@code S=}, the authenticator response and {@code M=}, or {@code E=}, {@code R=}, {@code C=}, {@code V=}, {@code M=}. */
    record Result(boolean isSuccess, int id, String message) implements MsChapV2Packet {
        @Override
        public Octets encode() {
            return packet(isSuccess ? SUCCESS : FAILURE, id, message.getBytes(StandardCharsets.UTF_8));
        }
    }

    /** The peer has taken notice: an OpCode alone. */
    record Notice(boolean isSuccess) implements MsChapV2Packet {
        @Override
        public Octets encode() {
            return Octets.copyOf((byte) (isSuccess ? SUCCESS : FAILURE));
        }
    }

    /** Empty for what is malformed, and for the change of passwords. */
    static Optional<MsChapV2Packet> decode(Octets data) {
        if (data.isEmpty()) {
            return Optional.empty();
        }
        int code = data.at(0);
        if (data.length() == 1) {
            return code == SUCCESS || code == FAILURE ? Optional.of(new Notice(code == SUCCESS)) : Optional.empty();
        }
        if (data.length() < HEADER_LENGTH || (data.at(2) << 8 | data.at(3)) != data.length()) {
            return Optional.empty();
        }
        int id = data.at(1);
        Octets body = data.slice(HEADER_LENGTH, data.length());
        return switch (code) {
            case CHALLENGE -> challenge(id, body);
            case RESPONSE -> Response.read(id, body);
            case SUCCESS, FAILURE ->
                Optional.of(new Result(code == SUCCESS, id, new String(body.toByteArray(), StandardCharsets.UTF_8)));
            default -> Optional.empty();
        };
    }

    private static Optional<MsChapV2Packet> challenge(int id, Octets body) {
        int nameFrom = 1 + MsChapV2.CHALLENGE_LENGTH;
        if (body.length() < nameFrom || body.at(0) != MsChapV2.CHALLENGE_LENGTH) {
            return Optional.empty();
        }
        return Optional.of(
                new Challenge(id, body.slice(1, nameFrom).toByteArray(), body.slice(nameFrom, body.length())));
    }

    private static Octets packet(int code, int id, byte[] body) {
        int length = HEADER_LENGTH + body.length;
        return Octets.wrap(ByteBuffer.allocate(length)
                .put((byte) code)
                .put((byte) id)
                .putShort((short) length)
                .put(body)
                .array());
    }
}
