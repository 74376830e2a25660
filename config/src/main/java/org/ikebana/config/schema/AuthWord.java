package org.ikebana.config.schema;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.ikebana.config.problem.Quote;
import org.ikebana.ike.auth.PublicKeyAuth;
import org.ikebana.ike.connection.AuthConfig;
import org.ikebana.ike.eap.EapMethod;

/** The value of {@code auth}: a method, for public keys what they must be like, and by which methods of EAP. */
public record AuthWord(AuthConfig.Method method, PublicKeyAuth publicKey, List<EapMethod> eap) {
    /** The only word that strongSwan does not have. */
    private static final String NULL = "null";

    private static final String EAP = "eap";

    private static final String REMEDY =
            "write auth = psk, or pubkey, or rsa, ecdsa, ed25519 and so on, as in rsa-3072-sha256, or eap-mschapv2, eap-tls";

    public AuthWord {
        eap = List.copyOf(eap);
    }

    static AuthWord parse(String text) throws BadValue {
        String word = text.toLowerCase(Locale.ROOT);
        if (word.equals("psk")) {
            return of(AuthConfig.Method.PSK);
        }
        if (word.equals(NULL)) {
            return of(AuthConfig.Method.NULL);
        }
        if (word.startsWith("xauth")) {
            throw new BadValue(Quote.of(text) + " is for IKEv1, which is not spoken here", REMEDY);
        }
        if (word.startsWith(EAP)) {
            return new AuthWord(AuthConfig.Method.EAP, PublicKeyAuth.ANY, eap(text, word));
        }
        return PublicKeyAuth.parse(word)
                .map(publicKey -> new AuthWord(AuthConfig.Method.PUBKEY, publicKey, List.of()))
                .orElseThrow(() -> new BadValue(Quote.of(text) + " is no way to authenticate", REMEDY));
    }

    private static AuthWord of(AuthConfig.Method method) {
        return new AuthWord(method, PublicKeyAuth.ANY, List.of());
    }

    private static List<EapMethod> eap(String text, String word) throws BadValue {
        List<EapMethod> all = List.of(EapMethod.values());
        if (word.equals(EAP)) {
            return all;
        }
        String names =
                Arrays.stream(EapMethod.values()).map(EapMethod::toString).collect(Collectors.joining(", "));
        return EapMethod.ofKeyword(word.substring(Math.min(word.length(), EAP.length() + 1)))
                .filter(method -> word.equals(method.toString()))
                .map(List::of)
                .orElseThrow(() -> new BadValue(
                        Quote.of(text) + " is an EAP method that is not supported",
                        "write one of " + names + ", or eap for any of them"));
    }
}
