package org.ikebana.ike.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.ikebana.ike.wire.EncrId;
import org.junit.jupiter.api.Test;

/** Numbers of RFCs and of the GCM specification, with the salt behind the key as in KEYMAT. */
class PacketCipherTest {
    private static final CryptoRegistry REGISTRY = CryptoRegistry.standard();
    /** RFC 3602 4 #1. */
    @Test
    void aesCbc1() {
        assertVector(
                EncrId.AES_CBC,
                128,
                "06a9214036b8a15b512e03d534120006",
                "3dafba429d9eb430b422da802c9fac41",
                "",
                "53696e676c6520626c6f636b206d7367",
                "e353779c1079aeb82708942dbe77181a");
    }

    /** RFC 3602 4 #2. */
    @Test
    void aesCbc2() {
        assertVector(
                EncrId.AES_CBC,
                128,
                "c286696d887c9aa0611bbb3e2025a45a",
                "562e17996d093d28ddb3ba695a2e6f58",
                "",
                "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f",
                "d296cd94c2cccf8a3a863028b5e1dc0a7586602d253cfff91b8266bea6d61ab1");
    }

    /** RFC 3602 4 #3. */
    @Test
    void aesCbc3() {
        assertVector(
                EncrId.AES_CBC,
                128,
                "6c3ea0477630ce21a2ce334aa746c2cd",
                "c782dc4c098c66cbd9cd27d825682c81",
                "",
                "5468697320697320612034382d62797465206d657373616765202865786163746c7920332041455320626c6f636b7329",
                "d0a02b3836451753d493665d33f0e8862dea54cdb293abc7506939276772f8d5021c19216bad525c8579695d83ba2684");
    }

    /** RFC 3602 4 #4. */
    @Test
    void aesCbc4() {
        assertVector(
                EncrId.AES_CBC,
                128,
                "56e47a38c5598974bc46903dba290349",
                "8ce82eefbea0da3c44699ed7db51b7d9",
                "",
                """
                a0a1a2a3a4a5a6a7a8a9aaabacadaeafb0b1b2b3b4b5b6b7b8b9babbbcbdbebfc0c1c2c3c4c5c6c7c8c9cacbcccdcecf
                d0d1d2d3d4d5d6d7d8d9dadbdcdddedf""",
                """
                c30e32ffedc0774e6aff6af0869f71aa0f3af07a9a31a9c684db207eb0ef8e4e35907aa632c3ffdf868bb7b29d3d46ad
                83ce9f9a102ee99d49a53e87f4c3da55""");
    }

    /** RFC 3686 6 #1. */
    @Test
    void aesCtr1() {
        assertVector(
                EncrId.AES_CTR,
                128,
                "ae6852f8121067cc4bf7a5765577f39e00000030",
                "0000000000000000",
                "",
                "53696e676c6520626c6f636b206d7367",
                "e4095d4fb7a7b3792d6175a3261311b8");
    }

    /** RFC 3686 6 #2. */
    @Test
    void aesCtr2() {
        assertVector(
                EncrId.AES_CTR,
                128,
                "7e24067817fae0d743d6ce1f32539163006cb6db",
                "c0543b59da48d90b",
                "",
                "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f",
                "5104a106168a72d9790d41ee8edad388eb2e1efc46da57c8fce630df9141be28");
    }

    /** RFC 3686 6 #3. */
    @Test
    void aesCtr3() {
        assertVector(
                EncrId.AES_CTR,
                128,
                "7691be035e5020a8ac6e618529f9a0dc00e0017b",
                "27777f3f4a1786f0",
                "",
                "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20212223",
                "c1cf48a89f2ffdd9cf4652e9efdb72d74540a42bde6d7836d59a5ceaaef3105325b2072f");
    }

    /** RFC 3686 6 #4. */
    @Test
    void aesCtr4() {
        assertVector(
                EncrId.AES_CTR,
                192,
                "16af5b145fc9f579c175f93e3bfb0eed863d06ccfdb7851500000048",
                "36733c147d6d93cb",
                "",
                "53696e676c6520626c6f636b206d7367",
                "4b55384fe259c9c84e7935a003cbe928");
    }

