package org.ikebana.ike.revocation;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.ikebana.ike.auth.StatusSources;
import org.ikebana.ike.crypto.CryptoRegistry;
import org.ikebana.ike.x509.Certificate;
import org.ikebana.ike.x509.RevocationList;
import org.ikebana.ike.x509.TrustedList;
import org.ikebana.ike.x509.UnusableStatusException;

/** Revocation lists that the configuration gives. Each is verified when it is first asked for. */
final class FileLists {
    private final Supplier<StatusSources> sources;
    private final CryptoRegistry crypto;
    private StatusSources known = StatusSources.NONE;
    private final Map<RevocationList, Verified> verified = new IdentityHashMap<>();

    private record Verified(Certificate issuer, List<TrustedList> list, Optional<String> fault) {}

    FileLists(Supplier<StatusSources> sources, CryptoRegistry crypto) {
        this.sources = sources;
        this.crypto = crypto;
    }

    /** @param faults is told of those that name the issuer and are of no use */
    List<TrustedList> of(Certificate issuer, Consumer<String> faults) {
        if (sources.get() != known) {
            known = sources.get();
            verified.clear();
        }
        List<TrustedList> found = new ArrayList<>();
        for (RevocationList list : known.lists()) {
            if (list.issuer().equals(issuer.subject())) {
                Verified each = verified(list, issuer);
                found.addAll(each.list());
                each.fault().ifPresent(faults);
            }
        }
        return found;
    }

    private Verified verified(RevocationList list, Certificate issuer) {
        Verified before = verified.get(list);
        if (before != null && before.issuer().equals(issuer)) {
            return before;
        }
        Verified now = verify(list, issuer);
        verified.put(list, now);
        return now;
    }

    private Verified verify(RevocationList list, Certificate issuer) {
        try {
            return new Verified(issuer, List.of(list.trust(issuer, crypto)), Optional.empty());
        } catch (UnusableStatusException e) {
            return new Verified(issuer, List.of(), Optional.ofNullable(e.getMessage()));
        }
    }
}
