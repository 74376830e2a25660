package org.ikebana.ike.task;

import java.util.Optional;
import org.ikebana.ike.connection.IkeSettings;
import org.ikebana.ike.crypto.CryptoRegistry;
import org.ikebana.ike.crypto.Prf;
import org.ikebana.ike.crypto.Secret;
import org.ikebana.ike.wire.NotifyPayload;
import org.ikebana.ike.wire.NotifyType;
import org.ikebana.ike.wire.Octets;
import org.ikebana.ike.wire.PrfId;
import org.ikebana.ike.wire.ProtocolId;

/**
 * Makes the QCD tokens of RFC 6290 from a secret that outlives the daemon: {@code HMAC-SHA-256(secret, SPIi | SPIr | role)}, the
 * same ones after a restart and without any state (5.1). Our role goes into them, so that two ends that share a secret, or an
 * answer in the wrong role, never give away what the other end has told its peer.
 */
public final class CrashTokens {
    private static final int SHORTEST_SECRET = 16;

    private final Prf prf;
    private final Secret secret;

    private CrashTokens(Prf prf, Secret secret) {
        this.prf = prf;
        this.secret = secret;
    }

    /** Empty where there is no secret to make them from, or they are not wanted. */
    public static Optional<CrashTokens> of(CryptoRegistry crypto, IkeSettings settings) {
        Prf prf = crypto.prf(PrfId.HMAC_SHA2_256).orElseThrow();
        return settings.crashSecret()
                .filter(secret -> settings.quickCrashDetection() && secret.length() >= SHORTEST_SECRET)
                .map(secret -> new CrashTokens(prf, secret));
    }

    /** @param maker our role in that IKE SA */
    public NotifyPayload of(long initiatorSpi, long responderSpi, Role maker) {
        byte[] token = prf.compute(
                secret.bytes(),
                Octets.ofLong(initiatorSpi).toByteArray(),
                Octets.ofLong(responderSpi).toByteArray(),
                new byte[] {(byte) (maker == Role.INITIATOR ? 'i' : 'r')});
        return new NotifyPayload(ProtocolId.IKE, Octets.EMPTY, NotifyType.QUICK_CRASH_DETECTION, Octets.wrap(token));
    }
}
