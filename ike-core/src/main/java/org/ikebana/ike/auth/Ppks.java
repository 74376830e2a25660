package org.ikebana.ike.auth;

import java.util.List;
import java.util.Optional;
import org.ikebana.ike.wire.Octets;

/** The post-quantum preshared keys of a configuration (RFC 8784). */
public record Ppks(List<Ppk> all) {
    public static final Ppks NONE = new Ppks(List.of());

    public Ppks {
        all = List.copyOf(all);
    }

    /**
     * The first key with that PPK_ID, or else the first one that has none and serves any.
     *
     * @param id without the octet of its type (RFC 8784 5.1)
     */
    public Optional<Ppk> find(Octets id) {
        return all.stream()
                .filter(ppk -> ppk.ids().stream().anyMatch(own -> own.data().equals(id)))
                .findFirst()
                .or(() -> all.stream().filter(ppk -> ppk.ids().isEmpty()).findFirst());
    }

    public boolean isEmpty() {
        return all.isEmpty();
    }
}
