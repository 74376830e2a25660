package org.ikebana.ike.proposal;

import static java.util.stream.Collectors.joining;

import java.util.List;
import org.ikebana.ike.wire.ProtocolId;
import org.ikebana.ike.wire.TransformType;

/** Why a proposal of the peer's was not chosen. */
public sealed interface Mismatch {
    /** For people, without a full stop. */
    String sentence();

    /**
     * No transform of one type in common.
     *
     * @param firstDifference the type, the first in the order cipher, integrity, PRF, key exchange, ESN
     * @param offered what the peer has of that type; empty for none
     * @param allowed what we have of it; empty for none
     */
    record NoCommonTransform(
            Proposal ours,
            OfferedProposal theirs,
            TransformType firstDifference,
            List<Transform> offered,
            List<Transform> allowed)
            implements Mismatch {
        private static final int MAX_NAMED = 32;

        public NoCommonTransform {
            offered = List.copyOf(offered);
            allowed = List.copyOf(allowed);
        }

        @Override
        public String sentence() {
            return "the peer offers " + list(offered) + ", we allow " + list(allowed) + " (its proposal "
                    + theirs.number() + ", " + theirs + ", against our " + ours + ")";
        }

        private String list(List<Transform> transforms) {
            String what = switch (firstDifference) {
                case ENCR -> "encryption";
                case PRF -> "PRF";
                case INTEG -> "integrity";
                case KE -> "key exchange";
                case ESN -> "extended sequence numbers";
                case ADDKE1, ADDKE2, ADDKE3, ADDKE4, ADDKE5, ADDKE6, ADDKE7 -> "additional key exchange";
            };
            String names = transforms.stream()
                    .limit(MAX_NAMED)
                    .map(Transform::toString)
                    .collect(joining(" or "));
            return transforms.isEmpty()
                    ? "no " + what
                    : what + " " + names + (transforms.size() > MAX_NAMED ? " or others" : "");
        }
    }

    /** The additional key exchanges in common would make the same method twice (RFC 9370 2.2.1). */
    record RepeatedKeyExchange(Proposal ours, OfferedProposal theirs) implements Mismatch {
        @Override
        public String sentence() {
            return "the peer's proposal " + theirs.number() + ", " + theirs + ", against our " + ours
                    + " comes down to the same additional key exchange twice";
        }
    }

    /** The proposal is for another protocol. */
    record OtherProtocol(Proposal ours, OfferedProposal theirs) implements Mismatch {
        @Override
        public String sentence() {
            return "the peer's proposal " + theirs.number() + " is for "
                    + name(theirs.proposal().protocol()) + ", we allow " + name(ours.protocol());
        }

        private static String name(int protocol) {
            return switch (protocol) {
                case ProtocolId.IKE -> "IKE";
                case ProtocolId.AH -> "AH";
                case ProtocolId.ESP -> "ESP";
                default -> "protocol " + protocol;
            };
        }
    }

    /** There is a transform of an unknown type, and one of each type would have to be chosen (RFC 7296 3.3.6). */
    record UnknownTransformType(OfferedProposal theirs) implements Mismatch {
        @Override
        public String sentence() {
            return "the peer's proposal " + theirs.number() + ", " + theirs
                    + ", has a transform of a type that we do not know";
        }
    }

    /** Nothing was compared: the peer offered nothing, we allow nothing, or the answer is none to our offer. */
    record Incomparable(String sentence) implements Mismatch {}
}
