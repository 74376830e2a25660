package org.ikebana.ike.eap;

import java.util.List;
import java.util.Optional;
import org.ikebana.ike.auth.Identity;

/**
 * What a connection says of one side's EAP.
 *
 * @param methods in order of preference; {@code auth = eap} leaves all of them
 * @param eapId local: the name to log in with, else the identity in IKE is; remote: what the peer is asked for, and must match,
 *     else its identity in IKE is its name
 * @param aaaId local: the identity that the server must prove inside of EAP; else its identity in IKE is
 */
public record EapAuth(List<EapMethod> methods, Optional<Identity> eapId, Optional<Identity> aaaId) {
    public static final EapAuth ANY = of(List.of(EapMethod.values()));

    public EapAuth {
        methods = List.copyOf(methods);
    }

    public static EapAuth of(List<EapMethod> methods) {
        return new EapAuth(methods, Optional.empty(), Optional.empty());
    }

    /** Those that may be the only proof of the responder (RFC 5998 4). */
    public List<EapMethod> safeAlone() {
        return methods.stream().filter(EapMethod::isSafeAlone).toList();
    }

    public EapAuth withIds(Optional<Identity> eap, Optional<Identity> aaa) {
        return new EapAuth(methods, eap, aaa);
    }
}
