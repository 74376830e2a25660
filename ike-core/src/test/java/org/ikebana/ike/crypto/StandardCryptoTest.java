package org.ikebana.ike.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.ikebana.ike.wire.EncrId;
import org.ikebana.ike.wire.IntegId;
import org.ikebana.ike.wire.KeId;
import org.ikebana.ike.wire.PrfId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is present has given its known answer: it would be missing otherwise. */
class StandardCryptoTest {
    private static final CryptoRegistry REGISTRY = CryptoRegistry.standard();

    @ParameterizedTest
    @CsvSource({"1, prfmd5, 16", "2, prfsha1, 20", "5, prfsha256, 32", "6, prfsha384, 48", "7, prfsha512, 64"})
    void offersHmacPrfs(int id, String name, int length) {
        assertThat(REGISTRY.prf(id).orElseThrow())
                .returns(id, Prf::id)
                .returns(name, Prf::name)
                .returns(length, Prf::keyLength)
                .returns(length, Prf::outputLength)
                .returns(false, Prf::hasFixedKeyLength);
    }

    @ParameterizedTest
    @CsvSource({"4, prfaesxcbc", "8, prfaescmac"})
    void offersAesPrfs(int id, String name) {
        assertThat(REGISTRY.prf(id).orElseThrow())
                .returns(id, Prf::id)
                .returns(name, Prf::name)
                .returns(16, Prf::keyLength)
                .returns(16, Prf::outputLength)
                .returns(true, Prf::hasFixedKeyLength);
    }

    @ParameterizedTest
    @CsvSource({
        "1, md5, 16, 12",
        "2, sha1, 20, 12",
        "5, aesxcbc, 16, 12",
        "6, md5_128, 16, 16",
        "7, sha1_160, 20, 20",
        "8, aescmac, 16, 12",
        "12, sha256, 32, 16",
        "13, sha384, 48, 24",
        "14, sha512, 64, 32"
    })
    void offersIntegrity(int id, String name, int keyLength, int icvLength) {
        assertThat(REGISTRY.integrity(id).orElseThrow())
                .returns(id, Integrity::id)
                .returns(name, Integrity::name)
                .returns(keyLength, Integrity::keyLength)
                .returns(icvLength, Integrity::icvLength);
    }

    @ParameterizedTest
    @CsvSource({
        // id, key length attribute, name, key, salt, IV, block, check value, protects IKE
        "3, 0, 3des, 24, 0, 8, 8, 0, true",
        "11, 0, null, 0, 0, 0, 1, 0, false",
        "12, 128, aes128, 16, 0, 16, 16, 0, true",
        "12, 192, aes192, 24, 0, 16, 16, 0, true",
        "12, 256, aes256, 32, 0, 16, 16, 0, true",
        "13, 128, aes128ctr, 16, 4, 8, 1, 0, true",
        "13, 192, aes192ctr, 24, 4, 8, 1, 0, true",
        "13, 256, aes256ctr, 32, 4, 8, 1, 0, true",
        "14, 128, aes128ccm8, 16, 3, 8, 1, 8, true",
        "15, 192, aes192ccm12, 24, 3, 8, 1, 12, true",
        "16, 256, aes256ccm16, 32, 3, 8, 1, 16, true",
        "18, 128, aes128gcm8, 16, 4, 8, 1, 8, true",
        "19, 192, aes192gcm12, 24, 4, 8, 1, 12, true",
        "20, 128, aes128gcm16, 16, 4, 8, 1, 16, true",
        "20, 256, aes256gcm16, 32, 4, 8, 1, 16, true",
        "21, 128, aes128gmac, 16, 4, 8, 1, 16, false",
        "21, 256, aes256gmac, 32, 4, 8, 1, 16, false",
        "23, 128, camellia128, 16, 0, 16, 16, 0, true",
        "23, 192, camellia192, 24, 0, 16, 16, 0, true",
        "23, 256, camellia256, 32, 0, 16, 16, 0, true",
        "28, 0, chacha20poly1305, 32, 4, 8, 1, 16, true"
    })
    void offersEncryption(
            int id, int keyBits, String name, int key, int salt, int iv, int block, int icv, boolean protectsIke) {
        assertThat(REGISTRY.encryption(id, keyBits).orElseThrow())
                .returns(id, Encryption::id)
                .returns(name, Encryption::name)
                .returns(key, Encryption::cipherKeyLength)
                .returns(salt, Encryption::saltLength)
                .returns(key + salt, Encryption::keyLength)
                .returns(iv, Encryption::ivLength)
                .returns(block, Encryption::blockLength)
                .returns(icv, Encryption::icvLength)
                .returns(icv > 0, Encryption::isAead)
                .returns(protectsIke, Encryption::protectsIke);
    }

