package org.ikebana.ike.revocation;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.ikebana.ike.auth.RevocationPolicy;
import org.ikebana.ike.environment.Timer;
import org.ikebana.ike.wire.Octets;
import org.ikebana.ike.x509.Certificate;
import org.ikebana.ike.x509.Revocation;
import org.ikebana.ike.x509.TrustPath;

/**
 * Whether certificates of a path have been revoked, and what the connection's {@code revocation} makes of that. All of them
 * are looked up at once. The anchor is trusted as it is.
 */
public final class PathCheck {
    /** After this what is not known is taken for unknown. Less than a peer has, and than its first retransmissions take. */
    public static final Duration PATIENCE = Duration.ofSeconds(15);

    private final RevocationPolicy policy;
    private final Consumer<Verdict> result;
    private final List<StatusSearch> searches = new ArrayList<>();
    private final Timer timeout;
    private int underWay;
    private boolean isOver;

    private PathCheck(RevocationPolicy policy, Sources sources, Consumer<Verdict> result) {
        this.policy = policy;
        this.result = result;
        this.timeout = sources.environment().after(PATIENCE, this::conclude);
    }

    static PathCheck start(
            TrustPath path,
            RevocationPolicy policy,
            List<Octets> responses,
            Sources sources,
            Consumer<Verdict> result) {
        PathCheck check = new PathCheck(policy, sources, result);
        List<Certificate> certificates = path.certificates();
        for (int i = 0; i < certificates.size(); i++) {
            Certificate issuer = i + 1 < certificates.size() ? certificates.get(i + 1) : path.anchor();
            check.searches.add(new StatusSearch(certificates.get(i), issuer, sources, check::found));
        }
        check.underWay = check.searches.size();
        for (StatusSearch search : check.searches) {
            if (!check.isOver) {
                search.start(responses);
            }
        }
        if (check.underWay == 0) {
            check.conclude();
        }
        return check;
    }

    /** Nobody waits for the result any more. What is being fetched is kept for the next one. */
    public void cancel() {
        isOver = true;
        timeout.cancel();
    }

    private void found(StatusSearch search) {
        underWay--;
        boolean isRevoked = search.finding()
                .flatMap(finding -> finding.status().revocation())
                .isPresent();
        if (isRevoked || underWay == 0) {
            conclude();
        }
    }

    private void conclude() {
        if (isOver) {
            return;
        }
        cancel();
        result.accept(verdict());
    }

    private Verdict verdict() {
        for (StatusSearch search : searches) {
            Optional<Revocation> revocation =
                    search.finding().flatMap(f -> f.status().revocation());
            if (revocation.isPresent()) {
                return new Verdict.Refused(search.subject() + " has been revoked " + revocation.get() + ", says "
                        + search.finding().orElseThrow().source());
            }
        }
        for (StatusSearch search : searches) {
            if (search.finding().isEmpty() && (policy == RevocationPolicy.STRICT || search.hasUri())) {
                String unknown = "it is not known whether " + search.subject() + " has been revoked: " + search.fault();
                return policy == RevocationPolicy.RELAXED
                        ? new Verdict.Admitted(Optional.of(unknown))
                        : new Verdict.Refused(unknown + "; remote.revocation = " + policy + " wants it known");
            }
        }
        return new Verdict.Admitted(Optional.empty());
    }
}
