package org.ikebana.ike.connection;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.ikebana.ike.auth.Identity;
import org.ikebana.ike.auth.PublicKeyAuth;
import org.ikebana.ike.eap.EapAuth;

/**
 * One side's {@code local} or {@code remote} section, with those of its further rounds (RFC 4739).
 *
 * @param id {@link Identity#ANY} where none is given: locally the address is sent then, remotely any is accepted
 * @param publicKey of effect with {@link Method#PUBKEY}, and of the certificates in EAP-TLS
 * @param eap of effect with {@link Method#EAP} alone
 * @param further what follows once this one has come to its end, each without further ones of its own
 * @param places where the values of its keys stand, by key
 */
public record AuthConfig(
        Method method,
        Identity id,
        PublicKeyAuth publicKey,
        EapAuth eap,
        List<AuthConfig> further,
        Map<String, SourceRef> places) {
    /** What {@code auth = } says. */
    public enum Method {
        PSK("psk"),
        /** With the private key of a certificate, or a raw one. */
        PUBKEY("pubkey"),
        /** The initiator by EAP (RFC 7296 2.16); the responder by EAP alone (RFC 5998). */
        EAP("eap"),
        /** Not at all (RFC 7619). */
        NULL("null");

        private final String keyword;

        Method(String keyword) {
            this.keyword = keyword;
        }

        @Override
        public String toString() {
            return keyword;
        }
    }

    public AuthConfig {
        further = List.copyOf(further);
        places = Map.copyOf(places);
    }

    public AuthConfig(Method method, Identity id, PublicKeyAuth publicKey) {
        this(method, id, publicKey, EapAuth.ANY, List.of(), Map.of());
    }

    public AuthConfig(Method method, Identity id) {
        this(method, id, PublicKeyAuth.ANY);
    }

    /** This one and the further ones, in order. */
    public List<AuthConfig> rounds() {
        return further.isEmpty()
                ? List.of(this)
                : Stream.concat(Stream.of(with(List.of())), further.stream()).toList();
    }

    /** One that is over with the first IKE_AUTH exchange. */
    public boolean isSingle() {
        return method != Method.EAP && further.isEmpty();
    }

    /** Where the value of that key stands; empty where it is not given. */
    public Optional<SourceRef> place(String key) {
        return Optional.ofNullable(places.get(key));
    }

    /** In none of the rounds. */
    AuthConfig withoutCertificates() {
        return with(publicKey.withCertificates(List.of()))
                .with(further.stream().map(AuthConfig::withoutCertificates).toList());
    }

    /** As if it, and the further ones, stood in no file. */
    public AuthConfig withoutPlaces() {
        return with(Map.of())
                .with(further.stream().map(AuthConfig::withoutPlaces).toList());
    }

    public AuthConfig with(EapAuth other) {
        return new AuthConfig(method, id, publicKey, other, further, places);
    }

    public AuthConfig with(PublicKeyAuth other) {
        return new AuthConfig(method, id, other, eap, further, places);
    }

    public AuthConfig with(List<AuthConfig> others) {
        return new AuthConfig(method, id, publicKey, eap, others, places);
    }

    public AuthConfig with(Map<String, SourceRef> others) {
        return new AuthConfig(method, id, publicKey, eap, further, others);
    }
}
