package org.ikebana.ike.wire;

import java.util.List;

/** Writes messages and payload chains (RFC 7296 3); reserved bits and octets are zero. */
public final class MessageWriter {
    private static final int GENERIC_HEADER_LENGTH = 4;
    private static final int TYPICAL_LENGTH = 512;

    /** Where the body of an SK payload begins that is alone in its message. */
    public static final int SK_BODY_OFFSET = IkeHeader.LENGTH + GENERIC_HEADER_LENGTH;

    /** Where the body of an SKF payload begins that is alone in its message. */
    public static final int SKF_BODY_OFFSET = SK_BODY_OFFSET + 4;

    private MessageWriter() {}

    /** @throws IllegalArgumentException when a payload is longer than 65535 octets, or follows an encrypted one */
    public static byte[] write(IkeMessage message) {
        PayloadWriter out = new PayloadWriter(TYPICAL_LENGTH);
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
        PayloadWriter out = new PayloadWriter(TYPICAL_LENGTH);
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
     *
     * @throws IllegalArgumentException when the payload is longer than 65535 octets
     */
    public static byte[] protectedMessage(IkeHeader header, int firstInner, int bodyLength) {
        Bounds.octet(firstInner, "first inner payload");
        PayloadWriter out = new PayloadWriter(SK_BODY_OFFSET + bodyLength);
        header.write(PayloadType.SK.code(), out);
        out.fourOctets(firstInner << 24);
        return finishProtected(out, bodyLength);
    }

    /**
     * A message of an SKF payload alone, all lengths final, its body of {@code bodyLength} octets from
     * {@link #SKF_BODY_OFFSET} on still zero.
     *
     * @param firstInner zero in all fragments but the first (RFC 7383 2.5)
     * @throws IllegalArgumentException when the payload is longer than 65535 octets
     */
    public static byte[] protectedFragment(
            IkeHeader header, int firstInner, int fragmentNumber, int totalFragments, int bodyLength) {
        Bounds.octet(firstInner, "first inner payload");
        Bounds.fragment(fragmentNumber, totalFragments);
        PayloadWriter out = new PayloadWriter(SKF_BODY_OFFSET + bodyLength);
        header.write(PayloadType.SKF.code(), out);
        out.fourOctets(firstInner << 24);
        out.twoOctets(fragmentNumber);
        out.twoOctets(totalFragments);
        return finishProtected(out, bodyLength);
    }

    private static byte[] finishProtected(PayloadWriter out, int bodyLength) {
        out.zeros(bodyLength);
        out.putLengthSince(IkeHeader.LENGTH, IkeHeader.LENGTH + 2);
        return finish(out);
    }

    private static byte[] finish(PayloadWriter out) {
        out.putLongLengthSince(0, IkeHeader.LENGTH_OFFSET);
        return out.toByteArray();
    }
}
