package org.ikebana.kernel.tun.esp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.ikebana.ike.crypto.Encryption;
import org.ikebana.ike.crypto.Integrity;
import org.ikebana.ike.crypto.Secret;
import org.ikebana.ike.wire.EncrId;
import org.ikebana.ike.wire.IntegId;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC vectors of ciphers and integrity algorithms that come in pairs; by all sources. */
class PrimitiveVectorsTest {
    /** RFC 3602 4, cases 5 to 8: text with padding and trailer. */
    @ParameterizedTest(name = "[{index}]")
    @CsvSource(delimiter = ' ', textBlock = """
            90d382b410eeba7ad938c46cec1a82bf e96e8c08ab465763fd098d45dd3ff893 f663c25d325c18c6a9453e194e120849a4870b66cc6b9965330013b4898dc856a4699e523a55db080b59ec3a8e4b7e52775b07d1db34ed9c538ab50c551b874aa269add047ad2d5913ac19b7cfbad4a6 08000ebda70a00008e9c083db95b070008090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f202122232425262728292a2b2c2d2e2f30313233343536370102030405060708090a0b0c0d0e0e01
            90d382b410eeba7ad938c46cec1a82bf 69d08df7d203329db093fc4924e5bd80 f51995881ec4e0c4488987ce742e8109689bb379d2d750c0d915dca346a89f75 0800b5e8a80a0500a69c083d0b660e0077777777777777777777777701020201
            0123456789abcdef0123456789abcdef f4e765244f6407adf13dc1380f673f37 773b5241a4c449225e4f3ce5ed611b0c237ca96cf74a93013c1b0ea1a0cf70f8e4ecaec78ac53aad7a0f022b859243c647752e94a859352b8a4d4d2decd136e5c177f132ad3fbfb2201ac9904c74ee0a109e0ca1e4dfe9d5a100b842f1c22f0d 45000054090400004001f988c0a87b03c0a87bc808009f76a90a0100b49c083d02a2040008090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f202122232425262728292a2b2c2d2e2f30313233343536370102030405060708090a0a04
            0123456789abcdef0123456789abcdef 85d47224b5f3dd5d2101d4ea8dffab22 15b92683819596a8047232cc00f7048fe45318e11f8a0f62ede3c3fc61203bb50f980a08c9843fd3a1b06d5c07ff9639b7eb7dfb3512e5de435e7207ed971ef3d2726d9b5ef6affc6d17a0decbb13892 45000044090c00004001f990c0a87b03c0a87bc80800d63caa0a0200c69c083da3de0300ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff0102030405060708090a0a04
            """)
    void aesCbc(String key, String iv, String encrypted, String text) {
        assertDecrypts(Suite.of(EncrId.AES_CBC, 128, IntegId.HMAC_SHA1_96).encryption(), key, iv + encrypted, text);
    }

    /** RFC 3686 6, all nine; as the IV is the sequence number there is one way to encrypt, too. */
    @ParameterizedTest(name = "[{index}]")
    @CsvSource(delimiter = ' ', textBlock = """
            ae6852f8121067cc4bf7a5765577f39e 00000030 0000000000000000 53696e676c6520626c6f636b206d7367 e4095d4fb7a7b3792d6175a3261311b8
            7e24067817fae0d743d6ce1f32539163 006cb6db c0543b59da48d90b 000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f 5104a106168a72d9790d41ee8edad388eb2e1efc46da57c8fce630df9141be28
            7691be035e5020a8ac6e618529f9a0dc 00e0017b 27777f3f4a1786f0 000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20212223 c1cf48a89f2ffdd9cf4652e9efdb72d74540a42bde6d7836d59a5ceaaef3105325b2072f
            16af5b145fc9f579c175f93e3bfb0eed863d06ccfdb78515 00000048 36733c147d6d93cb 53696e676c6520626c6f636b206d7367 4b55384fe259c9c84e7935a003cbe928
            7c5cb2401b3dc33c19e7340819e0f69c678c3db8e6f6a91a 0096b03b 020c6eadc2cb500d 000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f 453243fc609b23327edfaafa7131cd9f8490701c5ad4a79cfc1fe0ff42f4fb00
            02bf391ee8ecb159b959617b0965279bf59b60a786d3e0fe 0007bdfd 5cbd60278dcc0912 000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20212223 96893fc55e5c722f540b7dd1ddf7e758d288bc95c69165884536c811662f2188abee0935
            776beff2851db06f4c8a0542c8696f6c6a81af1eec96b4d37fc1d689e6c1c104 00000060 db5672c97aa8f0b2 53696e676c6520626c6f636b206d7367 145ad01dbf824ec7560863dc71e3e0c0
            f6d66d6bd52d59bb0796365879eff886c66dd51a5b6a99744b50590c87a23884 00faac24 c1585ef15a43d875 000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f f05e231b3894612c49ee000b804eb2a9b8306b508f839d6a5530831d9344af1c
            ff7a617ce69148e4f1726e2f43581de2aa62d9f805532edff1eed687fb54153d 001cc5b7 51a51d70a1c11148 000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20212223 eb6c52821d0bbbf7ce7594462aca4faab407df866569fd07f48cc0b583d6071f1ec0e6b8
            """)
    void aesCtr(String key, String nonce, String iv, String text, String encrypted) {
        Encryption algorithm =
                Suite.of(EncrId.AES_CTR, key.length() * 4, IntegId.HMAC_SHA1_96).encryption();
        assertDecrypts(algorithm, key + nonce, iv + encrypted, text);
        for (CipherSource source : LibCryptoPresent.andPortableSources()) {
            try (Secret secret = Secret.wrap(hex(key + nonce));
                    TextCipher cipher = source.textCipher(algorithm, secret).orElseThrow()) {
                ByteBuffer memory = direct(hex("0000000000000000" + text));
                cipher.encrypt(memory, 0, text.length() / 2, Long.parseUnsignedLong(iv, 16));
                assertThat(memory).isEqualTo(ByteBuffer.wrap(hex(iv + encrypted)));
            }
        }
    }

