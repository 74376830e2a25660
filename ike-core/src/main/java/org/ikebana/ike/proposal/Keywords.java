package org.ikebana.ike.proposal;

import static org.ikebana.ike.wire.TransformType.ENCR;
import static org.ikebana.ike.wire.TransformType.ESN;
import static org.ikebana.ike.wire.TransformType.INTEG;
import static org.ikebana.ike.wire.TransformType.KE;
import static org.ikebana.ike.wire.TransformType.PRF;

import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.ikebana.ike.wire.EncrId;
import org.ikebana.ike.wire.IntegId;
import org.ikebana.ike.wire.KeId;
import org.ikebana.ike.wire.PrfId;
import org.ikebana.ike.wire.TransformType;

/** The words of strongSwan's proposal syntax, and why some of them are refused here. */
final class Keywords {
    private static final String OBSOLETE = "is obsolete and not supported";
    private static final String DRAFT = "never became a standard and is not supported";
    private static final Pattern ADDITIONAL = Pattern.compile("ke([1-7])_(.*)");

    private static final Map<String, Transform> TRANSFORMS = new LinkedHashMap<>();
    private static final Map<String, String> OBJECTIONS = new LinkedHashMap<>();
    private static final Map<Transform, String> NAMES = new HashMap<>();

    static {
        addCiphers();
        addIntegrity();
        addPrfs();
        addGroups();
        add(Transform.of(ESN, 0), "noesn");
        add(Transform.of(ESN, 1), "esn");
        addRefused();
    }

    private Keywords() {}

    /** What a word stands for, refused or not. */
    static Optional<Transform> find(String word) {
        Matcher additional = ADDITIONAL.matcher(word);
        if (!additional.matches()) {
            return Optional.ofNullable(TRANSFORMS.get(word));
        }
        int code = TransformType.ADDKE1.code() + Integer.parseInt(additional.group(1)) - 1;
        return Optional.ofNullable(TRANSFORMS.get(additional.group(2)))
                .filter(t -> t.type() == KE)
                .map(t -> Transform.of(TransformType.of(code).orElseThrow(), t.id()));
    }

    /** Why a word that strongSwan knows cannot be used here, to follow the word in a sentence. */
    static Optional<String> objection(String word) {
        Matcher additional = ADDITIONAL.matcher(word);
        return Optional.ofNullable(OBJECTIONS.get(additional.matches() ? additional.group(2) : word));
    }

    static String nameOf(Transform transform) {
        if (transform.isAdditionalKeyExchange()) {
            int step = transform.type().code() - TransformType.ADDKE1.code() + 1;
            return "ke" + step + "_" + nameOf(new Transform(KE, transform.id(), transform.keyBits()));
        }
        String name = NAMES.get(transform);
        if (name != null) {
            return name;
        }
        String number = transform.type().name().toLowerCase(Locale.ROOT) + "(" + transform.id() + ")";
        return transform.keyBits() == 0 ? number : number + "_" + transform.keyBits();
    }

    /** The usable word most like this one, if any is alike at all; of equals, the one that begins and ends like it. */
    static Optional<String> nearest(String word) {
        Matcher additional = ADDITIONAL.matcher(word);
        if (additional.matches()) {
            return nearest(additional.group(2), t -> t.type() == KE)
                    .map(name -> "ke" + additional.group(1) + "_" + name);
        }
        return nearest(word, t -> true);
    }

    private static Optional<String> nearest(String word, Predicate<Transform> wanted) {
        int most = Math.max(2, word.length() / 3);
        return NAMES.entrySet().stream()
                .filter(entry -> wanted.test(entry.getKey()))
                .map(Map.Entry::getValue)
                .filter(name -> !OBJECTIONS.containsKey(name) && distance(word, name) <= most)
                .min(Comparator.comparingInt((String name) -> distance(word, name))
                        .thenComparing(name -> -sharedEnds(word, name))
                        .thenComparing(Comparator.naturalOrder()));
    }

