package org.ikebana.ike.sa;

import java.util.Optional;
import org.ikebana.ike.event.Failure;
import org.ikebana.ike.task.Authentication;
import org.ikebana.ike.task.InboundMessage;
import org.ikebana.ike.wire.AuthPayload;
import org.ikebana.ike.wire.NotifyPayload;
import org.ikebana.ike.wire.NotifyType;

/** How a responder refuses IKE_AUTH (RFC 7296 2.21.2), and what to do about it. */
final class AuthRefusal {
    private AuthRefusal() {}

    /** Empty where the response goes on, though perhaps without a child. */
    static Optional<Failure> in(InboundMessage response, Authentication authentication, boolean isChildless) {
        boolean isProof = response.first(AuthPayload.class).isPresent();
        return response.error()
                .map(NotifyPayload::notifyType)
                .filter(type -> !isProof || endsIkeSa(type))
                .map(type -> new Failure.PeerRefused(type, advice(type, authentication, isChildless)));
    }

    static Failure noAnswer(Endpoints endpoints) {
        return new Failure.NoAnswer(
                "no answer from " + endpoints.remote().getAddress().getHostAddress() + " port "
                        + endpoints.remote().getPort()
                        + " to IKE_AUTH, though it answered IKE_SA_INIT; is UDP port 4500 let through?");
    }

    /** Without a DELETE, and whatever else is in the answer (RFC 7296 2.21.2). */
    private static boolean endsIkeSa(int notifyType) {
        return notifyType == NotifyType.AUTHENTICATION_FAILED
                || notifyType == NotifyType.INVALID_SYNTAX
                || notifyType == NotifyType.UNSUPPORTED_CRITICAL_PAYLOAD;
    }

    private static String advice(int notifyType, Authentication authentication, boolean isChildless) {
        return switch (notifyType) {
            case NotifyType.AUTHENTICATION_FAILED ->
                remedy(authentication)
                        + ", and whether it expects us to be "
                        + authentication.localId() + " and is itself "
                        + authentication.connection().remote().id()
                        + authentication
                                .ppkInUse()
                                .map(id -> ", and whether it has the PPK " + id + ", with the same secret")
                                .orElse("");
            case NotifyType.INVALID_SYNTAX ->
                isChildless
                        ? "perhaps it wants a child SA together with the IKE SA: compare childless of both sides"
                        : "perhaps it wants the IKE SA without a child SA first: compare childless of both sides";
            default -> "";
        };
    }

    private static String remedy(Authentication authentication) {
        return switch (authentication.connection().local().method()) {
            case PSK -> "compare the secrets of both sides";
            case PUBKEY ->
                "see its log, whether it trusts " + authentication.shown().orElse("our certificate");
            case EAP -> "see its log, whether it asks for EAP, and knows our user name and secret";
            case NULL -> "see its log, whether it takes a peer without authentication";
        };
    }
}
