package org.ikebana.config.schema;

import static org.ikebana.config.schema.Key.derived;
import static org.ikebana.config.schema.Key.of;
import static org.ikebana.config.schema.Support.IKEV1_ONLY;
import static org.ikebana.config.schema.Support.REFUSED;
import static org.ikebana.config.schema.Texts.TEXT;

import java.util.List;
import java.util.stream.Stream;
import org.ikebana.ike.auth.Identity;
import org.ikebana.ike.auth.RevocationPolicy;

/** The keys of {@code connections.<conn>.local<suffix>} and {@code remote<suffix>}. */
public final class AuthKeys {
    public static final Key<AuthWord> AUTH = of(
            "auth",
            ValueType.of("psk|pubkey...|eap-mschapv2|eap-tls|eap|null", AuthWord::parse),
            "pubkey",
            "how this side proves who it is; eap is any method there is, and null is no authentication at all"
                    + " (RFC 7619), a word of Ikebana's own");
    public static final Key<Identity> ID =
            derived("id", CoreTypes.IDENTITY, "local: the address; remote: %any", "the identity of this side");

    public static final Key<String> CERTS = derived("certs", TEXT, "", "files of certificates, in x509");
    public static final Key<String> PUBKEYS = derived("pubkeys", TEXT, "", "files of raw public keys, in pubkey");
    public static final Key<String> CACERTS =
            derived("cacerts", TEXT, "", "files of CA certificates, in x509ca, of which one must be in the path");
    public static final Key<Identity> CA_ID = derived(
            "ca_id",
            CoreTypes.IDENTITY,
            "",
            "who a CA in the path must be, by its subject or an alternative name; its certificate may come from the peer");
    public static final Key<String> CERT_POLICY =
            derived("cert_policy", TEXT, "", "object identifiers of policies, one of which the certificate must have");

    public static final Key<RevocationPolicy> REVOCATION = of(
            "revocation",
            Choice.<RevocationPolicy>none()
                    .word("strict", RevocationPolicy.STRICT)
                    .word("ifuri", RevocationPolicy.IF_URI)
                    .word("relaxed", RevocationPolicy.RELAXED),
            "relaxed",
            "what keeps a peer out: strict, not knowing whether its certificates are revoked; ifuri, not knowing though it is"
                    + " said where that is known; relaxed, only knowing that they are");

    public static final Key<String> CERTIFICATE_FILE =
            derived("file", TEXT, "", "file of the certificate, in x509 or x509ca; instead of a handle");

    public static final Key<Identity> EAP_ID = derived(
            "eap_id",
            CoreTypes.IDENTITY,
            "local: id; remote: the peer's is not asked for",
            "the identity in EAP; remote: asked for and to be matched, %any for any");
    public static final Key<Identity> AAA_ID =
            derived("aaa_id", CoreTypes.IDENTITY, "remote.id", "the identity of the server's certificate in eap-tls");
    public static final Key<Integer> ROUND =
            of("round", Numbers.range("number", 0, 65535), "0", "order of the authentication rounds");

    static final List<Key<?>> LOCAL = List.of(
            ROUND,
            AUTH,
            ID,
            EAP_ID,
            AAA_ID,
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
            CERT_POLICY,
            CERTS,
            CACERTS,
            CA_ID,
            PUBKEYS,
            REVOCATION);

    /** Of the sections {@code cert<suffix>} and {@code cacert<suffix>} below, and of {@code authorities.<name>}. */
    static final List<Key<?>> CERTIFICATE_SOURCE = Stream.<Key<?>>concat(
                    Stream.of(CERTIFICATE_FILE), TokenKeys.ALL.stream())
            .toList();

    private AuthKeys() {}
}
