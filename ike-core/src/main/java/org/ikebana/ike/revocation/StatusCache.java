package org.ikebana.ike.revocation;

import java.math.BigInteger;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.ikebana.ike.x509.Certificate;
import org.ikebana.ike.x509.CertificateStatus;

/** What OCSP responders have said, by issuer and serial number, until there is newer information. The oldest goes for another. */
final class StatusCache {
    static final int MAX_STATUSES = 10_000;

    private final Map<Key, CertificateStatus> statuses = new LinkedHashMap<>();

    private record Key(Certificate issuer, BigInteger serialNumber) {}

    Optional<CertificateStatus> find(Certificate subject, Certificate issuer, Instant now) {
        return Optional.ofNullable(statuses.get(new Key(issuer, subject.serialNumber())))
                .filter(status -> status.isCurrent(now));
    }

    void put(Certificate subject, Certificate issuer, CertificateStatus status) {
        Key key = new Key(issuer, subject.serialNumber());
        statuses.remove(key);
        statuses.put(key, status);
        if (statuses.size() > MAX_STATUSES) {
            statuses.remove(statuses.keySet().iterator().next());
        }
    }

    void clear() {
        statuses.clear();
    }
}
