package org.ikebana.config.schema;

import static org.ikebana.config.schema.Key.derived;
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

    public static final Key<Identity> USER =
            derived("id<suffix>", CoreTypes.OWNER, "anybody", "a user name that it belongs to; there may be several");

    public static final Key<String> FILE = derived("file", TEXT, "", "the file that it opens; any if not given");

    static final SectionType IKE = SectionType.secret("secrets.ike<suffix>", "a preshared key", List.of(SECRET, ID));
    static final SectionType PPK = SectionType.secret(
            "secrets.ppk<suffix>", "a post-quantum preshared key (RFC 8784)", List.of(SECRET, PPK_ID));

    /** {@code xauth} is an old name, as with strongSwan. */
    static final List<SectionType> EAP = List.of(
            SectionType.secret("secrets.eap<suffix>", "a password for EAP-MSCHAPv2", List.of(SECRET, USER)),
            SectionType.secret("secrets.xauth<suffix>", "another name for eap", List.of(SECRET, USER)));

    static final SectionType NTLM = SectionType.secret(
            "secrets.ntlm<suffix>",
            "the NT hash of a password, for EAP-MSCHAPv2: MD4 of it in UTF-16LE, 16 octets",
            List.of(SECRET, USER));

    static final List<SectionType> PASSPHRASES = List.of(
            passphrase("private", "opens a key in the folder private"),
            passphrase("rsa", "opens a key in the folder rsa"),
            passphrase("ecdsa", "opens a key in the folder ecdsa"),
            passphrase("pkcs8", "opens a key in the folder pkcs8"),
            passphrase("pkcs12", "opens a container in the folder pkcs12"));

    static final SectionType TOKEN = SectionType.secret(
            "secrets.token<suffix>",
            "a private key on a token",
            List.of(TokenKeys.HANDLE, TokenKeys.SLOT, TokenKeys.MODULE, TokenKeys.PIN));

    static final List<SectionType> ALL = Stream.of(List.of(IKE), EAP, List.of(NTLM, PPK), PASSPHRASES, List.of(TOKEN))
            .flatMap(List::stream)
            .toList();

    private SecretKeys() {}

    private static SectionType passphrase(String folder, String meaning) {
        return SectionType.secret("secrets." + folder + "<suffix>", meaning, List.of(FILE, SECRET));
    }
}