    private static int sharedEnds(String a, String b) {
        int most = Math.min(a.length(), b.length());
        int prefix = 0;
        while (prefix < most && a.charAt(prefix) == b.charAt(prefix)) {
            prefix++;
        }
        int suffix = 0;
        while (suffix < most && a.charAt(a.length() - 1 - suffix) == b.charAt(b.length() - 1 - suffix)) {
            suffix++;
        }
        return prefix + suffix;
    }

    private static void addCiphers() {
        for (int bits : new int[] {128, 192, 256}) {
            String aes = "aes" + bits;
            add(new Transform(ENCR, EncrId.AES_CBC, bits), aes);
            add(new Transform(ENCR, EncrId.AES_CTR, bits), aes + "ctr");
            add(new Transform(ENCR, EncrId.AES_CCM_8, bits), aes + "ccm8", aes + "ccm64");
            add(new Transform(ENCR, EncrId.AES_CCM_12, bits), aes + "ccm12", aes + "ccm96");
            add(new Transform(ENCR, EncrId.AES_CCM_16, bits), aes + "ccm16", aes + "ccm128", aes + "ccm");
            add(new Transform(ENCR, EncrId.AES_GCM_8, bits), aes + "gcm8", aes + "gcm64");
            add(new Transform(ENCR, EncrId.AES_GCM_12, bits), aes + "gcm12", aes + "gcm96");
            add(new Transform(ENCR, EncrId.AES_GCM_16, bits), aes + "gcm16", aes + "gcm128", aes + "gcm");
            add(new Transform(ENCR, EncrId.NULL_AUTH_AES_GMAC, bits), aes + "gmac");
            add(new Transform(ENCR, EncrId.CAMELLIA_CBC, bits), "camellia" + bits);
        }
        add(new Transform(ENCR, EncrId.AES_CBC, 128), "aes");
        add(new Transform(ENCR, EncrId.CAMELLIA_CBC, 128), "camellia");
        add(Transform.of(ENCR, EncrId.CHACHA20_POLY1305), "chacha20poly1305");
        add(Transform.of(ENCR, EncrId.DES_EDE3_CBC), "3des");
        add(Transform.of(ENCR, EncrId.NULL), "null");
    }

    private static void addIntegrity() {
        add(Transform.of(INTEG, IntegId.HMAC_SHA2_256_128), "sha256", "sha2_256");
        add(Transform.of(INTEG, IntegId.HMAC_SHA2_384_192), "sha384", "sha2_384");
        add(Transform.of(INTEG, IntegId.HMAC_SHA2_512_256), "sha512", "sha2_512");
        add(Transform.of(INTEG, IntegId.HMAC_SHA1_96), "sha1", "sha");
        add(Transform.of(INTEG, IntegId.HMAC_SHA1_160), "sha1_160");
        add(Transform.of(INTEG, IntegId.HMAC_MD5_96), "md5");
        add(Transform.of(INTEG, IntegId.HMAC_MD5_128), "md5_128");
        add(Transform.of(INTEG, IntegId.AES_XCBC_96), "aesxcbc");
        add(Transform.of(INTEG, IntegId.AES_CMAC_96), "aescmac");
    }

    private static void addPrfs() {
        add(Transform.of(PRF, PrfId.HMAC_SHA2_256), "prfsha256");
        add(Transform.of(PRF, PrfId.HMAC_SHA2_384), "prfsha384");
        add(Transform.of(PRF, PrfId.HMAC_SHA2_512), "prfsha512");
        add(Transform.of(PRF, PrfId.HMAC_SHA1), "prfsha1");
        add(Transform.of(PRF, PrfId.HMAC_MD5), "prfmd5");
        add(Transform.of(PRF, PrfId.AES128_XCBC), "prfaesxcbc");
        add(Transform.of(PRF, PrfId.AES128_CMAC), "prfaescmac");
    }

