package org.ikebana.ike.task;

import java.util.List;
import org.ikebana.ike.crypto.Prf;
import org.ikebana.ike.crypto.Secret;
import org.ikebana.ike.wire.Octets;
import org.jspecify.annotations.Nullable;

/**
 * What KEYMAT is made of (RFC 7296 2.17).
 *
 * @param shared null where the exchange that makes the child has no key exchange of its own, as IKE_AUTH
 * @param additional of the IKE_FOLLOWUP_KE exchanges (RFC 9370 2.2.4)
 */
public record ChildKeySource(
        Prf prf, Secret skD, Octets ni, Octets nr, @Nullable Secret shared, List<Secret> additional)
        implements AutoCloseable {
    public ChildKeySource {
        additional = List.copyOf(additional);
    }

    /** Before any additional key exchange. */
    public ChildKeySource(Prf prf, Secret skD, Octets ni, Octets nr, @Nullable Secret shared) {
        this(prf, skD, ni, nr, shared, List.of());
    }

    ChildKeySource with(List<Secret> more) {
        return new ChildKeySource(prf, skD, ni, nr, shared, more);
    }

    /** Wipes the shared secret of the exchange itself; all else belongs to others. */
    @Override
    public void close() {
        if (shared != null) {
            shared.close();
        }
    }
}
