package org.ikebana.ike.crypto;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.ikebana.ike.wire.PrfId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrfTest {
    private static final CryptoRegistry REGISTRY = CryptoRegistry.standard();

    @ParameterizedTest
    @CsvSource({
        // RFC 2202 2
        "1, 0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b, Hi There, 9294727a3638bb1c13f48ef8158bfc9d",
        "1, 4a656665, what do ya want for nothing?, 750c783e6ab0b503eaa86e310a5db738",
        // RFC 2202 3
        "2, 0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b, Hi There, b617318655057264e28bc0b6fb378c8ef146be00",
        "2, 4a656665, what do ya want for nothing?, effcdf6ae5eb2fa2d27416d5f184df9c259a7c79",
        // RFC 4231 4.2, 4.3
        "5, 0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b, Hi There,"
                + " b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7",
        "5, 4a656665, what do ya want for nothing?,"
                + " 5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843",
        "6, 4a656665, what do ya want for nothing?,"
                + " af45d2e376484031617f78d2b58a6b1b9c7ef464f5a01b47e42ec3736322445e8e2240ca5e69e2c78b3239ecfab21649",
        "7, 4a656665, what do ya want for nothing?,"
                + " 164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea250554"
                + "9758bf75c05a994a6d034f65f8f0e6fdcaeab1a34d4a6b4b636e070a38bce737"
    })
    void hmac(int id, String key, String data, String expected) {
        assertThat(Hex.text(prf(id).compute(Hex.octets(key), data.getBytes(US_ASCII))))
                .isEqualTo(expected);
    }

    /** RFC 4231 4.7: 131 octets of key are more than a block. */
    @ParameterizedTest
    @CsvSource({
        "5, 60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54",
        "6, 4ece084485813e9088d2c63a041bc5b44f9ef1012a2b588f3cd11f05033ac4c60c2ef6ab4030fe8296248df163f44952",
        "7, 80b24263c7c1a3ebb71493c1dd7be8b49b46d1f41b4aeec1121b013783f8f352"
                + "6b56d037e05f2598bd0fd2215d6a1e5295e64f73f63f0aec8b915a985d786598"
    })
    void hmacOfAKeyLongerThanABlock(int id, String expected) {
        byte[] key = new byte[131];
        Arrays.fill(key, (byte) 0xaa);
        byte[] data = "Test Using Larger Than Block-Size Key - Hash Key First".getBytes(US_ASCII);
        assertThat(Hex.text(prf(id).compute(key, data))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        // RFC 4434 3 with keys of 16, 10 and 18 octets
        "4, 000102030405060708090a0b0c0d0e0f, 47f51b4564966215b8985c63055ed308",
        "4, 00010203040506070809, 0fa087af7d866e7653434e602fdde835",
        "4, 000102030405060708090a0b0c0d0e0fedcb, 8cd3c93ae598a9803006ffb67c40e9e4",
        // RFC 4615 4
        "8, 000102030405060708090a0b0c0d0e0f, 980ae87b5f4c9c5214f5b6a8455e4c2d",
        "8, 00010203040506070809, 290d9e112edb09ee141fcf64c0b72f3d",
        "8, 000102030405060708090a0b0c0d0e0fedcb, 84a348a4a45d235babfffc0d2b4da09a"
    })
    void aesWithKeysOfAllLengths(int id, String key, String expected) {
        byte[] message = Hex.octets("000102030405060708090a0b0c0d0e0f10111213");
        assertThat(Hex.text(prf(id).compute(Hex.octets(key), message))).isEqualTo(expected);
    }

    /** As HMAC fills keys up with zeros, which the platform's own class does not let one say. */
    @Test
    void anEmptyKeyIsAKeyOfZeros() {
        Prf sha256 = prf(PrfId.HMAC_SHA2_256);
        // echo -n "" | openssl dgst -sha256 -hmac ""
        assertThat(Hex.text(sha256.compute(new byte[0])))
                .isEqualTo("b613679a0814d9ec772f95d778c35fc5ff1697c493715653c6c712144292c5ad");
        assertThat(sha256.compute(new byte[0], new byte[5])).isEqualTo(sha256.compute(new byte[64], new byte[5]));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 5, 6, 7, 8})
    void dataMayComeInParts(int id) {
        byte[] key = Hex.octets("00112233445566778899aabbccddeeff");
        byte[] data = new byte[100];
        for (int i = 0; i < data.length; i++) {
            data[i] = (byte) i;
        }
        byte[] whole = prf(id).compute(key, data);
        for (int cut = 0; cut <= data.length; cut += 5) {
            byte[] head = Arrays.copyOf(data, cut);
            byte[] tail = Arrays.copyOfRange(data, cut, data.length);
            assertThat(prf(id).compute(key, head, new byte[0], tail)).isEqualTo(whole);
        }
    }

    /** {@code T1 = prf(K, S | 1), T2 = prf(K, T1 | S | 2)} (RFC 7296 2.13). */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 4, 5, 6, 7, 8})
    void prfPlusChainsItsBlocks(int id) {
        Prf prf = prf(id);
        byte[] key = Hex.octets("00112233445566778899aabbccddeeff");
        byte[] seed = Hex.octets("0102030405");
        byte[] t1 = prf.compute(key, seed, new byte[] {1});
        byte[] t2 = prf.compute(key, t1, seed, new byte[] {2});
        int length = prf.outputLength();
        assertThat(prf.expand(key, length, seed)).isEqualTo(t1);
        byte[] oneMore = prf.expand(key, length + 1, Arrays.copyOf(seed, 2), Arrays.copyOfRange(seed, 2, 5));
        assertThat(Arrays.copyOf(oneMore, length)).isEqualTo(t1);
        assertThat(oneMore[length]).isEqualTo(t2[0]);
        assertThat(Arrays.copyOfRange(prf.expand(key, 2 * length, seed), length, 2 * length))
                .isEqualTo(t2);
    }

    @Test
    void threadsShareOne() throws ExecutionException, InterruptedException {
        Prf prf = prf(PrfId.AES128_CMAC);
        byte[] key = new byte[16];
        byte[] expected = prf.expand(key, 1000, key);
        try (ExecutorService threads = Executors.newFixedThreadPool(4)) {
            List<Future<byte[]>> results = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                results.add(threads.submit(() -> prf.expand(key, 1000, key)));
            }
            for (Future<byte[]> result : results) {
                assertThat(result.get()).isEqualTo(expected);
            }
        }
    }

    private Prf prf(int id) {
        return REGISTRY.prf(id).orElseThrow();
    }
}
