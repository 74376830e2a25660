package org.ikebana.config.schema;

import static org.ikebana.config.schema.Key.derived;

import java.util.List;
import java.util.Optional;
import org.ikebana.config.token.TokenPlace;
import org.ikebana.ike.crypto.Secret;
import org.ikebana.ike.wire.Octets;

/** The keys that say where on a token something lies. */
public final class TokenKeys {
    public static final Key<Octets> HANDLE =
            derived("handle", Texts.HEXADECIMAL, "", "its handle on a token (CKA_ID), in hexadecimal");
    public static final Key<Long> SLOT = derived(
            "slot",
            Numbers.COUNT,
            "any",
            "number of the slot that the token is in; of several tokens one that shows it");
    public static final Key<String> MODULE =
            derived("module", Texts.TEXT, "any", "name of the PKCS #11 module in ikebana.conf, pkcs11.modules.<name>");
    public static final Key<Secret> PIN =
            derived("pin", Texts.PIN, "", "PIN of the token, unless it shows the key without");

    static final List<Key<?>> ALL = List.of(HANDLE, SLOT, MODULE);

    private TokenKeys() {}

    /** Empty without a handle. */
    public static Optional<TokenPlace> place(TypedSection section) {
        return section.find(HANDLE).map(handle -> new TokenPlace(handle, section.find(SLOT), section.find(MODULE)));
    }
}
