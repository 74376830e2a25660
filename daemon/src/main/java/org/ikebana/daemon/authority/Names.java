package org.ikebana.daemon.authority;

import java.io.IOException;
import java.util.List;
import org.bouncycastle.asn1.ASN1Encoding;
import org.bouncycastle.asn1.DERIA5String;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.GeneralName;
import org.ikebana.ike.auth.IdType;
import org.ikebana.ike.auth.Identity;
import org.ikebana.ike.auth.IdentitySyntaxException;
import org.ikebana.ike.wire.Octets;

/** Names in certificates, as identities are written: {@code C=CH, O=Org, CN=sun} and {@code sun.example.org}. */
public final class Names {
    private Names() {}

    /** A distinguished name. */
    public static X500Name subject(String text) throws AuthorityException {
        Identity identity = parse("asn1dn:" + text, text, "C=CH, O=Org, CN=sun");
        requireConcrete(identity, text);
        return X500Name.getInstance(identity.data().toByteArray());
    }

    /** A subjectAltName, of whatever kind the text looks like. */
    public static GeneralName altName(String text) throws AuthorityException {
        Identity identity = parse(text, text, "sun.example.org, sun@example.org or 192.0.2.1");
        requireConcrete(identity, text);
        byte[] data = identity.data().toByteArray();
        return switch (identity.type()) {
            case IdType.FQDN -> new GeneralName(GeneralName.dNSName, characters(data, text));
            case IdType.RFC822_ADDR -> new GeneralName(GeneralName.rfc822Name, characters(data, text));
            case IdType.IPV4_ADDR, IdType.IPV6_ADDR -> new GeneralName(GeneralName.iPAddress, new DEROctetString(data));
            case IdType.DER_ASN1_DN -> new GeneralName(X500Name.getInstance(data));
            default ->
                throw new AuthorityException("'" + text + "' cannot be a subjectAltName, which is a domain name, a mail"
                        + " address, an address or a distinguished name");
        };
    }

    /** As {@link #subject} understands it. */
    public static String text(X500Name name) {
        try {
            Octets encoded = Octets.wrap(name.getEncoded(ASN1Encoding.DER));
            return encoded.length() == 2 ? "" : new Identity(IdType.DER_ASN1_DN, encoded).toString();
        } catch (IOException e) {
            throw new IllegalStateException("A name that was decoded can be encoded", e);
        }
    }

    /** For people. */
    public static String text(GeneralName name) {
        byte[] octets = name.getName() instanceof org.bouncycastle.asn1.ASN1OctetString address
                ? address.getOctets()
                : new byte[0];
        return switch (name.getTagNo()) {
            case GeneralName.dNSName, GeneralName.rfc822Name, GeneralName.uniformResourceIdentifier ->
                printable(DERIA5String.getInstance(name.getName()).getString());
            case GeneralName.directoryName -> text(X500Name.getInstance(name.getName()));
            case GeneralName.iPAddress ->
                List.of(4, 16).contains(octets.length)
                        ? new Identity(octets.length == 4 ? IdType.IPV4_ADDR : IdType.IPV6_ADDR, Octets.wrap(octets))
                                .toString()
                        : "(malformed address)";
            default -> "(of kind " + name.getTagNo() + ")";
        };
    }

    /** Files come from anybody: what would move the cursor does not reach the terminal. */
    static String printable(String text) {
        return text.replaceAll("[^ -~]", "?");
    }

    private static Identity parse(String text, String given, String example) throws AuthorityException {
        try {
            return Identity.parse(text);
        } catch (IdentitySyntaxException e) {
            throw new AuthorityException(
                    "'" + given + "' is no name that can be certified: " + e.getMessage() + "; write it as " + example);
        }
    }

    private static void requireConcrete(Identity identity, String text) throws AuthorityException {
        if (!identity.isConcrete()) {
            throw new AuthorityException("'" + text + "' stands for several; a certificate names one");
        }
    }

    private static DERIA5String characters(byte[] data, String text) throws AuthorityException {
        for (byte octet : data) {
            if (octet < ' ') {
                throw new AuthorityException(
                        "'" + text + "' is not ASCII, as names in certificates are; write a domain in its form xn--");
            }
        }
        return new DERIA5String(new String(data, java.nio.charset.StandardCharsets.US_ASCII));
    }
}