    /** RFC 3686 6 #5. */
    @Test
    void aesCtr5() {
        assertVector(
                EncrId.AES_CTR,
                192,
                "7c5cb2401b3dc33c19e7340819e0f69c678c3db8e6f6a91a0096b03b",
                "020c6eadc2cb500d",
                "",
                "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f",
                "453243fc609b23327edfaafa7131cd9f8490701c5ad4a79cfc1fe0ff42f4fb00");
    }

    /** RFC 3686 6 #6. */
    @Test
    void aesCtr6() {
        assertVector(
                EncrId.AES_CTR,
                192,
                "02bf391ee8ecb159b959617b0965279bf59b60a786d3e0fe0007bdfd",
                "5cbd60278dcc0912",
                "",
                "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20212223",
                "96893fc55e5c722f540b7dd1ddf7e758d288bc95c69165884536c811662f2188abee0935");
    }

    /** RFC 3686 6 #7. */
    @Test
    void aesCtr7() {
        assertVector(
                EncrId.AES_CTR,
                256,
                "776beff2851db06f4c8a0542c8696f6c6a81af1eec96b4d37fc1d689e6c1c10400000060",
                "db5672c97aa8f0b2",
                "",
                "53696e676c6520626c6f636b206d7367",
                "145ad01dbf824ec7560863dc71e3e0c0");
    }

    /** RFC 3686 6 #8. */
    @Test
    void aesCtr8() {
        assertVector(
                EncrId.AES_CTR,
                256,
                "f6d66d6bd52d59bb0796365879eff886c66dd51a5b6a99744b50590c87a2388400faac24",
                "c1585ef15a43d875",
                "",
                "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f",
                "f05e231b3894612c49ee000b804eb2a9b8306b508f839d6a5530831d9344af1c");
    }

    /** RFC 3686 6 #9. */
    @Test
    void aesCtr9() {
        assertVector(
                EncrId.AES_CTR,
                256,
                "ff7a617ce69148e4f1726e2f43581de2aa62d9f805532edff1eed687fb54153d001cc5b7",
                "51a51d70a1c11148",
                "",
                "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f20212223",
                "eb6c52821d0bbbf7ce7594462aca4faab407df866569fd07f48cc0b583d6071f1ec0e6b8");
    }

    /** GCM specification, test case 4, 16 octets of check value. */
    @Test
    void gcmTestCase4WithIcvOf16() {
        assertVector(
                EncrId.AES_GCM_16,
                128,
                "feffe9928665731c6d6a8f9467308308cafebabe",
                "facedbaddecaf888",
                "feedfacedeadbeeffeedfacedeadbeefabaddad2",
                """
                d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525
                b16aedf5aa0de657ba637b39""",
                """
                42831ec2217774244b7221b784d0d49ce3aa212f2c02a4e035c17e2329aca12e21d514b25466931c7d8f6a5aac84aa05
                1ba30b396a0aac973d58e0915bc94fbc3221a5db94fae95ae7121a47""");
    }

    /** GCM specification, test case 4, 12 octets of check value. */
    @Test
    void gcmTestCase4WithIcvOf12() {
        assertVector(
                EncrId.AES_GCM_12,
                128,
                "feffe9928665731c6d6a8f9467308308cafebabe",
                "facedbaddecaf888",
                "feedfacedeadbeeffeedfacedeadbeefabaddad2",
                """
                d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525
                b16aedf5aa0de657ba637b39""",
                """
                42831ec2217774244b7221b784d0d49ce3aa212f2c02a4e035c17e2329aca12e21d514b25466931c7d8f6a5aac84aa05
                1ba30b396a0aac973d58e0915bc94fbc3221a5db94fae95a""");
    }

