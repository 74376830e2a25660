package org.ikebana.ike.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.macs.CMac;
import org.bouncycastle.crypto.params.KeyParameter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IntegrityTest {
    private static final CryptoRegistry REGISTRY = CryptoRegistry.standard();
    private static final byte[] HI_THERE = Hex.octets("4869205468657265");

    @ParameterizedTest
    @CsvSource({
        // RFC 2202 with the truncations of RFC 2403, 2404 and 4595
        "1, 9294727a3638bb1c13f48ef8",
        "6, 9294727a3638bb1c13f48ef8158bfc9d",
        "2, b617318655057264e28bc0b6",
        "7, b617318655057264e28bc0b6fb378c8ef146be00",
        // RFC 4868 2.7.2: AUTH256-1, AUTH384-1, AUTH512-1
        "12, 198a607eb44bfbc69903a0f1cf2bbdc5",
        "13, b6a8d5636f5c6a7224f9977dcf7ee6c7fb6d0c48cbdee973",
        "14, 637edc6e01dce7e6742a99451aae82df23da3e92439e590e43e761b33e910fb8"
    })
    void hmac(int id, String expected) {
        Integrity integrity = REGISTRY.integrity(id).orElseThrow();
        byte[] key = new byte[integrity.keyLength()];
        Arrays.fill(key, (byte) 0x0b);
        assertThat(Hex.text(integrity.compute(key, HI_THERE, 0, HI_THERE.length)))
                .isEqualTo(expected);
    }

    /** RFC 3566 4.6. */
    @ParameterizedTest
    @CsvSource({
        "0, 75f0251d528ac01c4573dfd5",
        "3, 5b376580ae2f19afe7219cee",
        "16, d2a246fa349b68a79998a439",
        "20, 47f51b4564966215b8985c63",
        "32, f54f0ec8d2b9f3d36807734b"
    })
    void aesXcbc(int length, String expected) {
        byte[] counting = Hex.octets("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f");
        Integrity xcbc = REGISTRY.integrity(5).orElseThrow();
        assertThat(Hex.text(xcbc.compute(Arrays.copyOf(counting, 16), counting, 0, length)))
                .isEqualTo(expected);
    }

    /** RFC 4494 5. */
    @ParameterizedTest
    @CsvSource({
        "0, bb1d6929e95937287fa37d12",
        "16, 070a16b46b4d4144f79bdd9d",
        "40, dfa66747de9ae63030ca3261",
        "64, 51f0bebf7e3b9d92fc497417"
    })
    void aesCmac(int length, String expected) {
        byte[] message = Hex.octets("""
                6bc1bee22e409f96e93d7e117393172a ae2d8a571e03ac9c9eb76fac45af8e51
                30c81c46a35ce411e5fbc1191a0a52ef f69f2445df4f9b17ad2b417be66c3710""");
        Integrity cmac = REGISTRY.integrity(8).orElseThrow();
        byte[] key = Hex.octets("2b7e151628aed2a6abf7158809cf4f3c");
        assertThat(Hex.text(cmac.compute(key, message, 0, length))).isEqualTo(expected);
    }

    @Test
    void aesCmacIsThatOfBouncyCastleAtEveryLength() {
        Integrity cmac = REGISTRY.integrity(8).orElseThrow();
        byte[] key = Hex.octets("00112233445566778899aabbccddeeff");
        byte[] data = new byte[70];
        for (int length = 0; length <= data.length; length++) {
            Arrays.fill(data, (byte) length);
            CMac theirs = new CMac(AESEngine.newInstance(), 96);
            theirs.init(new KeyParameter(key));
            theirs.update(data, 0, length);
            byte[] expected = new byte[12];
            theirs.doFinal(expected, 0);
            assertThat(cmac.compute(key, data, 0, length)).isEqualTo(expected);
        }
    }

    @Test
    void coversJustTheRange() {
        Integrity sha256 = REGISTRY.integrity(12).orElseThrow();
        byte[] key = new byte[32];
        byte[] padded = Hex.octets("ff4869205468657265ee");
        assertThat(sha256.compute(key, padded, 1, 9)).isEqualTo(sha256.compute(key, HI_THERE, 0, 8));
    }
}
