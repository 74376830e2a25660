package org.ikebana.config.schema;

import static org.ikebana.config.schema.Key.derived;
import static org.ikebana.config.schema.Support.IGNORED;
import static org.ikebana.config.schema.Texts.TEXT;

import java.util.List;
import java.util.stream.Stream;
import org.ikebana.ike.auth.Identity;
import org.ikebana.ike.crypto.Secret;

/** The sections below {@code secrets} and their keys. */
public final class SecretKeys {
    public static final Key<Secret> SECRET = derived("secret", Texts.SECRET, "", "the secret itself");
    public static final Key<Identity> ID =
            derived("id<suffix>", CoreTypes.OWNER, "anybody", "an identity that it belongs to; there may be several");

    public static final Key<Identity> PPK_ID =
            derived("id<suffix>", CoreTypes.OWNER, "any", "what ppk_id names it by; there may be several");

    static final SectionType IKE = SectionType.secret("secrets.ike<suffix>", "a preshared key", List.of(SECRET, ID));
    static final SectionType PPK = SectionType.secret(
            "secrets.ppk<suffix>", "a post-quantum preshared key (RFC 8784)", List.of(SECRET, PPK_ID));

    private static final Key<String> FILE = derived("file", TEXT, "", "the key file that it opens");

    static final List<SectionType> ALL = List.of(
            IKE,
            notYet("eap", "a password for EAP", SECRET, ID),
            notYet("xauth", "another name for eap", SECRET, ID),
            notYet("ntlm", "an NT hash for EAP-MSCHAPv2", SECRET, ID),
            PPK,
            notYet("private", "opens a key in the folder private", FILE, SECRET),
            notYet("rsa", "opens a key in the folder rsa", FILE, SECRET),
            notYet("ecdsa", "opens a key in the folder ecdsa", FILE, SECRET),
            notYet("pkcs8", "opens a key in the folder pkcs8", FILE, SECRET),
            notYet("pkcs12", "opens a container in the folder pkcs12", FILE, SECRET),
            notYet(
                    "token",
                    "a private key on a token",
                    derived("handle", TEXT, "", "handle of the key"),
                    derived("slot", TEXT, "", "slot of the token"),
                    derived("module", TEXT, "", "PKCS #11 module of the token"),
                    derived("pin", TEXT, "", "PIN of the token")));

    private SecretKeys() {}

    private static SectionType notYet(String name, String meaning, Key<?>... keys) {
        return SectionType.secret(
                        "secrets." + name + "<suffix>",
                        meaning,
                        Stream.<Key<?>>of(keys).toList())
                .with(IGNORED, "only auth = psk is, with secrets.ike<suffix>");
    }
}