    /** GCM specification, test case 4, 8 octets of check value. */
    @Test
    void gcmTestCase4WithIcvOf8() {
        assertVector(
                EncrId.AES_GCM_8,
                128,
                "feffe9928665731c6d6a8f9467308308cafebabe",
                "facedbaddecaf888",
                "feedfacedeadbeeffeedfacedeadbeefabaddad2",
                """
                d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525
                b16aedf5aa0de657ba637b39""",
                """
                42831ec2217774244b7221b784d0d49ce3aa212f2c02a4e035c17e2329aca12e21d514b25466931c7d8f6a5aac84aa05
                1ba30b396a0aac973d58e0915bc94fbc3221a5db""");
    }

    /** GCM specification, test case 10, 16 octets of check value. */
    @Test
    void gcmTestCase10WithIcvOf16() {
        assertVector(
                EncrId.AES_GCM_16,
                192,
                "feffe9928665731c6d6a8f9467308308feffe9928665731ccafebabe",
                "facedbaddecaf888",
                "feedfacedeadbeeffeedfacedeadbeefabaddad2",
                """
                d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525
                b16aedf5aa0de657ba637b39""",
                """
                3980ca0b3c00e841eb06fac4872a2757859e1ceaa6efd984628593b40ca1e19c7d773d00c144c525ac619d18c84a3f47
                18e2448b2fe324d9ccda27102519498e80f1478f37ba55bd6d27618c""");
    }

    /** GCM specification, test case 10, 12 octets of check value. */
    @Test
    void gcmTestCase10WithIcvOf12() {
        assertVector(
                EncrId.AES_GCM_12,
                192,
                "feffe9928665731c6d6a8f9467308308feffe9928665731ccafebabe",
                "facedbaddecaf888",
                "feedfacedeadbeeffeedfacedeadbeefabaddad2",
                """
                d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525
                b16aedf5aa0de657ba637b39""",
                """
                3980ca0b3c00e841eb06fac4872a2757859e1ceaa6efd984628593b40ca1e19c7d773d00c144c525ac619d18c84a3f47
                18e2448b2fe324d9ccda27102519498e80f1478f37ba55bd""");
    }

    /** GCM specification, test case 10, 8 octets of check value. */
    @Test
    void gcmTestCase10WithIcvOf8() {
        assertVector(
                EncrId.AES_GCM_8,
                192,
                "feffe9928665731c6d6a8f9467308308feffe9928665731ccafebabe",
                "facedbaddecaf888",
                "feedfacedeadbeeffeedfacedeadbeefabaddad2",
                """
                d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525
                b16aedf5aa0de657ba637b39""",
                """
                3980ca0b3c00e841eb06fac4872a2757859e1ceaa6efd984628593b40ca1e19c7d773d00c144c525ac619d18c84a3f47
                18e2448b2fe324d9ccda27102519498e80f1478f""");
    }

    /** GCM specification, test case 16, 16 octets of check value. */
    @Test
    void gcmTestCase16WithIcvOf16() {
        assertVector(
                EncrId.AES_GCM_16,
                256,
                "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308cafebabe",
                "facedbaddecaf888",
                "feedfacedeadbeeffeedfacedeadbeefabaddad2",
                """
                d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525
                b16aedf5aa0de657ba637b39""",
                """
                522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838
                c5f61e6393ba7a0abcc9f66276fc6ece0f4e1768cddf8853bb2d551b""");
    }

    /** GCM specification, test case 16, 12 octets of check value. */
    @Test
    void gcmTestCase16WithIcvOf12() {
        assertVector(
                EncrId.AES_GCM_12,
                256,
                "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308cafebabe",
                "facedbaddecaf888",
                "feedfacedeadbeeffeedfacedeadbeefabaddad2",
                """
                d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525
                b16aedf5aa0de657ba637b39""",
                """
                522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838
                c5f61e6393ba7a0abcc9f66276fc6ece0f4e1768cddf8853""");
    }

