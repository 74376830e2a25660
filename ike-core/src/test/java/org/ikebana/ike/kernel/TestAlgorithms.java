package org.ikebana.ike.kernel;

import java.util.Optional;
import org.ikebana.ike.crypto.Secret;
import org.ikebana.ike.proposal.Transform;
import org.ikebana.ike.wire.EncrId;
import org.ikebana.ike.wire.IntegId;
import org.ikebana.ike.wire.TransformType;

/** What IKE negotiates for ESP and every Linux kernel with its crypto modules carries; keys with their salts. */
public enum TestAlgorithms {
    AES_GCM_8(EncrId.AES_GCM_8, 128, 20, IntegId.NONE, 0),
    AES_GCM_12(EncrId.AES_GCM_12, 192, 28, IntegId.NONE, 0),
    AES_GCM_16(EncrId.AES_GCM_16, 256, 36, IntegId.NONE, 0),
    AES_CCM_8(EncrId.AES_CCM_8, 128, 19, IntegId.NONE, 0),
    AES_CCM_12(EncrId.AES_CCM_12, 192, 27, IntegId.NONE, 0),
    AES_CCM_16(EncrId.AES_CCM_16, 256, 35, IntegId.NONE, 0),
    AES_GMAC(EncrId.NULL_AUTH_AES_GMAC, 256, 36, IntegId.NONE, 0),
    CHACHA20_POLY1305(EncrId.CHACHA20_POLY1305, 0, 36, IntegId.NONE, 0),
    AES_CBC_SHA1(EncrId.AES_CBC, 128, 16, IntegId.HMAC_SHA1_96, 20),
    AES_CBC_SHA256(EncrId.AES_CBC, 256, 32, IntegId.HMAC_SHA2_256_128, 32),
    AES_CBC_SHA384(EncrId.AES_CBC, 192, 24, IntegId.HMAC_SHA2_384_192, 48),
    AES_CTR_SHA512(EncrId.AES_CTR, 256, 36, IntegId.HMAC_SHA2_512_256, 64),
    CAMELLIA_CBC_XCBC(EncrId.CAMELLIA_CBC, 256, 32, IntegId.AES_XCBC_96, 16),
    TRIPLE_DES_CMAC(EncrId.DES_EDE3_CBC, 0, 24, IntegId.AES_CMAC_96, 16),
    NULL_SHA256(EncrId.NULL, 0, 0, IntegId.HMAC_SHA2_256_128, 32);

    private final int encryption;
    private final int keyBits;
    private final int encryptionKeyOctets;
    private final int integrity;
    private final int integrityKeyOctets;

    TestAlgorithms(int encryption, int keyBits, int encryptionKeyOctets, int integrity, int integrityKeyOctets) {
        this.encryption = encryption;
        this.keyBits = keyBits;
        this.encryptionKeyOctets = encryptionKeyOctets;
        this.integrity = integrity;
        this.integrityKeyOctets = integrityKeyOctets;
    }

    public SaAlgorithms withKeys() {
        Transform encryptionTransform = new Transform(TransformType.ENCR, encryption, keyBits);
        Transform integrityTransform = Transform.of(TransformType.INTEG, integrity);
        Optional<SaAlgorithms.Keyed> keyed = integrity == IntegId.NONE
                ? Optional.empty()
                : Optional.of(new SaAlgorithms.Keyed(integrityTransform, key(integrityKeyOctets)));
        return new SaAlgorithms(encryptionTransform, key(encryptionKeyOctets), keyed);
    }

    /** Octets that differ, as 3DES refuses a key whose three parts are equal. */
    private static Secret key(int length) {
        byte[] octets = new byte[length];
        for (int i = 0; i < length; i++) {
            octets[i] = (byte) (0x17 * i + 5);
        }
        return Secret.wrap(octets);
    }
}