    private static void addGroups() {
        add(Transform.of(KE, KeId.NONE), "none", "modpnone");
        add(Transform.of(KE, KeId.MODP_1024), "modp1024");
        add(Transform.of(KE, KeId.MODP_1536), "modp1536");
        add(Transform.of(KE, KeId.MODP_2048), "modp2048");
        add(Transform.of(KE, KeId.MODP_3072), "modp3072");
        add(Transform.of(KE, KeId.MODP_4096), "modp4096");
        add(Transform.of(KE, KeId.MODP_6144), "modp6144");
        add(Transform.of(KE, KeId.MODP_8192), "modp8192");
        add(Transform.of(KE, KeId.ECP_192), "ecp192");
        add(Transform.of(KE, KeId.ECP_224), "ecp224");
        add(Transform.of(KE, KeId.ECP_256), "ecp256");
        add(Transform.of(KE, KeId.ECP_384), "ecp384");
        add(Transform.of(KE, KeId.ECP_521), "ecp521");
        add(Transform.of(KE, KeId.BRAINPOOL_P224R1), "ecp224bp");
        add(Transform.of(KE, KeId.BRAINPOOL_P256R1), "ecp256bp");
        add(Transform.of(KE, KeId.BRAINPOOL_P384R1), "ecp384bp");
        add(Transform.of(KE, KeId.BRAINPOOL_P512R1), "ecp512bp");
        add(Transform.of(KE, KeId.CURVE25519), "curve25519", "x25519");
        add(Transform.of(KE, KeId.CURVE448), "curve448", "x448");
        add(Transform.of(KE, KeId.ML_KEM_512), "mlkem512");
        add(Transform.of(KE, KeId.ML_KEM_768), "mlkem768");
        add(Transform.of(KE, KeId.ML_KEM_1024), "mlkem1024");
    }

    /** Numbers are IANA's ("IKEv2 Parameters"); words without one cannot come from a peer by that name. */
    private static void addRefused() {
        refuse(Transform.of(ENCR, 2), OBSOLETE, "des");
        refuse(new Transform(ENCR, 6, 128), OBSOLETE, "cast128");
        for (int bits : new int[] {128, 192, 256}) {
            refuse(new Transform(ENCR, 7, bits), OBSOLETE, "blowfish" + bits);
            String camellia = "camellia" + bits;
            String why = "is neither in the kernel nor in a crypto library here";
            refuse(new Transform(ENCR, 24, bits), why, camellia + "ctr");
            refuse(new Transform(ENCR, 25, bits), why, camellia + "ccm8", camellia + "ccm64");
            refuse(new Transform(ENCR, 26, bits), why, camellia + "ccm12", camellia + "ccm96");
            refuse(new Transform(ENCR, 27, bits), why, camellia + "ccm16", camellia + "ccm128");
            object(DRAFT, "serpent" + bits, "twofish" + bits);
        }
        object(OBSOLETE, "blowfish");
        object(DRAFT, "serpent", "twofish", "chacha20poly1305compat");
        object("is a draft's truncation that no RFC kept; use sha256", "sha256_96", "sha2_256_96");
        object(DRAFT, "camelliaxcbc", "prfcamelliaxcbc");
        refuse(Transform.of(KE, 1), "can be broken; use modp2048 or more", "modp768");
        String origin = "is a group whose primes nobody can account for (RFC 8247 2.4)";
        refuse(Transform.of(KE, 22), origin, "modp1024s160");
        refuse(Transform.of(KE, 23), origin, "modp2048s224");
        refuse(Transform.of(KE, 24), origin, "modp2048s256");
        object("protects nothing and is for strongSwan's own tests", "modpnull");
        object(DRAFT, "ntru112", "ntru128", "ntru192", "ntru256", "newhope128", "kyber1", "kyber3", "kyber5");
    }

    /** The first word is the one to print. */
    private static void add(Transform transform, String... words) {
        for (String word : words) {
            TRANSFORMS.put(word, transform);
        }
        NAMES.putIfAbsent(transform, words[0]);
    }

    private static void refuse(Transform transform, String why, String... words) {
        add(transform, words);
        object(why, words);
    }

    private static void object(String why, String... words) {
        for (String word : words) {
            OBJECTIONS.put(word, why);
        }
    }

    /** Levenshtein's, one row at a time. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(diagonal, row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
