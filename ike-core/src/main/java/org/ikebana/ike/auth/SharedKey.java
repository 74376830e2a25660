package org.ikebana.ike.auth;

import java.util.List;
import org.ikebana.ike.crypto.Secret;

/**
 * A pre-shared key of the configuration's {@code secrets.ike*} sections.
 *
 * @param owners the identities it belongs to; empty for anybody
 */
public record SharedKey(String name, List<Identity> owners, Secret secret) {
    public SharedKey {
        owners = List.copyOf(owners);
    }
}