    /** RFC 2202 2, 3; RFC 3566 4; RFC 4493 4 (RFC 4494); RFC 4868 2.7.2. */
    @ParameterizedTest(name = "[{index}] {0}")
    @CsvSource(delimiter = ' ', textBlock = """
            1 0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b 4869205468657265 9294727a3638bb1c13f48ef8
            6 aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa dddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddddd 56be34521d144c88dbb8c733f0e8b3f6
            2 0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b 4869205468657265 b617318655057264e28bc0b6
            7 0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b 4869205468657265 b617318655057264e28bc0b6fb378c8ef146be00
            5 000102030405060708090a0b0c0d0e0f 000102 5b376580ae2f19afe7219cee
            5 000102030405060708090a0b0c0d0e0f 000102030405060708090a0b0c0d0e0f d2a246fa349b68a79998a439
            5 000102030405060708090a0b0c0d0e0f 000102030405060708090a0b0c0d0e0f10111213 47f51b4564966215b8985c63
            5 000102030405060708090a0b0c0d0e0f 000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f f54f0ec8d2b9f3d36807734b
            5 000102030405060708090a0b0c0d0e0f 000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f2021 becbb3bccdb518a30677d548
            8 2b7e151628aed2a6abf7158809cf4f3c 6bc1bee22e409f96e93d7e117393172a 070a16b46b4d4144f79bdd9d
            8 2b7e151628aed2a6abf7158809cf4f3c 6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e5130c81c46a35ce411 dfa66747de9ae63030ca3261
            8 2b7e151628aed2a6abf7158809cf4f3c 6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e5130c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710 51f0bebf7e3b9d92fc497417
            12 0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b 4869205468657265 198a607eb44bfbc69903a0f1cf2bbdc5
            12 4a6566654a6566654a6566654a6566654a6566654a6566654a6566654a656665 7768617420646f2079612077616e7420666f72206e6f7468696e673f 167f928588c5cc2eef8e3093caa0e87c
            13 0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b 4869205468657265 b6a8d5636f5c6a7224f9977dcf7ee6c7fb6d0c48cbdee973
            13 4a6566654a6566654a6566654a6566654a6566654a6566654a6566654a6566654a6566654a6566654a6566654a656665 7768617420646f2079612077616e7420666f72206e6f7468696e673f 2c7353974f1842fd66d53c452ca42122b28c0b594cfb184d
            14 0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b0b 4869205468657265 637edc6e01dce7e6742a99451aae82df23da3e92439e590e43e761b33e910fb8
            """)
    void integrity(int id, String key, String data, String icv) {
        assertMac(algorithm(id), hex(key), hex(data), hex(icv));
    }

    /** RFC 3566 4, case 7. */
    @ParameterizedTest
    @CsvSource("000102030405060708090a0b0c0d0e0f, f0dafee895db30253761103b")
    void aThousandZeros(String key, String icv) {
        assertMac(algorithm(IntegId.AES_XCBC_96), hex(key), new byte[1000], hex(icv));
    }

    private static void assertDecrypts(Encryption algorithm, String key, String ivAndEncrypted, String text) {
        for (CipherSource source : LibCryptoPresent.andPortableSources()) {
            try (Secret secret = Secret.wrap(hex(key));
                    TextCipher cipher = source.textCipher(algorithm, secret).orElseThrow()) {
                ByteBuffer memory = direct(hex(ivAndEncrypted));
                cipher.decrypt(memory, 0, text.length() / 2);
                assertThat(memory.slice(cipher.ivLength(), text.length() / 2))
                        .as(source.description())
                        .isEqualTo(ByteBuffer.wrap(hex(text)));
            }
        }
    }

    private static void assertMac(Integrity algorithm, byte[] key, byte[] data, byte[] icv) {
        assertThat(icv).hasSize(algorithm.icvLength());
        for (CipherSource source : LibCryptoPresent.andPortableSources()) {
            try (Secret secret = Secret.copyOf(key);
                    PacketMac mac = source.mac(algorithm, secret).orElseThrow()) {
                ByteBuffer memory = direct(data);
                byte[] code = new byte[icv.length];
                mac.compute(memory, 0, data.length).get(0, code);
                assertThat(code).as(source.description()).isEqualTo(icv);
                assertThat(memory).isEqualTo(ByteBuffer.wrap(data));
                mac.compute(memory, 0, data.length).get(0, code);
                assertThat(code).as("the second time").isEqualTo(icv);
            }
        }
    }

    private static Integrity algorithm(int id) {
        return Suite.integrities().stream()
                .filter(integrity -> integrity.id() == id)
                .findFirst()
                .orElseThrow();
    }

    private static ByteBuffer direct(byte[] octets) {
        return ByteBuffer.allocateDirect(octets.length).put(0, octets);
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }
}