    @ParameterizedTest
    @ValueSource(ints = {EncrId.AES_CCM_8, EncrId.AES_CCM_12, EncrId.AES_CCM_16})
    void offersCcmWithEveryKeyLength(int id) {
        assertEveryKeyLength(id);
    }

    @ParameterizedTest
    @ValueSource(ints = {EncrId.AES_GCM_8, EncrId.AES_GCM_12, EncrId.AES_GCM_16, EncrId.NULL_AUTH_AES_GMAC})
    void offersGcmWithEveryKeyLength(int id) {
        assertEveryKeyLength(id);
    }

    @ParameterizedTest
    @CsvSource({
        "2, modp1024, 128",
        "5, modp1536, 192",
        "14, modp2048, 256",
        "15, modp3072, 384",
        "16, modp4096, 512",
        "17, modp6144, 768",
        "18, modp8192, 1024",
        "19, ecp256, 64",
        "20, ecp384, 96",
        "21, ecp521, 132",
        "25, ecp192, 48",
        "26, ecp224, 56",
        "27, ecp224bp, 56",
        "28, ecp256bp, 64",
        "29, ecp384bp, 96",
        "30, ecp512bp, 128",
        "31, curve25519, 32",
        "32, curve448, 56"
    })
    void offersKeyExchanges(int id, String name, int publicLength) {
        assertThat(REGISTRY.keyExchange(id).orElseThrow())
                .returns(id, KeyExchange::id)
                .returns(name, KeyExchange::name)
                .returns(publicLength, KeyExchange::publicLength);
    }

    @Test
    void doesNotOfferWhatItDoesNotKnow() {
        assertThat(REGISTRY.prf(3)).as("PRF_HMAC_TIGER").isEmpty();
        assertThat(REGISTRY.integrity(IntegId.NONE)).isEmpty();
        assertThat(REGISTRY.keyExchange(KeId.NONE)).isEmpty();
        assertThat(REGISTRY.keyExchange(1)).as("modp768").isEmpty();
        assertThat(REGISTRY.encryption(EncrId.AES_CBC, 0))
                .as("without its Key Length")
                .isEmpty();
        assertThat(REGISTRY.encryption(EncrId.AES_CBC, 512)).isEmpty();
        assertThat(REGISTRY.encryption(EncrId.CHACHA20_POLY1305, 256))
                .as("with a Key Length that it does not take")
                .isEmpty();
    }

    @Test
    void refusesSuitesThatCannotProtectIke() {
        Integrity sha256 = REGISTRY.integrity(IntegId.HMAC_SHA2_256_128).orElseThrow();
        Encryption gcm = REGISTRY.encryption(EncrId.AES_GCM_16, 128).orElseThrow();
        Encryption cbc = REGISTRY.encryption(EncrId.AES_CBC, 128).orElseThrow();
        Encryption none = REGISTRY.encryption(EncrId.NULL, 0).orElseThrow();
        Secret key16 = Secret.wrap(new byte[16]);
        Secret key20 = Secret.wrap(new byte[20]);
        Secret key32 = Secret.wrap(new byte[32]);
        Secret empty = Secret.wrap(new byte[0]);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> REGISTRY.skCipher(none, sha256, empty, key32))
                .withMessage("null cannot protect IKE");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> REGISTRY.skCipher(cbc, null, key16, empty))
                .withMessageStartingWith("aes128 needs an integrity algorithm");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> REGISTRY.skCipher(gcm, sha256, key20, key32))
                .withMessageContaining("goes without an integrity algorithm");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> REGISTRY.skCipher(gcm, null, key16, empty))
                .withMessage("aes128gcm16 takes a key of 20 octets, this one has 16");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> REGISTRY.skCipher(cbc, sha256, key16, key16))
                .withMessage("sha256 takes a key of 32 octets, this one has 16");
    }

    @Test
    void leavesTheProvidersOfThePlatformInTheirOrder() {
        assertThat(REGISTRY.prf(PrfId.HMAC_SHA2_256)).isPresent();
        assertThat(java.security.Security.getProvider("BC")).isNull();
    }

    private void assertEveryKeyLength(int id) {
        assertThat(REGISTRY.encryption(id, 128)).isPresent();
        assertThat(REGISTRY.encryption(id, 192)).isPresent();
        assertThat(REGISTRY.encryption(id, 256)).isPresent();
    }
}
