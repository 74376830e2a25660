package org.ikebana.ike.eap;

import java.nio.charset.StandardCharsets;
import org.ikebana.ike.auth.IdType;
import org.ikebana.ike.auth.Identity;
import org.ikebana.ike.auth.IdentitySyntaxException;
import org.ikebana.ike.wire.Octets;

/** The identities that EAP tells as text (RFC 3748 5.1), as the identities of configurations. */
final class EapName {
    /** In octets; what a peer sends beyond is not looked at. */
    static final int MAX_LENGTH = 253; // as in RADIUS (RFC 2865 5.1)

    private static final int DER_SEQUENCE = 0x30;

    private EapName() {}

    /** Of whatever a peer says: never a pattern, which it could match everybody by. */
    static Identity of(Octets name) {
        if (name.isEmpty() || name.length() > MAX_LENGTH) {
            return unnamed(name);
        }
        Identity dn = new Identity(IdType.DER_ASN1_DN, name);
        if (name.at(0) == DER_SEQUENCE && dn.isConcrete()) {
            return dn;
        }
        return isText(name) ? ofText(name) : unnamed(name);
    }

    /** What goes out: text where the identity is one. */
    static Octets toWire(Identity identity) {
        return switch (identity.type()) {
            case IdType.IPV4_ADDR, IdType.IPV6_ADDR ->
                Octets.wrap(identity.toString().getBytes(StandardCharsets.UTF_8));
            default -> identity.data();
        };
    }

    private static Identity ofText(Octets name) {
        String text = new String(name.toByteArray(), StandardCharsets.UTF_8);
        try {
            Identity parsed = Identity.parse(text);
            return parsed.isConcrete() && isWhatItSays(parsed) ? parsed : unnamed(name);
        } catch (IdentitySyntaxException e) {
            return unnamed(name);
        }
    }

    /** The syntax of configurations has prefixes for types, which are no part of a name. */
    private static boolean isWhatItSays(Identity parsed) {
        return switch (parsed.type()) {
            case IdType.IPV4_ADDR, IdType.IPV6_ADDR, IdType.FQDN, IdType.RFC822_ADDR, IdType.DER_ASN1_DN -> true;
            default -> false;
        };
    }

    private static boolean isText(Octets name) {
        for (int i = 0; i < name.length(); i++) {
            if (name.at(i) < ' ' || name.at(i) == 0x7f) {
                return false;
            }
        }
        return name.at(0) != '%' && name.at(0) != '@' && name.at(0) != '{';
    }

    private static Identity unnamed(Octets name) {
        return new Identity(IdType.KEY_ID, name.slice(0, Math.min(name.length(), MAX_LENGTH)));
    }
}
