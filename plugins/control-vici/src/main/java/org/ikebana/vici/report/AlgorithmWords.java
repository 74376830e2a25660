package org.ikebana.vici.report;

import java.util.LinkedHashMap;
import java.util.Map;
import org.ikebana.ike.proposal.Transform;
import org.ikebana.ike.wire.EncrId;
import org.ikebana.ike.wire.IntegId;
import org.ikebana.ike.wire.KeId;
import org.ikebana.ike.wire.PrfId;
import org.ikebana.ike.wire.TransformType;

/** strongSwan's words for transforms, such as {@code AES_GCM_16} and {@code ECP_256}. */
public final class AlgorithmWords {
    public static final Map<Integer, String> ENCRYPTION = new LinkedHashMap<>();
    public static final Map<Integer, String> INTEGRITY = new LinkedHashMap<>();
    public static final Map<Integer, String> PRF = new LinkedHashMap<>();
    public static final Map<Integer, String> KEY_EXCHANGE = new LinkedHashMap<>();

    static {
        ENCRYPTION.put(EncrId.AES_CBC, "AES_CBC");
        ENCRYPTION.put(EncrId.AES_CTR, "AES_CTR");
        ENCRYPTION.put(EncrId.CAMELLIA_CBC, "CAMELLIA_CBC");
        ENCRYPTION.put(EncrId.DES_EDE3_CBC, "3DES_CBC");
        ENCRYPTION.put(EncrId.NULL, "NULL");
        ENCRYPTION.put(EncrId.AES_CCM_8, "AES_CCM_8");
        ENCRYPTION.put(EncrId.AES_CCM_12, "AES_CCM_12");
        ENCRYPTION.put(EncrId.AES_CCM_16, "AES_CCM_16");
        ENCRYPTION.put(EncrId.AES_GCM_8, "AES_GCM_8");
        ENCRYPTION.put(EncrId.AES_GCM_12, "AES_GCM_12");
        ENCRYPTION.put(EncrId.AES_GCM_16, "AES_GCM_16");
        ENCRYPTION.put(EncrId.NULL_AUTH_AES_GMAC, "NULL_AES_GMAC");
        ENCRYPTION.put(EncrId.CHACHA20_POLY1305, "CHACHA20_POLY1305");
        INTEGRITY.put(IntegId.HMAC_MD5_96, "HMAC_MD5_96");
        INTEGRITY.put(IntegId.HMAC_MD5_128, "HMAC_MD5_128");
        INTEGRITY.put(IntegId.HMAC_SHA1_96, "HMAC_SHA1_96");
        INTEGRITY.put(IntegId.HMAC_SHA1_160, "HMAC_SHA1_160");
        INTEGRITY.put(IntegId.HMAC_SHA2_256_128, "HMAC_SHA2_256_128");
        INTEGRITY.put(IntegId.HMAC_SHA2_256_96, "HMAC_SHA2_256_96");
        INTEGRITY.put(IntegId.HMAC_SHA2_384_192, "HMAC_SHA2_384_192");
        INTEGRITY.put(IntegId.HMAC_SHA2_512_256, "HMAC_SHA2_512_256");
        INTEGRITY.put(IntegId.AES_CMAC_96, "AES_CMAC_96");
        INTEGRITY.put(IntegId.AES_XCBC_96, "AES_XCBC_96");
        PRF.put(PrfId.HMAC_MD5, "PRF_HMAC_MD5");
        PRF.put(PrfId.HMAC_SHA1, "PRF_HMAC_SHA1");
        PRF.put(PrfId.HMAC_SHA2_256, "PRF_HMAC_SHA2_256");
        PRF.put(PrfId.HMAC_SHA2_384, "PRF_HMAC_SHA2_384");
        PRF.put(PrfId.HMAC_SHA2_512, "PRF_HMAC_SHA2_512");
        PRF.put(PrfId.AES128_XCBC, "PRF_AES128_XCBC");
        PRF.put(PrfId.AES128_CMAC, "PRF_AES128_CMAC");
        KEY_EXCHANGE.put(KeId.MODP_1024, "MODP_1024");
        KEY_EXCHANGE.put(KeId.MODP_1536, "MODP_1536");
        KEY_EXCHANGE.put(KeId.MODP_2048, "MODP_2048");
        KEY_EXCHANGE.put(KeId.MODP_3072, "MODP_3072");
        KEY_EXCHANGE.put(KeId.MODP_4096, "MODP_4096");
        KEY_EXCHANGE.put(KeId.MODP_6144, "MODP_6144");
        KEY_EXCHANGE.put(KeId.MODP_8192, "MODP_8192");
        KEY_EXCHANGE.put(KeId.ECP_192, "ECP_192");
        KEY_EXCHANGE.put(KeId.ECP_224, "ECP_224");
        KEY_EXCHANGE.put(KeId.ECP_256, "ECP_256");
        KEY_EXCHANGE.put(KeId.ECP_384, "ECP_384");
        KEY_EXCHANGE.put(KeId.ECP_521, "ECP_521");
        KEY_EXCHANGE.put(KeId.BRAINPOOL_P224R1, "ECP_224_BP");
        KEY_EXCHANGE.put(KeId.BRAINPOOL_P256R1, "ECP_256_BP");
        KEY_EXCHANGE.put(KeId.BRAINPOOL_P384R1, "ECP_384_BP");
        KEY_EXCHANGE.put(KeId.BRAINPOOL_P512R1, "ECP_512_BP");
        KEY_EXCHANGE.put(KeId.CURVE25519, "CURVE_25519");
        KEY_EXCHANGE.put(KeId.CURVE448, "CURVE_448");
        KEY_EXCHANGE.put(KeId.ML_KEM_512, "ML_KEM_512");
        KEY_EXCHANGE.put(KeId.ML_KEM_768, "ML_KEM_768");
        KEY_EXCHANGE.put(KeId.ML_KEM_1024, "ML_KEM_1024");
    }

    private AlgorithmWords() {}

    /** The number in brackets for one that has no word. */
    public static String of(Transform transform) {
        Map<Integer, String> words = switch (transform.type()) {
            case ENCR -> ENCRYPTION;
            case INTEG -> INTEGRITY;
            case PRF -> PRF;
            case KE, ADDKE1, ADDKE2, ADDKE3, ADDKE4, ADDKE5, ADDKE6, ADDKE7 -> KEY_EXCHANGE;
            case ESN -> Map.of();
        };
        return words.getOrDefault(transform.id(), "(" + transform.id() + ")");
    }

    /** {@code ke1}, for the first additional key exchange. */
    static String step(Transform additional) {
        return "ke" + (additional.type().code() - TransformType.ADDKE1.code() + 1);
    }
}