    /** GCM specification, test case 16, 8 octets of check value. */
    @Test
    void gcmTestCase16WithIcvOf8() {
        assertVector(
                EncrId.AES_GCM_8,
                256,
                "feffe9928665731c6d6a8f9467308308feffe9928665731c6d6a8f9467308308cafebabe",
                "facedbaddecaf888",
                "feedfacedeadbeeffeedfacedeadbeefabaddad2",
                """
                d9313225f88406e5a55909c5aff5269a86a7a9531534f7da2e4c303d8a318a721c3c0c95956809532fcf0e2449a6b525
                b16aedf5aa0de657ba637b39""",
                """
                522dc1f099567d07f47f37a32a84427d643a8cdcbfe5c0c97598a2bd2555d1aa8cb08e48590dbb3da7b08b1056828838
                c5f61e6393ba7a0abcc9f66276fc6ece0f4e1768""");
    }

    /** RFC 7634 A. */
    @Test
    void chaCha20Poly1305InEsp() {
        assertVector(
                EncrId.CHACHA20_POLY1305,
                0,
                "808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9fa0a1a2a3",
                "1011121314151617",
                "0102030400000005",
                """
                45000054a6f200004001e778c6336405c000020508005b7a3a080000553bec100007362708090a0b0c0d0e0f10111213
                1415161718191a1b1c1d1e1f202122232425262728292a2b2c2d2e2f303132333435363701020204""",
                """
                24039428b97f417e3c13753a4f05087b67c352e6a7fab1b982d466ef407ae5c614ee8099d52844eb61aa95dfab4c02f7
                2aa71e7c4c4f64c9befe2facc638e8f3cbec163fac469b502773f6fb94e664da9165b82829f641e076aaa8266b7fb0f7
                b11b369907e1ad43""");
    }

    /** RFC 7634 B: a whole IKE message, sealed with the IV that the example gives. */
    @Test
    void chaCha20Poly1305InIke() {
        byte[] expected = Hex.octets("""
                c0c1c2c3c4c5c6c7d0d1d2d3d4d5d6d72e2025000000000900000045290000291011121314151617610394701f8d017f
                7c129248896b71bfe25236efd7cdc67066906315b2""");
        byte[] inner = Hex.octets("0000000c000040010000000a");
        Encryption chaCha20 = REGISTRY.encryption(EncrId.CHACHA20_POLY1305, 0).orElseThrow();
        int bodyOffset = 32;
        try (PacketSkCipher sender = cipher(chaCha20);
                PacketSkCipher receiver = cipher(chaCha20)) {
            assertThat(bodyOffset + sender.bodyLength(inner.length)).isEqualTo(expected.length);
            assertThat(receiver.open(expected, bodyOffset)).isEqualTo(inner);
            byte[] message = Arrays.copyOf(expected, expected.length);
            System.arraycopy(inner, 0, message, bodyOffset + 8, inner.length);
            Arrays.fill(message, bodyOffset + 8 + inner.length, message.length, (byte) 0);
            sender.sealInPlace(message, bodyOffset);
            assertThat(message).isEqualTo(expected);
        }
    }

    private PacketSkCipher cipher(Encryption algorithm) {
        try (Secret key = Hex.secret("808182838485868788898a8b8c8d8e8f909192939495969798999a9b9c9d9e9fa0a1a2a3");
                Secret none = Hex.secret("")) {
            return (PacketSkCipher) REGISTRY.skCipher(algorithm, null, key, none);
        }
    }

    private void assertVector(
            int id, int keyBits, String keyAndSalt, String iv, String associated, String plain, String sealed) {
        IkeEncryption algorithm =
                (IkeEncryption) REGISTRY.encryption(id, keyBits).orElseThrow();
        byte[] expected = Hex.octets(associated + iv + sealed);
        byte[] packet = Arrays.copyOf(Hex.octets(associated + iv + plain), expected.length);
        int associatedLength = Hex.octets(associated).length;
        int from = associatedLength + algorithm.ivLength();
        int to = expected.length - algorithm.icvLength();
        try (Secret key = Hex.secret(keyAndSalt);
                PacketCipher cipher = algorithm.cipher(key)) {
            cipher.encrypt(packet, associatedLength, from, to);
            assertThat(packet).isEqualTo(expected);
            assertThat(cipher.decrypt(packet, associatedLength, from, to)).isEqualTo(Hex.octets(plain));
        }
    }
}
