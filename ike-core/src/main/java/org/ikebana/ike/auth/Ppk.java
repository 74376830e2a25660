package org.ikebana.ike.auth;

import java.util.List;
import org.ikebana.ike.crypto.Secret;

/**
 * A post-quantum preshared key of the configuration's {@code secrets.ppk*} sections (RFC 8784).
 *
 * @param ids what its PPK_ID may be: the octets of an identity; empty for any
 */
public record Ppk(String name, List<Identity> ids, Secret secret) {
    public Ppk {
        ids = List.copyOf(ids);
    }
}
