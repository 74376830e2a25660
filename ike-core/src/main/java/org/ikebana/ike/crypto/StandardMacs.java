package org.ikebana.ike.crypto;

import static java.util.Map.entry;

import java.util.Map;
import org.ikebana.ike.wire.IntegId;
import org.ikebana.ike.wire.PrfId;

/** The PRFs and integrity algorithms on offer; the last column is the {@link KnownAnswer}. */
final class StandardMacs {
    private static final MacAlgorithm MD5 = Hmac.named("HmacMD5");
    private static final MacAlgorithm SHA1 = Hmac.named("HmacSHA1");
    private static final MacAlgorithm SHA256 = Hmac.named("HmacSHA256");
    private static final MacAlgorithm SHA384 = Hmac.named("HmacSHA384");
    private static final MacAlgorithm SHA512 = Hmac.named("HmacSHA512");

    private StandardMacs() {}

    static Map<Integer, Tested<Prf>> prfs() {
        return Map.ofEntries(
                hmacPrf(PrfId.HMAC_MD5, "prfmd5", 16, MD5, "3a0b89ce739c9f1b29a1128df006505f"),
                hmacPrf(PrfId.HMAC_SHA1, "prfsha1", 20, SHA1, "74008e8a564e4525212d763e76ae0d48"),
                hmacPrf(PrfId.HMAC_SHA2_256, "prfsha256", 32, SHA256, "b9ddcee989436455fb4824634e9f8a3a"),
                hmacPrf(PrfId.HMAC_SHA2_384, "prfsha384", 48, SHA384, "03e0646ec5bc0d63ded05918622cfaa4"),
                hmacPrf(PrfId.HMAC_SHA2_512, "prfsha512", 64, SHA512, "34fa751982fef676a7d8791cfbac7d75"),
                aesPrf(PrfId.AES128_XCBC, "prfaesxcbc", AesMac::xcbcPrf, "0c818e966f7ed5cd40e5176ff5e23771"),
                aesPrf(PrfId.AES128_CMAC, "prfaescmac", AesMac::cmacPrf, "377623fdb18c222140eaa422d9056988"));
    }

    static Map<Integer, Tested<Integrity>> integrities() {
        return Map.ofEntries(
                integrity(IntegId.HMAC_MD5_96, "md5", 16, 12, MD5, "079dd71f56d9d272dbd45d95d30bf8d5"),
                integrity(IntegId.HMAC_MD5_128, "md5_128", 16, 16, MD5, "3a0b89ce739c9f1b29a1128df006505f"),
                integrity(IntegId.HMAC_SHA1_96, "sha1", 20, 12, SHA1, "0242b88847aed5f7f1098e87c4ce6cbc"),
                integrity(IntegId.HMAC_SHA1_160, "sha1_160", 20, 20, SHA1, "74008e8a564e4525212d763e76ae0d48"),
                integrity(IntegId.HMAC_SHA2_256_128, "sha256", 32, 16, SHA256, "d1bd55fa10a53cd1ebd86c03cb6a63d4"),
                integrity(IntegId.HMAC_SHA2_256_96, "sha256_96", 32, 12, SHA256, "d1bd55fa10a53cd1ebd86c03cb6a63d4"),
                integrity(IntegId.HMAC_SHA2_384_192, "sha384", 48, 24, SHA384, "3045ff5e3405c5eef5ac24cc1ac76f09"),
                integrity(IntegId.HMAC_SHA2_512_256, "sha512", 64, 32, SHA512, "db35aecca3c42470a813eae926abd1fc"),
                integrity(IntegId.AES_XCBC_96, "aesxcbc", 16, 12, AesMac::xcbc, "f98f3df9dae6b0df29f8663f1bcdd0a5"),
                integrity(IntegId.AES_CMAC_96, "aescmac", 16, 12, AesMac::cmac, "b02a8aa918f7d2910dc31ed589f6756c"));
    }

    /** The preferred key length is the output's (RFC 7296 2.13). */
    private static Map.Entry<Integer, Tested<Prf>> hmacPrf(
            int id, String name, int outputLength, MacAlgorithm algorithm, String answer) {
        return prf(new MacPrf(id, name, outputLength, outputLength, false, algorithm), answer);
    }

    private static Map.Entry<Integer, Tested<Prf>> aesPrf(int id, String name, MacAlgorithm algorithm, String answer) {
        return prf(new MacPrf(id, name, AesMac.KEY_LENGTH, AesMac.LENGTH, true, algorithm), answer);
    }

    private static Map.Entry<Integer, Tested<Prf>> prf(Prf prf, String answer) {
        return entry(
                prf.id(), new Tested<>(prf.name(), () -> prf, candidate -> KnownAnswer.isGivenBy(candidate, answer)));
    }

    /** With each of them the key is as long as the untruncated code. */
    private static Map.Entry<Integer, Tested<Integrity>> integrity(
            int id, String name, int keyLength, int icvLength, MacAlgorithm algorithm, String answer) {
        Integrity integrity = new MacIntegrity(id, name, keyLength, keyLength, icvLength, algorithm);
        return entry(id, new Tested<>(name, () -> integrity, candidate -> KnownAnswer.isGivenBy(candidate, answer)));
    }
}
