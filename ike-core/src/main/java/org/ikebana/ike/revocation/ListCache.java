package org.ikebana.ike.revocation;

import java.time.Instant;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.ikebana.ike.x509.Certificate;
import org.ikebana.ike.x509.TrustedList;
import org.jspecify.annotations.Nullable;

/** Revocation lists that have been fetched, by URI, until the next ones are due. The oldest goes for another. */
final class ListCache {
    /** In octets of their encodings, all together. */
    static final long MAX_OCTETS = 32L << 20;

    static final int MAX_LISTS = 1024;

    private final Map<String, TrustedList> lists = new LinkedHashMap<>();
    private long octets;

    Optional<TrustedList> find(String uri, Certificate issuer, Instant now) {
        return Optional.ofNullable(lists.get(uri)).filter(list -> list.isOf(issuer) && list.isCurrent(now));
    }

    void put(String uri, TrustedList list) {
        forget(lists.remove(uri));
        lists.put(uri, list);
        octets += list.length();
        Iterator<TrustedList> oldest = lists.values().iterator();
        while (octets > MAX_OCTETS || lists.size() > MAX_LISTS) {
            forget(oldest.next());
            oldest.remove();
        }
    }

    void clear() {
        lists.clear();
        octets = 0;
    }

    private void forget(@Nullable TrustedList list) {
        octets -= list == null ? 0 : list.length();
    }
}
