package org.ikebana.ike.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.List;
import org.ikebana.ike.wire.EncrId;
import org.ikebana.ike.wire.IntegId;
import org.ikebana.ike.wire.PrfId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers of NIST's ACVP test of IKEv2 key derivation with HMAC-SHA-256, with nonces of the greatest length. */
class KeyScheduleTest {
    private static final CryptoRegistry REGISTRY = CryptoRegistry.standard();
    private static final byte[] NI = Hex.octets("""
            0a58fea9c1d4fee2e74e1aad6fb02dd5f318eb127465a112be8dc3c04d5dba62eae708f9dc1b2362afd6ba4bda3cf500
            0f4979fbcbadbcfda9291593829c4e905c21db0c2ee15175ce77a8a0dadf25c7f175bc53fd91b636a9b3c50b203de9b9
            d6dc463dcb4048f101e26498ceaed3afbcd931394a7e099392dfff82e5d6fa85c2e8a8ab90ad363a66795dc32798847e
            405acd87988140f973058917273a6b0bafb962c75e2b1a21e79c08beeb82168bf8b4b57f3dce867bf7862a7b8acbc21b
            e838021913daf64340c055ed17aaf7b6e1d0ca33ae890ddbdb83f4e615aad5e3bff58c3db70bac81a0dfbabe5391fc62
            bca4659e22a0741e01d8d06e67d9bb41
            """);
    private static final byte[] NR = Hex.octets("""
            e4fdfa68df6171d9eaff8b7b5ad31e7c6098d259f3397c9854cbefe7449b0864c1df16ddece8b26567560f8d59182a44
            c19149c2d0d72606a160021ade3d23c7c6936c91a4b6bec37adf38cfc84b851c68dcee06f81306f63abbefc07e231e30
            58c49437a557df617eac01663593d2a3e594699284c0a35eae6931492ccb2a43db72a600a3899205d681d2b76b1280e4
            56339bb10e0c584aecfdae31c77a4c40dbcb345f782ac32835d4c220c1e97254ded6a40075dd717b00b69c86a49e8017
            73026536ae02d58a649827f1ba67610ee936dffd11c9d5a9156631916a0a0046ec0ba42f56f2a18de83d5d71a985b0cc
            9eec2c06b3d907ca58454419f374069d
            """);
    private static final long SPI_I = 0xc8de93111750e409L;
    private static final long SPI_R = 0x32d51b33508997faL;
    private final Prf prf = REGISTRY.prf(PrfId.HMAC_SHA2_256).orElseThrow();
    private final Encryption aes256 = REGISTRY.encryption(EncrId.AES_CBC, 256).orElseThrow();
    private final Encryption gcm128 =
            REGISTRY.encryption(EncrId.AES_GCM_16, 128).orElseThrow();
    private final Integrity sha256 =
            REGISTRY.integrity(IntegId.HMAC_SHA2_256_128).orElseThrow();
    private final Secret shared = Hex.secret("9d469de41b4739c7dd01f19aa94f17e48150ae9dbede94832142db19");
    private final Secret sharedAnew = Hex.secret("c2987b0767006c3b9aea491bfed1646a3d7194639492b8d45b23b383");
    private final Secret skeyseed = Hex.secret("eec13ac67c2e072abb684ab4e7b6ce3e7f400af8b96bed48e113497ed337f8d4");
    private final Secret skD = Hex.secret("bc83518f63b762874ac57947cdfae33a8d9724df0b83ee4b6df38c23fc2ad829");

    @Test
    void skeyseed() {
        assertThat(KeySchedule.skeyseed(prf, NI, NR, shared)).isEqualTo(skeyseed);
    }

    @Test
    void skeyseedOfRekey() {
        assertThat(KeySchedule.skeyseedOfRekey(prf, skD, sharedAnew, NI, NR, List.of()))
                .isEqualTo(Hex.secret("05f796c8df322a7e33283ae5fa2f376d8d5efa0ac3745fc548e430031424c121"));
    }

