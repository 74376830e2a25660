package org.ikebana.metrics;

import org.ikebana.ike.event.Failure;

/** The word for each kind of failure; there are few of them, whatever a peer sends. */
final class FailureReason {
    private FailureReason() {}

    static String of(Failure failure) {
        return switch (failure) {
            case Failure.Malformed malformed -> "malformed";
            case Failure.PeerMisbehaved misbehaved -> "peer_misbehaved";
            case Failure.PeerIncompatible incompatible -> "peer_incompatible";
            case Failure.NoProposalChosen none -> "no_proposal_chosen";
            case Failure.TrafficSelectorsUnacceptable unacceptable -> "ts_unacceptable";
            case Failure.InvalidKeyExchange invalid -> "invalid_ke_payload";
            case Failure.AuthenticationFailed failed -> "authentication_failed";
            case Failure.UnexpectedNat nat -> "unexpected_nat_detected";
            case Failure.PeerRefused refused -> "peer_refused";
            case Failure.NoAnswer none -> "no_answer";
            case Failure.LocalFailure local -> "local_failure";
        };
    }
}
