package org.ikebana.ike.revocation;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.ikebana.ike.wire.Octets;
import org.ikebana.ike.x509.Certificate;

/** What OCSP responders say of our own certificates, to be shown to peers (RFC 4806). Nobody waits for it. */
final class OwnStatuses {
    private static final int MAX_RESPONSES = 64;

    private final Sources sources;
    private final Map<Certificate, OcspServers.Said> responses = new LinkedHashMap<>();

    OwnStatuses(Sources sources) {
        this.sources = sources;
    }

    Optional<Octets> find(Certificate own, Certificate issuer) {
        OcspServers.Said said = responses.get(own);
        if (said != null && said.status().isCurrent(sources.environment().now())) {
            return Optional.of(said.response());
        }
        sources.configured().ocspUris(own, issuer).stream()
                .findFirst()
                .ifPresent(uri -> sources.responders()
                        .ask(uri, own, issuer, sources.configured().responders(), answer -> keep(own, answer)));
        return Optional.empty();
    }

    private void keep(Certificate own, Answer<OcspServers.Said> answer) {
        if (answer instanceof Answer.Known<OcspServers.Said> known) {
            responses.remove(own);
            responses.put(own, known.value());
            if (responses.size() > MAX_RESPONSES) {
                responses.remove(responses.keySet().iterator().next());
            }
        }
    }

    /** Forgets what it has got. */
    void flush() {
        responses.clear();
    }
}
