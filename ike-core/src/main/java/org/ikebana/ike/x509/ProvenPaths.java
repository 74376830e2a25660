package org.ikebana.ike.x509;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.ikebana.ike.wire.Octets;
import org.jspecify.annotations.Nullable;

/**
 * The latest paths that RFC 5280 allows, so that no CA's signature is verified twice, and the certificates in them, so that none is
 * read twice. What time has a part in, validity and revocation, is not remembered but judged each time. A certificate gets in only
 * under a CA that is trusted here: nobody else can push others out. Belongs to one event loop.
 */
public final class ProvenPaths {
    static final int MOST = 1024;

    private final Map<Proof, Boolean> proofs = new Latest<>();
    private final Map<Octets, Certificate> certificates = new Latest<>();

    /** @param path without its anchor */
    private record Proof(List<Certificate> path, Certificate anchor, Set<String> policies) {}

    /** What has been used longest ago goes first. */
    private static final class Latest<K, V> extends LinkedHashMap<K, V> {
        private static final float LOAD_FACTOR = 0.75f;

        Latest() {
            super(16, LOAD_FACTOR, true);
        }

        @Override
        protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
            return size() > MOST;
        }
    }

    /** The same object for the same octets, where they are part of such a path; else as {@link Certificate#decode}. */
    public Certificate decode(Octets encoded) throws UnusableCertificateException {
        @Nullable Certificate known = certificates.get(encoded);
        return known == null ? Certificate.decode(encoded) : known;
    }

    /** Forgets all: other CAs may be trusted now. */
    public void clear() {
        proofs.clear();
        certificates.clear();
    }

    boolean include(List<Certificate> path, Certificate anchor, Set<String> policies) {
        return proofs.containsKey(new Proof(path, anchor, policies));
    }

    void add(List<Certificate> path, Certificate anchor, Set<String> policies) {
        proofs.put(new Proof(List.copyOf(path), anchor, policies), true);
        path.forEach(certificate -> certificates.put(certificate.encoded(), certificate));
    }
}
