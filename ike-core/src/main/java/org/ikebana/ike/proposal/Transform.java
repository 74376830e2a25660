package org.ikebana.ike.proposal;

import org.ikebana.ike.wire.EncrId;
import org.ikebana.ike.wire.TransformType;

/**
 * One transform (RFC 7296 3.3.2).
 *
 * @param keyBits the Key Length attribute in bits, 0 where there is none
 */
public record Transform(TransformType type, int id, int keyBits) {
    public static Transform of(TransformType type, int id) {
        return new Transform(type, id, 0);
    }

    /** An integrity algorithm or key exchange of NONE, which means the same as no transform of that type. */
    public boolean isNone() {
        return id == 0
                && switch (type) {
                    case INTEG, KE, ADDKE1, ADDKE2, ADDKE3, ADDKE4, ADDKE5, ADDKE6, ADDKE7 -> true;
                    case ENCR, PRF, ESN -> false;
                };
    }

    /** A cipher that protects integrity by itself (RFC 5282, RFC 4106, RFC 4309, RFC 4543, RFC 7634). */
    public boolean isAead() {
        return type == TransformType.ENCR
                && switch (id) {
                    case EncrId.AES_CCM_8,
                            EncrId.AES_CCM_12,
                            EncrId.AES_CCM_16,
                            EncrId.AES_GCM_8,
                            EncrId.AES_GCM_12,
                            EncrId.AES_GCM_16,
                            EncrId.NULL_AUTH_AES_GMAC,
                            EncrId.CHACHA20_POLY1305 -> true;
                    default -> false;
                };
    }

    /** The key exchange of the proposal or an additional one (RFC 9370). */
    public boolean isKeyExchange() {
        return type == TransformType.KE || isAdditionalKeyExchange();
    }

    /** RFC 9370. */
    public boolean isAdditionalKeyExchange() {
        return type.compareTo(TransformType.ADDKE1) >= 0;
    }

    /** The keyword of the proposal syntax, {@code aes256gcm16}; {@code encr(99)_256} for what has none. */
    @Override
    public String toString() {
        return Keywords.nameOf(this);
    }
}
