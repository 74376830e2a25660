package org.ikebana.daemon.authority;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.KeyPurposeId;

/** What a certificate's key is for (RFC 5280 4.2.1.12), by strongSwan's words for it, {@code --flag}. */
public enum Purpose {
    SERVER_AUTH("serverAuth", KeyPurposeId.id_kp_serverAuth),
    CLIENT_AUTH("clientAuth", KeyPurposeId.id_kp_clientAuth),
    IKE_INTERMEDIATE("ikeIntermediate", KeyPurposeId.getInstance(new ASN1ObjectIdentifier("1.3.6.1.5.5.8.2.2"))),
    IPSEC_IKE("ipsecIKE", KeyPurposeId.getInstance(new ASN1ObjectIdentifier("1.3.6.1.5.5.7.3.17"))),
    OCSP_SIGNING("ocspSigning", KeyPurposeId.id_kp_OCSPSigning),
    SMARTCARD_LOGON("msSmartcardLogon", KeyPurposeId.id_kp_smartcardlogon),
    /** No purpose but a key usage (RFC 5280 4.2.1.3): of those who sign revocation lists for a CA. */
    CRL_SIGN("crlSign", null);

    private final String word;
    private final Optional<KeyPurposeId> oid;

    Purpose(String word, @org.jspecify.annotations.Nullable KeyPurposeId oid) {
        this.word = word;
        this.oid = Optional.ofNullable(oid);
    }

    /** @throws AuthorityException naming all words there are */
    public static Purpose of(String word) throws AuthorityException {
        return Arrays.stream(values())
                .filter(purpose -> purpose.word.equalsIgnoreCase(word))
                .findFirst()
                .orElseThrow(() -> new AuthorityException("there is no flag '" + word + "'; take one of "
                        + Arrays.stream(values()).map(Purpose::toString).collect(Collectors.joining(", "))));
    }

    /** Of an object identifier, where there is a word for it. */
    public static Optional<Purpose> of(KeyPurposeId oid) {
        return Arrays.stream(values())
                .filter(purpose -> purpose.oid.filter(oid::equals).isPresent())
                .findFirst();
    }

    /** Empty for {@link #CRL_SIGN}. */
    public Optional<KeyPurposeId> oid() {
        return oid;
    }

    @Override
    public String toString() {
        return word;
    }
}
