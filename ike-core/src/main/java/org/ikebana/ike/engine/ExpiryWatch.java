package org.ikebana.ike.engine;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.ikebana.ike.auth.Certificates;
import org.ikebana.ike.auth.CredentialStore;
import org.ikebana.ike.environment.Environment;
import org.ikebana.ike.environment.Timer;
import org.ikebana.ike.event.IkeEvent;
import org.ikebana.ike.x509.Certificate;

/** Warns of certificates that end soon or have ended, our own and CAs': when they are loaded, and once a day. */
final class ExpiryWatch {
    private static final Duration DAY = Duration.ofDays(1);

    private final Environment environment;
    private final Duration notice;
    private final CredentialStore credentials;
    private Timer next = () -> {};

    /** @param notice how long before the end; zero for no warnings */
    ExpiryWatch(Environment environment, Duration notice, CredentialStore credentials) {
        this.environment = environment;
        this.notice = notice;
        this.credentials = credentials;
    }

    /** Looks at what there is now, and again every day. */
    void begin() {
        next.cancel();
        if (notice.isZero()) {
            return;
        }
        Instant now = environment.now();
        Certificates known = credentials.certificates();
        List<Certificate> own = known.endEntities().stream()
                .filter(certificate -> known.key(certificate.publicKey()).isPresent())
                .toList();
        known.authorities().forEach(authority -> look(authority, true, now));
        own.forEach(certificate -> look(certificate, false, now));
        if (!own.isEmpty() || !known.authorities().isEmpty()) {
            next = environment.after(DAY, this::begin);
        }
    }

    void stop() {
        next.cancel();
    }

    private void look(Certificate certificate, boolean authority, Instant now) {
        Duration left = Duration.between(now, certificate.notAfter());
        if (left.compareTo(notice) < 0) {
            environment.emit(
                    new IkeEvent.CertificateExpiring(certificate.toString(), authority, certificate.notAfter(), left));
        }
    }
}