    /** RFC 8784 3, computed with Python's hmac; the keys that protect messages are not touched. */
    @Test
    void withPpk() {
        Secret other = Hex.secret("55".repeat(32));
        Secret skPi = Hex.secret("33".repeat(32));
        Secret skPr = Hex.secret("44".repeat(32));
        Secret ppk = Hex.secret("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");
        IkeKeys mixed = KeySchedule.withPpk(prf, ppk, new IkeKeys(skD, other, other, other, other, skPi, skPr));

        assertThat(mixed.skD())
                .isEqualTo(Hex.secret("8188529e0ac03701aac13033c632040cd1e850e28533316deb96fcc930ccd663"));
        assertThat(mixed.skPi())
                .isEqualTo(Hex.secret("bc4b0ef27cbfb20e228b9e3735c01c39f22a9f04b6255286f6bf7bd06660a333"));
        assertThat(mixed.skPr())
                .isEqualTo(Hex.secret("5e95d008811e03d489314ee0bd80540987d0d3cf729133cc2d3ae946d592f331"));
        assertThat(List.of(mixed.skAi(), mixed.skAr(), mixed.skEi(), mixed.skEr()))
                .allMatch(key -> key == other);
    }

    /** RFC 9867, computed with Python's hmac. */
    @Test
    void ppkInIntermediate() {
        Secret ppk = Hex.secret("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");

        assertThat(KeySchedule.skeyseedWithPpk(prf, ppk, skD))
                .isEqualTo(Hex.secret("8188529e0ac03701aac13033c632040cd1e850e28533316deb96fcc930ccd663"));
        assertThat(KeySchedule.ppkConfirmation(prf, ppk, NI, NR, SPI_I, SPI_R))
                .isEqualTo(Hex.octets("e1b866ae3034054592902fce5f71c5bce5cf9b07ddd28a52390a1657cca9ef87"));
    }

    /** RFC 9370 2.2.4, computed with Python's hmac. */
    @Test
    void skeyseedOfRekeyWithAdditionalKeyExchanges() {
        assertThat(KeySchedule.skeyseedOfRekey(
                        prf,
                        skD,
                        sharedAnew,
                        NI,
                        NR,
                        List.of(Hex.secret("11".repeat(32)), Hex.secret("22".repeat(32)))))
                .isEqualTo(Hex.secret("59e6a4b28dc21da7c042d643ab9fb1d4447a8b98a4398a149a083a7ed29c5f23"));
    }

    @Test
    void ikeKeysInOrder() {
        try (IkeKeys keys = KeySchedule.ikeKeys(prf, aes256, sha256, skeyseed, NI, NR, SPI_I, SPI_R)) {
            assertKey(keys.skD(), "bc83518f63b762874ac57947cdfae33a8d9724df0b83ee4b6df38c23fc2ad829");
            assertKey(keys.skAi(), "f4d70b5a68dd1f5a52416f09758638aedf919c09a17c5298cdb703bb75b1005c");
            assertKey(keys.skAr(), "ba0109739aaa4efd2fe7534c95ad05e546e4419931270eddcab68ac1589d7fde");
            assertKey(keys.skEi(), "47f5b9e8d5b614cb24ec3caf515497a9e99ee6f1b318ff153b539ef071dcaff9");
            assertKey(keys.skEr(), "b41945dcb780700d69e5dc888a91de195c52825badfd0ab4c33cec71ab5c2b4b");
            assertKey(keys.skPi(), "adefe5455455ce5d8ae91721a2091bcccc1514e69482c9c8da1d9f0f187eedda");
            assertKey(keys.skPr(), "916393570a8c0a8dfabc26d8ed31e8ea47662515972a22d11d692bc1fac6395a");
        }
    }

