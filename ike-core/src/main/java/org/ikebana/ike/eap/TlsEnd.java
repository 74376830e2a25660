package org.ikebana.ike.eap;

import java.util.Optional;
import org.ikebana.ike.auth.TrustedKey;
import org.ikebana.ike.crypto.Secret;
import org.ikebana.ike.x509.TrustPath;
import org.jspecify.annotations.Nullable;

/** What the TLS library tells of its handshake: that it is over, and what it was about when it failed. */
final class TlsEnd {
    private @Nullable Secret msk;
    private @Nullable TrustedKey trusted;
    private boolean isTls13;
    private @Nullable String fault;

    boolean isComplete() {
        return msk != null;
    }

    boolean isTls13() {
        return isTls13;
    }

    /** The first reason is the one to tell. */
    Optional<String> fault() {
        return Optional.ofNullable(fault);
    }

    /** A copy; the caller's to close. */
    Secret msk() {
        if (msk == null) {
            throw new IllegalStateException("not before the handshake is complete");
        }
        return msk.copy();
    }

    /** To the other side's certificate; empty where that is trusted as it is. */
    Optional<TrustPath> path() {
        if (trusted == null) {
            throw new IllegalStateException("not before the other side has shown its certificate");
        }
        return trusted.path();
    }

    void trust(TrustedKey key) {
        trusted = key;
    }

    void complete(Secret key, boolean ofTls13) {
        msk = key;
        isTls13 = ofTls13;
    }

    void fail(String sentence) {
        if (fault == null) {
            fault = sentence;
        }
    }

    void close() {
        if (msk != null) {
            msk.close();
        }
    }
}
