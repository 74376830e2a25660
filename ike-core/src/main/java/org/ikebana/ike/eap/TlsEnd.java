package org.ikebana.ike.eap;

import java.util.Optional;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.AlertLevel;
import org.bouncycastle.tls.TlsContext;
import org.bouncycastle.tls.TlsUtils;
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

    void complete(TlsContext context) {
        msk = TlsSuites.msk(context);
        isTls13 = TlsUtils.isTLSv13(context);
    }

    /** An alert of ours. */
    void raised(short level, short description, @Nullable String message, @Nullable Throwable cause) {
        if (level != AlertLevel.fatal) {
            return;
        }
        if (cause instanceof TlsRefusal refusal) {
            fail(refusal.sentence());
        } else {
            String detail = cause == null || cause.getMessage() == null ? "" : ": " + cause.getMessage();
            fail("the TLS handshake of EAP-TLS fails by "
                    + AlertDescription.getName(description)
                    + Optional.ofNullable(message).map(m -> ": " + m).orElse("") + detail);
        }
    }

    /** An alert of the other side's. */
    void received(short level, short description) {
        if (level == AlertLevel.fatal || !isComplete()) {
            fail("the peer breaks the TLS handshake of EAP-TLS off with the alert "
                    + AlertDescription.getName(description));
        }
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