    @Test
    void anAeadTakesNoIntegrityKeysAndItsSaltBehindTheKey() {
        try (IkeKeys keys = KeySchedule.ikeKeys(prf, gcm128, null, skeyseed, NI, NR, SPI_I, SPI_R)) {
            assertThat(keys.skD()).isEqualTo(skD);
            assertThat(keys.skAi().length()).isZero();
            assertThat(keys.skAr().length()).isZero();
            assertKey(keys.skEi(), "f4d70b5a68dd1f5a52416f09758638aedf919c09");
            assertKey(keys.skEr(), "a17c5298cdb703bb75b1005cba0109739aaa4efd");
            assertKey(keys.skPi(), "2fe7534c95ad05e546e4419931270eddcab68ac1589d7fde47f5b9e8d5b614cb");
            assertKey(keys.skPr(), "24ec3caf515497a9e99ee6f1b318ff153b539ef071dcaff9b41945dcb780700d");
        }
    }

    @Test
    void childKeysWithoutKeyExchange() {
        try (ChildKeys keys = KeySchedule.childKeys(prf, skD, aes256, sha256, null, NI, NR, List.of())) {
            assertKey(keys.encryptionI(), "c725012285d56e53244a9baaaf95abfca543708d333a3f3a86ba660e00edd4d4");
            assertKey(keys.integrityI(), "89bcd631819fda0413382edd9f53d1ed718e056c2ad91d38de90f06cd434de70");
            assertKey(keys.encryptionR(), "141d051c021e7ddd6e4137946b4770dca59a4decabdd866852eb557fdd995646");
            assertKey(keys.integrityR(), "613ff2923f5f23aa58c8fbd5ad52cf2eac9bda97faad5596695f4a747a0f1cc6");
        }
    }

    @Test
    void childKeysWithKeyExchange() {
        try (ChildKeys keys = KeySchedule.childKeys(prf, skD, gcm128, null, sharedAnew, NI, NR, List.of())) {
            assertKey(keys.encryptionI(), "140a1f2a3c94318ece6edfa8c63f37d8d45982de");
            assertThat(keys.integrityI().length()).isZero();
            assertKey(keys.encryptionR(), "8b6cbfe34011150db0253e34de3796d4aa579954");
            assertThat(keys.integrityR().length()).isZero();
        }
    }

    /** RFC 9370 2.2.4, computed with Python's hmac. */
    @Test
    void childKeysWithAdditionalKeyExchange() {
        List<Secret> additional = List.of(Hex.secret("11".repeat(32)));
        try (ChildKeys keys = KeySchedule.childKeys(prf, skD, gcm128, null, sharedAnew, NI, NR, additional)) {
            assertKey(keys.encryptionI(), "df4de8d7eff7bd3c630e4f7cfd67457ca45ea771");
            assertKey(keys.encryptionR(), "29715ba215d1da8f6cd51d363cfbd719246c2fdb");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {PrfId.AES128_XCBC, PrfId.AES128_CMAC})
    void skeyseedOfAesTakesEightOctetsOfEitherNonce(int id) {
        Prf aes = REGISTRY.prf(id).orElseThrow();
        byte[] key = Arrays.copyOf(NI, 16);
        System.arraycopy(NR, 0, key, 8, 8);
        assertThat(KeySchedule.skeyseed(aes, NI, NR, shared)).isEqualTo(Secret.wrap(aes.compute(key, shared.bytes())));
    }

    @Test
    void prfPlusEndsAfter255Blocks() {
        assertThat(prf.expand(skD.bytes(), 255 * 32, NI)).hasSize(255 * 32);
        assertThat(prf.expand(skD.bytes(), 0, NI)).isEmpty();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> prf.expand(skD.bytes(), 255 * 32 + 1, NI))
                .withMessage("prf+ of prfsha256 ends at 8160 octets, 8161 were asked for");
    }

    @Test
    void inputsAreLeftAlone() {
        byte[] before = shared.bytes().clone();
        KeySchedule.skeyseed(prf, NI, NR, shared).close();
        KeySchedule.childKeys(prf, skD, aes256, sha256, shared, NI, NR, List.of())
                .close();
        assertThat(shared.bytes()).isEqualTo(before);
    }

    private static void assertKey(Secret key, String expected) {
        assertThat(key).isEqualTo(Hex.secret(expected));
    }
}
