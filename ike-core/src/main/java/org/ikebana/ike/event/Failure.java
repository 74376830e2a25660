package org.ikebana.ike.event;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.ikebana.ike.connection.SourceRef;
import org.ikebana.ike.wire.NotifyType;

/**
 * Why a negotiation failed, as data. Each knows the notify that tells the peer, if any, one sentence for people, and
 * the place of the configuration to look at.
 */
public sealed interface Failure {
    String ASK_WHAT_IT_RUNS = "what it runs, in which version; a capture of both ends shows who is right";

    /** One sentence, without a full stop; says what to do where that is known. */
    String sentence();

    /** A word for its kind; there are few of them, whatever a peer sends. */
    default String kind() {
        return switch (this) {
            case Malformed malformed -> "malformed";
            case PeerMisbehaved misbehaved -> "peer_misbehaved";
            case PeerIncompatible incompatible -> "peer_incompatible";
            case NoProposalChosen none -> "no_proposal_chosen";
            case TrafficSelectorsUnacceptable unacceptable -> "ts_unacceptable";
            case InvalidKeyExchange invalid -> "invalid_ke_payload";
            case AuthenticationFailed failed -> "authentication_failed";
            case UnexpectedNat nat -> "unexpected_nat_detected";
            case PeerRefused refused -> "peer_refused";
            case NoAnswer none -> "no_answer";
            case LocalFailure local -> "local_failure";
        };
    }

    /** What it comes down to, a sentence each: where there are several reasons, or else {@link #sentence}. */
    default List<String> details() {
        List<String> reasons = switch (this) {
            case NoProposalChosen none -> none.reasons();
            case TrafficSelectorsUnacceptable unacceptable -> unacceptable.reasons();
            default -> List.of();
        };
        return reasons.isEmpty() ? List.of(sentence()) : reasons;
    }

    /** What to ask the other side's administrator, as the end of a sentence; empty where the reason is known, or is ours. */
    default Optional<String> question() {
        return switch (this) {
            case NoProposalChosen none ->
                Optional.of(
                        "for its proposals of this tunnel, IKE and ESP, with the groups for PFS: one line must be common");
            case TrafficSelectorsUnacceptable unacceptable ->
                Optional.of("which networks it has for itself and for you: its two sides must be yours, exchanged");
            case AuthenticationFailed failed ->
                Optional.of("which identity it has and which it expects of you, and by what it proves that");
            case NoAnswer none ->
                Optional.of(
                        "whether it hears you at UDP 500 and 4500 and sends answers; a firewall on the way may drop them");
            case PeerRefused refused ->
                Optional.of("what its log says of that moment: it knows why, and does not tell");
            case PeerMisbehaved misbehaved -> Optional.of(ASK_WHAT_IT_RUNS);
            case Malformed malformed -> Optional.of(ASK_WHAT_IT_RUNS);
            case PeerIncompatible incompatible -> Optional.of(ASK_WHAT_IT_RUNS);
            case InvalidKeyExchange invalid -> Optional.empty();
            case UnexpectedNat nat -> Optional.empty();
            case LocalFailure local -> Optional.empty();
        };
    }

    /** What to answer the peer with, in a protected message as a rule (RFC 7296 2.21). */
    default OptionalInt notifyType() {
        return OptionalInt.empty();
    }

    default Optional<SourceRef> place() {
        return Optional.empty();
    }

    /** Octets that do not form a message, or a message without what the exchange needs. */
    record Malformed(String sentence) implements Failure {
        @Override
        public OptionalInt notifyType() {
            return OptionalInt.of(NotifyType.INVALID_SYNTAX);
        }
    }

    /** Well-formed, but against the protocol. */
    record PeerMisbehaved(String sentence) implements Failure {
        @Override
        public OptionalInt notifyType() {
            return OptionalInt.of(NotifyType.INVALID_SYNTAX);
        }
    }

    /** The two ends are configured so that they do not work together, and the protocol has no error of its own for it. */
    record PeerIncompatible(String sentence, Optional<SourceRef> place) implements Failure {
        @Override
        public OptionalInt notifyType() {
            return OptionalInt.of(NotifyType.INVALID_SYNTAX);
        }
    }

    /**
     * The two sides have no proposal in common.
     *
     * @param protocol {@code IKE} or {@code ESP}
     * @param reasons one sentence a pair of proposals, the first difference named
     */
    record NoProposalChosen(String protocol, List<String> reasons, Optional<SourceRef> place) implements Failure {
        public NoProposalChosen {
            reasons = List.copyOf(reasons);
        }

        @Override
        public String sentence() {
            return "no common " + protocol + " proposal: "
                    + (reasons.isEmpty() ? "the peer offered none" : String.join("; ", reasons));
        }

        @Override
        public OptionalInt notifyType() {
            return OptionalInt.of(NotifyType.NO_PROPOSAL_CHOSEN);
        }
    }

    /** The two sides' traffic selectors have nothing in common. */
    record TrafficSelectorsUnacceptable(List<String> reasons, Optional<SourceRef> place) implements Failure {
        public TrafficSelectorsUnacceptable {
            reasons = List.copyOf(reasons);
        }

        @Override
        public String sentence() {
            return "no common traffic selectors: " + String.join("; ", reasons);
        }

        @Override
        public OptionalInt notifyType() {
            return OptionalInt.of(NotifyType.TS_UNACCEPTABLE);
        }
    }

    /** The peer's key exchange method is not the one that was chosen; it is asked to try again (RFC 7296 1.2). */
    record InvalidKeyExchange(int offered, int wanted, String wantedName) implements Failure {
        @Override
        public String sentence() {
            return "the peer sent a public value of group " + offered + ", we ask it for " + wantedName;
        }

        @Override
        public OptionalInt notifyType() {
            return OptionalInt.of(NotifyType.INVALID_KE_PAYLOAD);
        }
    }

    /** Who the peer says it is, or how it proves it, is not accepted. */
    record AuthenticationFailed(String sentence, Optional<SourceRef> place) implements Failure {
        @Override
        public OptionalInt notifyType() {
            return OptionalInt.of(NotifyType.AUTHENTICATION_FAILED);
        }
    }

    /** Somebody on the way has changed addresses that the peer vouches for (RFC 4555 3.9). */
    record UnexpectedNat(String address) implements Failure {
        @Override
        public String sentence() {
            return "a NAT makes the peer come from " + address
                    + ", which it does not allow for; switch NAT traversal on there, or take the NAT away";
        }

        @Override
        public OptionalInt notifyType() {
            return OptionalInt.of(NotifyType.UNEXPECTED_NAT_DETECTED);
        }
    }

    /** The peer answered with an error of its own. */
    record PeerRefused(int refusal, String advice) implements Failure {
        @Override
        public String sentence() {
            return "the peer refused with " + NotifyType.name(refusal) + (advice.isEmpty() ? "" : ": " + advice);
        }
    }

    /** Nothing came back. */
    record NoAnswer(String sentence) implements Failure {}

    /** Something on this machine stands in the way: the kernel, the configuration, a route. */
    record LocalFailure(String sentence, Optional<SourceRef> place) implements Failure {
        /** The peer learns no more than that it is not to be (RFC 7296 3.10.1). */
        @Override
        public OptionalInt notifyType() {
            return OptionalInt.of(NotifyType.NO_PROPOSAL_CHOSEN);
        }
    }
}
