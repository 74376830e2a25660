package org.ikebana.ike.wire;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ikebana.ike.wire.RuleViolation.Cause;

/**
 * Which payloads the requests or the responses of an exchange are made of. Notify, Vendor ID and unknown payloads may
 * be there always and need no mention.
 */
final class MessageRule {
    private static final int MOST = WireLimits.PAYLOADS;
    private static final PayloadType[] TYPES = PayloadType.values();
    private static final int SHORTEST_NONCE = 16;
    private static final int LONGEST_NONCE = 256;

    private final String name;
    private final int[] least = new int[TYPES.length];
    private final int[] most = new int[TYPES.length];
    private final Map<PayloadType, List<PayloadType>> apart = new EnumMap<>(PayloadType.class);
    private List<PayloadType> together = List.of();

    MessageRule(ExchangeType exchange, boolean response) {
        this.name = exchange + (response ? " response" : " request");
        any(PayloadType.NOTIFY, PayloadType.VENDOR_ID);
    }

    MessageRule once(PayloadType... types) {
        return occurs(1, 1, types);
    }

    MessageRule atMostOnce(PayloadType... types) {
        return occurs(0, 1, types);
    }

    MessageRule any(PayloadType... types) {
        return occurs(0, MOST, types);
    }

    /** All of these or none. */
    MessageRule together(PayloadType... types) {
        together = List.of(types);
        return this;
    }

    /** Never the one beside any of the others. */
    MessageRule apart(PayloadType one, PayloadType... others) {
        apart.put(one, List.of(others));
        return this;
    }

    /** @param refusal whether the message may be incomplete because it refuses something */
    Optional<RuleViolation> check(List<Payload> payloads, boolean refusal) {
        int[] counts = new int[TYPES.length];
        for (Payload payload : payloads) {
            if (payload instanceof NoncePayload nonce
                    && !isNonceLength(nonce.nonce().length())) {
                int length = nonce.nonce().length();
                return violation(Cause.NONCE_LENGTH, PayloadType.NONCE, "is of " + length + " octets");
            }
            Optional<PayloadType> type = PayloadType.of(payload.typeCode());
            if (type.isPresent()
                    && ++counts[type.get().ordinal()] > most[type.get().ordinal()]) {
                return tooMany(type.get());
            }
        }
        Optional<RuleViolation> besides = beside(counts);
        return refusal || besides.isPresent() ? besides : incomplete(counts);
    }

    private Optional<RuleViolation> beside(int[] counts) {
        for (Map.Entry<PayloadType, List<PayloadType>> rule : apart.entrySet()) {
            for (PayloadType other : rule.getValue()) {
                if (counts[rule.getKey().ordinal()] > 0 && counts[other.ordinal()] > 0) {
                    return violation(Cause.NOT_ALLOWED, other, "has no place beside the " + rule.getKey() + " payload");
                }
            }
        }
        return Optional.empty();
    }

    private Optional<RuleViolation> incomplete(int[] counts) {
        for (PayloadType type : TYPES) {
            if (counts[type.ordinal()] < least[type.ordinal()]) {
                return violation(Cause.MISSING, type, "is missing");
            }
        }
        int sum = 0;
        for (PayloadType type : together) {
            sum += counts[type.ordinal()];
        }
        return sum == 0 ? Optional.empty() : incompleteSet(counts);
    }

    private Optional<RuleViolation> incompleteSet(int[] counts) {
        for (PayloadType type : together) {
            if (counts[type.ordinal()] == 0) {
                return violation(Cause.MISSING, type, "is missing beside others of " + together);
            }
        }
        return Optional.empty();
    }

    private Optional<RuleViolation> tooMany(PayloadType type) {
        return most[type.ordinal()] == 0
                ? violation(Cause.NOT_ALLOWED, type, "has no place here")
                : violation(Cause.REPEATED, type, "stands there more than once");
    }

    private Optional<RuleViolation> violation(Cause cause, PayloadType type, String complaint) {
        return Optional.of(new RuleViolation(cause, type.code(), name + ": the " + type + " payload " + complaint));
    }

    private static boolean isNonceLength(int length) {
        return length >= SHORTEST_NONCE && length <= LONGEST_NONCE;
    }

    private MessageRule occurs(int atLeast, int atMost, PayloadType... types) {
        for (PayloadType type : types) {
            least[type.ordinal()] = atLeast;
            most[type.ordinal()] = atMost;
        }
        return this;
    }
}
