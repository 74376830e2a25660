package org.ikebana.ike.wire;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Payloads one after another, each with its generic header (RFC 7296 3.2). */
final class PayloadChain {
    private static final int GENERIC_HEADER_LENGTH = 4;
    private static final int CRITICAL = 0x80;

    private PayloadChain() {}

    /**
     * Reads up to the last payload; what is left in {@code in} is for the caller to judge.
     *
     * @param isRead whether payloads of a type are read; others become {@link UnreadPayload}
     */
    static List<Payload> read(int firstType, PayloadReader in, Predicate<PayloadType> isRead)
            throws MalformedException {
        List<Payload> payloads = new ArrayList<>();
        int type = firstType;
        while (type != PayloadType.NO_NEXT) {
            WireLimits.require(payloads.size() + 1, WireLimits.PAYLOADS, "payloads");
            int next = in.octet();
            boolean critical = (in.octet() & CRITICAL) != 0;
            int length = in.twoOctets();
            PayloadReader body = in.part(length - GENERIC_HEADER_LENGTH);
            Optional<PayloadType> known = PayloadType.of(type);
            Payload payload = known.isEmpty()
                    ? new UnknownPayload(type, critical, body.rest())
                    : readKnown(known.get(), next, body, isRead);
            payloads.add(payload);
            type = isEncrypted(payload) ? PayloadType.NO_NEXT : next;
        }
        return payloads;
    }

    static void write(List<Payload> payloads, PayloadWriter out) {
        for (int i = 0; i < payloads.size(); i++) {
            Payload payload = payloads.get(i);
            boolean last = i == payloads.size() - 1;
            if (isEncrypted(payload) && !last) {
                throw new IllegalArgumentException("a payload stands after an encrypted one");
            }
            int start = out.position();
            out.octet(last ? nextAfterLast(payload) : payloads.get(i + 1).typeCode());
            out.octet(isCritical(payload) ? CRITICAL : 0);
            out.twoOctets(0);
            payload.writeBody(out);
            out.putLengthSince(start, start + 2);
        }
    }

    static int firstType(List<Payload> payloads) {
        return payloads.isEmpty() ? PayloadType.NO_NEXT : payloads.getFirst().typeCode();
    }

    /** Whether the chain ends in an SK or SKF payload; elsewhere there can be none. */
    static boolean isEncrypted(List<Payload> payloads) {
        return !payloads.isEmpty() && isEncrypted(payloads.getLast());
    }

    static @Nullable UnknownPayload firstCritical(List<Payload> payloads) {
        for (Payload payload : payloads) {
            if (payload instanceof UnknownPayload unknown && unknown.critical()) {
                return unknown;
            }
        }
        return null;
    }

    /** The critical bit of a known type is ignored (RFC 7296 2.5). */
    private static Payload readKnown(PayloadType type, int next, PayloadReader body, Predicate<PayloadType> isRead)
            throws MalformedException {
        if (!isRead.test(type)) {
            return new UnreadPayload(type, body.rest());
        }
        try {
            Payload payload = type.read(next, body);
            body.requireEnd();
            return payload;
        } catch (MalformedException e) {
            throw new MalformedException(type + " payload: " + e.detail());
        }
    }

    private static boolean isCritical(Payload payload) {
        return payload instanceof UnknownPayload unknown && unknown.critical();
    }

    /** The next payload field of an encrypted payload names what is inside; nothing follows (RFC 7296 3.14). */
    private static boolean isEncrypted(Payload payload) {
        return payload instanceof EncryptedPayload || payload instanceof EncryptedFragmentPayload;
    }

    private static int nextAfterLast(Payload payload) {
        return switch (payload) {
            case EncryptedPayload sk -> sk.firstInner();
            case EncryptedFragmentPayload skf -> skf.firstInner();
            default -> PayloadType.NO_NEXT;
        };
    }
}
