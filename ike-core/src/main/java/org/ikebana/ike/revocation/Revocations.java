package org.ikebana.ike.revocation;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.ikebana.ike.auth.RevocationPolicy;
import org.ikebana.ike.auth.StatusSources;
import org.ikebana.ike.crypto.CryptoRegistry;
import org.ikebana.ike.environment.Environment;
import org.ikebana.ike.wire.Octets;
import org.ikebana.ike.x509.Certificate;
import org.ikebana.ike.x509.TrustPath;

/** Whether certificates have been revoked; one for all connections, with what has been fetched. Belongs to one event loop. */
public final class Revocations {
    private final Sources sources;
    private final OwnStatuses own;

    /** @param configuration that is in effect, the same object as long as it is */
    public Revocations(Environment environment, CryptoRegistry crypto, Supplier<StatusSources> configuration) {
        this.sources = Sources.of(environment, crypto, configuration);
        this.own = new OwnStatuses(sources);
    }

    /**
     * @param path of a peer that has proved that it has the key: nobody else has anything fetched
     * @param responses of OCSP that the peer has sent (RFC 4806), not yet believed
     * @param result is told once, within {@link PathCheck#PATIENCE} and perhaps at once, unless the check is cancelled
     */
    public PathCheck check(TrustPath path, RevocationPolicy policy, List<Octets> responses, Consumer<Verdict> result) {
        return PathCheck.start(path, policy, responses, sources, result);
    }

    /** Forgets what has been fetched: it is fetched anew when it is needed. */
    public void flush() {
        sources.lists().flush();
        sources.responders().flush();
        own.flush();
    }

    /** The OCSP response about a certificate of ours, where one is at hand; else it is asked for, so that the next time has it. */
    public Optional<Octets> ownStatus(Certificate certificate, Certificate issuer) {
        return own.find(certificate, issuer);
    }
}
