package org.ikebana.ike.task;

import org.ikebana.ike.crypto.Prf;
import org.ikebana.ike.crypto.Secret;
import org.ikebana.ike.wire.Octets;
import org.jspecify.annotations.Nullable;

/**
 * What KEYMAT is made of (RFC 7296 2.17).
 *
 * @param shared null where the exchange that makes the child has no key exchange of its own, as IKE_AUTH
 */
public record ChildKeySource(
        Prf prf, Secret skD, Octets ni, Octets nr, @Nullable Secret shared) {}
