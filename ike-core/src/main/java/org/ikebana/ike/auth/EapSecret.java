package org.ikebana.ike.auth;

import java.util.List;
import org.ikebana.ike.crypto.Secret;

/**
 * A password of the configuration's {@code secrets.eap*}, {@code xauth*} and {@code ntlm*} sections.
 *
 * @param owners user names it belongs to; empty for anybody
 * @param secret the password in UTF-8, or of 16 octets its NT hash
 */
public record EapSecret(String name, List<Identity> owners, Secret secret, boolean isNtHash) {
    public EapSecret {
        owners = List.copyOf(owners);
    }
}
