package org.ikebana.ike.wire;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;

/**
 * A message with an Encrypted payload as IKE_INTERMEDIATE authenticates it (RFC 9242 3.3.2): everything up to the generic
 * header of that payload, then the inner payloads in clear. Its lengths are as if there were no IV, padding and check value, and
 * it is the same whether the message went in fragments or not.
 */
public final class IntermediateContent {
    private static final int FIRST_PAYLOAD_OFFSET = 16;
    private static final int GENERIC_HEADER_LENGTH = 4;

    private IntermediateContent() {}

    /** Of a message that is to be sent. */
    public static Octets of(IkeHeader header, List<Payload> inner) {
        Octets chain = Octets.wrap(MessageWriter.chain(inner));
        EncryptedPayload notEncrypted = new EncryptedPayload(MessageWriter.firstType(inner), chain);
        return Octets.wrap(MessageWriter.write(new IkeMessage(header, List.of(notEncrypted))));
    }

    /**
     * Of a message that was received.
     *
     * @param datagram the message, or its first fragment; {@link MessageReader} has accepted it
     * @param plain all inner payloads, at most 65531 octets
     */
    public static Octets of(byte[] datagram, byte[] plain) {
        int typeOffset = FIRST_PAYLOAD_OFFSET;
        int encrypted = IkeHeader.LENGTH;
        while (!isEncrypted(datagram[typeOffset])) {
            typeOffset = encrypted;
            encrypted += ByteBuffer.wrap(datagram).getShort(encrypted + 2) & 0xffff;
        }
        int plainOffset = encrypted + GENERIC_HEADER_LENGTH;
        byte[] content = Arrays.copyOf(datagram, plainOffset + plain.length);
        System.arraycopy(plain, 0, content, plainOffset, plain.length);
        content[typeOffset] = (byte) PayloadType.SK.code();
        ByteBuffer.wrap(content)
                .putShort(encrypted + 2, (short) (GENERIC_HEADER_LENGTH + plain.length))
                .putInt(IkeHeader.LENGTH_OFFSET, content.length);
        return Octets.wrap(content);
    }

    private static boolean isEncrypted(byte type) {
        return type == PayloadType.SK.code() || type == PayloadType.SKF.code();
    }
}
