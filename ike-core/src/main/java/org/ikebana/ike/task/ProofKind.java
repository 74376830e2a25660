package org.ikebana.ike.task;

import org.ikebana.ike.connection.AuthConfig;
import org.ikebana.ike.wire.AuthMethod;
import org.ikebana.ike.wire.AuthPayload;

/** Which kind of {@code auth} a message goes by. */
public final class ProofKind {
    private ProofKind() {}

    /** Of a message that begins a round: without an AUTH payload it asks for EAP (RFC 7296 2.16). */
    public static AuthConfig.Method of(InboundMessage message) {
        return message.first(AuthPayload.class).map(ProofKind::of).orElse(AuthConfig.Method.EAP);
    }

    static AuthConfig.Method of(AuthPayload auth) {
        return switch (auth.method()) {
            case AuthMethod.SHARED_KEY_MIC -> AuthConfig.Method.PSK;
            case AuthMethod.NULL -> AuthConfig.Method.NULL;
            default -> AuthConfig.Method.PUBKEY;
        };
    }

    /** For people, as in "asks for". */
    public static String words(AuthConfig.Method method) {
        return switch (method) {
            case PSK -> "a shared key";
            case PUBKEY -> "a signature";
            case EAP -> "EAP";
            case NULL -> "no authentication (auth = null)";
        };
    }
}
