package org.ikebana.ike.connection;

import java.util.Optional;
import org.ikebana.ike.auth.Identity;

/**
 * What a connection does with post-quantum preshared keys (RFC 8784): {@code ppk_id}, {@code ppk_required}.
 *
 * @param id of the key to use with the peer, and the only one to take from it; empty to use none unless the peer begins,
 *     and then to take any that there is
 * @param required no IKE SA without one
 */
public record PpkPolicy(Optional<Identity> id, boolean required) {
    public static final PpkPolicy NONE = new PpkPolicy(Optional.empty(), false);
}
