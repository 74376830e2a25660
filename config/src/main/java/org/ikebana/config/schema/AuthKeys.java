package org.ikebana.config.schema;

import static org.ikebana.config.schema.Key.derived;
import static org.ikebana.config.schema.Key.of;
import static org.ikebana.config.schema.Support.IKEV1_ONLY;
import static org.ikebana.config.schema.Support.REFUSED;
import static org.ikebana.config.schema.Support.WITHOUT_EFFECT;
import static org.ikebana.config.schema.Texts.TEXT;

import java.util.List;
import java.util.Locale;
import org.ikebana.config.problem.Quote;
import org.ikebana.ike.auth.Identity;
import org.ikebana.ike.connection.AuthConfig;

/** The keys of {@code connections.<conn>.local<suffix>} and {@code remote<suffix>}. */
public final class AuthKeys {
    public static final Key<AuthConfig.Method> AUTH =
            derived("auth", ValueType.of("psk", AuthKeys::method), "pubkey", "how this side proves who it is");
    public static final Key<Identity> ID =
            derived("id", CoreTypes.IDENTITY, "local: the address; remote: %any", "the identity of this side");

    private static final String NO_CERTIFICATES = "auth = psk uses no certificates";
    private static final String NO_EAP = "auth = psk uses no EAP";

    private static final Key<String> PUBKEYS =
            derived("pubkeys", TEXT, "", "files of raw public keys").with(WITHOUT_EFFECT, NO_CERTIFICATES);
    private static final Key<String> CERTS =
            derived("certs", TEXT, "", "files of certificates").with(WITHOUT_EFFECT, NO_CERTIFICATES);
    private static final Key<String> EAP_ID =
            derived("eap_id", TEXT, "id", "the EAP identity").with(WITHOUT_EFFECT, NO_EAP);
    private static final Key<Integer> ROUND =
            of("round", Numbers.range("number", 0, 65535), "0", "order of the authentication rounds");

    static final List<Key<?>> LOCAL = List.of(
            ROUND,
            AUTH,
            ID,
            EAP_ID,
            derived("aaa_id", TEXT, "remote.id", "the server's EAP identity").with(WITHOUT_EFFECT, NO_EAP),
            derived("xauth_id", TEXT, "id", "the XAuth user name").with(IKEV1_ONLY, "no IKEv1"),
            CERTS,
            PUBKEYS);

    static final List<Key<?>> REMOTE = List.of(
            ROUND,
            AUTH,
            ID,
            EAP_ID,
            derived("groups", TEXT, "", "groups of which the peer must be a member")
                    .with(REFUSED, "remove it, and let remote.id say who may connect"),
            derived("cert_policy", TEXT, "", "policies that the certificate must have")
                    .with(WITHOUT_EFFECT, NO_CERTIFICATES),
            CERTS,
            derived("cacerts", TEXT, "", "files of CA certificates").with(WITHOUT_EFFECT, NO_CERTIFICATES),
            derived("ca_id", TEXT, "", "identity of a CA in the chain").with(WITHOUT_EFFECT, NO_CERTIFICATES),
            PUBKEYS,
            of("revocation", TEXT, "relaxed", "how sure it must be that a certificate is not revoked")
                    .with(WITHOUT_EFFECT, NO_CERTIFICATES));

    /** Of the sections {@code cert<suffix>} and {@code cacert<suffix>} below, and of {@code authorities.<name>}. */
    static final List<Key<?>> CERTIFICATE_SOURCE = List.of(
            derived("file", TEXT, "", "path of the certificate").with(WITHOUT_EFFECT, NO_CERTIFICATES),
            derived("handle", TEXT, "", "handle of the certificate on a token").with(WITHOUT_EFFECT, NO_CERTIFICATES),
            derived("slot", TEXT, "", "slot of the token").with(WITHOUT_EFFECT, NO_CERTIFICATES),
            derived("module", TEXT, "", "PKCS #11 module of the token").with(WITHOUT_EFFECT, NO_CERTIFICATES));

    private AuthKeys() {}

    private static AuthConfig.Method method(String text) throws BadValue {
        String word = text.toLowerCase(Locale.ROOT);
        if (word.equals("psk")) {
            return AuthConfig.Method.PSK;
        }
        if (word.matches("(ike:.*|pubkey.*|rsa.*|ecdsa.*|ed25519.*|ed448.*|eap.*)")) {
            throw new BadValue(Quote.of(text) + " is not supported yet", "write auth = psk, with a key in secrets");
        }
        if (word.startsWith("xauth")) {
            throw new BadValue(Quote.of(text) + " is for IKEv1, which is not spoken here", "write auth = psk");
        }
        throw new BadValue(Quote.of(text) + " is no way to authenticate", "write auth = psk");
    }
}
