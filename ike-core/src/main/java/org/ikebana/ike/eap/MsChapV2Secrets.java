package org.ikebana.ike.eap;

import java.util.Arrays;
import org.ikebana.ike.auth.EapSecret;
import org.ikebana.ike.crypto.Secret;
import org.ikebana.ike.wire.Octets;

/** What MS-CHAP-V2 makes of a configured secret and of a user's name. */
final class MsChapV2Secrets {
    private MsChapV2Secrets() {}

    /** The caller's to close. */
    static Secret ntHash(EapSecret secret) {
        return secret.isNtHash() ? secret.secret().copy() : MsChapV2.ntHash(secret.secret());
    }

    /** {@code user} of {@code DOMAIN\\user} (RFC 2759 4). */
    static byte[] withoutDomain(Octets name) {
        byte[] octets = name.toByteArray();
        int from = 0;
        for (int i = 0; i < octets.length; i++) {
            if (octets[i] == '\\') {
                from = i + 1;
            }
        }
        return Arrays.copyOfRange(octets, from, octets.length);
    }
}
