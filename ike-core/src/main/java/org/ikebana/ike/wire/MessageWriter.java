package org.ikebana.ike.wire;

import java.util.List;

/** Writes messages and payload chains (RFC 7296 3); reserved bits and octets are zero. */
public final class MessageWriter {
    private static final int GENERIC_HEADER_LENGTH = 4;

    /** Where the body of an SK payload begins that is alone in its message. */
    public static final int SK_BODY_OFFSET = IkeHeader.LENGTH + GENERIC_HEADER_LENGTH;

    /** Where the body of an SKF payload begins that is alone in its message. */
    public static final int SKF_BODY_OFFSET = SK_BODY_OFFSET + 4;

    private MessageWriter() {}

    /** @throws IllegalArgumentException when a payload is longer than 65535 octets, or follows an encrypted one */
    public static byte[] write(IkeMessage message) {
        PayloadWriter out = new PayloadWriter();
        message.header().write(PayloadChain.firstType(message.payloads()), out);
        PayloadChain.write(message.payloads(), out);
        return finish(out);
    }

    /**
     * The payloads alone, as an SK payload carries them.
     *
     * @throws IllegalArgumentException as {@link #write}
     */
    public static byte[] chain(List<Payload> payloads) {
        PayloadWriter out = new PayloadWriter();
        PayloadChain.write(payloads, out);
        return out.toByteArray();
    }

    /** The type of the first payload, {@link PayloadType#NO_NEXT} where there is none. */
    public static int firstType(List<Payload> payloads) {
        return PayloadChain.firstType(payloads);
    }

    /**
     * A message of an SK payload alone, all lengths final, its body of {@code bodyLength} octets from
     * {@link #SK_BODY_OFFSET} on still zero.
     */
    public static byte[] protectedMessage(IkeHeader header, int firstInner, int bodyLength) {
        return write(new IkeMessage(header, List.of(new EncryptedPayload(firstInner, zeros(bodyLength)))));
    }

    /**
     * A message of an SKF payload alone, all lengths final, its body of {@code bodyLength} octets from
     * {@link #SKF_BODY_OFFSET} on still zero.
     *
     * @param firstInner zero in all fragments but the first (RFC 7383 2.5)
     */
    public static byte[] protectedFragment(
            IkeHeader header, int firstInner, int fragmentNumber, int totalFragments, int bodyLength) {
        return write(new IkeMessage(
                header,
                List.of(new EncryptedFragmentPayload(firstInner, fragmentNumber, totalFragments, zeros(bodyLength)))));
    }

    private static byte[] finish(PayloadWriter out) {
        out.putLongLengthSince(0, IkeHeader.LENGTH_OFFSET);
        return out.toByteArray();
    }

    private static Octets zeros(int length) {
        return Octets.wrap(new byte[length]);
    }
}
