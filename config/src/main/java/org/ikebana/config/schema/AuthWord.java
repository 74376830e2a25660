package org.ikebana.config.schema;

import java.util.Locale;
import org.ikebana.config.problem.Quote;
import org.ikebana.ike.auth.PublicKeyAuth;
import org.ikebana.ike.connection.AuthConfig;

/** The value of {@code auth}: a method, and for public keys what they must be like. */
public record AuthWord(AuthConfig.Method method, PublicKeyAuth publicKey) {
    private static final String REMEDY =
            "write auth = psk, or pubkey, or rsa, ecdsa, ed25519 and so on, as in rsa-3072-sha256";

    static AuthWord parse(String text) throws BadValue {
        String word = text.toLowerCase(Locale.ROOT);
        if (word.equals("psk")) {
            return new AuthWord(AuthConfig.Method.PSK, PublicKeyAuth.ANY);
        }
        if (word.startsWith("xauth")) {
            throw new BadValue(Quote.of(text) + " is for IKEv1, which is not spoken here", REMEDY);
        }
        if (word.startsWith("eap")) {
            throw new BadValue(Quote.of(text) + " is not supported yet", REMEDY);
        }
        return PublicKeyAuth.parse(word)
                .map(publicKey -> new AuthWord(AuthConfig.Method.PUBKEY, publicKey))
                .orElseThrow(() -> new BadValue(Quote.of(text) + " is no way to authenticate", REMEDY));
    }
}
