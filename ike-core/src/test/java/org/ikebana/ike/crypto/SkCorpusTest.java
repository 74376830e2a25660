package org.ikebana.ike.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.ikebana.ike.corpus.Corpus;
import org.ikebana.ike.corpus.Json;
import org.ikebana.ike.wire.EncrId;
import org.ikebana.ike.wire.IntegId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Protected messages of other implementations with their keys: each opens, seals again to the same octets, and is
 * refused with any one octet changed.
 */
class SkCorpusTest {
    private static final CryptoRegistry REGISTRY = CryptoRegistry.standard();
    /** Of SK: IKE header and generic header; SKF has fragment number and total fragments too (RFC 7383 2.5). */
    private static final int SK_BODY = 32;

    private static final int SKF_BODY = 36;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ikev2-decrypt-3des-sha1_160",
                "ikev2-decrypt-aes128ccm12",
                "ikev2-decrypt-aes192ctr",
                "ikev2-decrypt-aes256gcm16"
            })
    void capturesOfWireshark(String name) throws IOException {
        Json capture = Corpus.json("ike-decrypt/" + name + ".json");
        Json keys = capture.get("keys");
        List<Json> sealed = capture.get("messages").list().stream()
                .filter(message -> message.has("inner"))
                .toList();
        assertThat(sealed).isNotEmpty();
        for (Json message : sealed) {
            boolean fromInitiator = (message.get("flags").number() & 0x08) != 0;
            byte[] encryptionKey = keys.get(fromInitiator ? "SK_ei" : "SK_er").bytes();
            byte[] integrityKey = keys.get(fromInitiator ? "SK_ai" : "SK_ar").bytes();
            Suite suite = new Suite(
                    encryption(keys.get("encr").text(), encryptionKey.length),
                    keys.get("integ").isNull()
                            ? IntegId.NONE
                            : integrity(keys.get("integ").text()));
            assertMessage(
                    suite,
                    encryptionKey,
                    integrityKey,
                    message.get("message").bytes(),
                    SK_BODY,
                    message.get("inner").bytes());
        }
    }

    @Test
    void messagesOfOpenswan() throws IOException {
        List<Json> messages = Corpus.json("ike-decrypt/openswan-protected-messages.json")
                .get("messages")
                .list();
        assertThat(messages).hasSize(18);
        for (Json message : messages) {
            byte[] encryptionKey = message.get("SK_e").bytes();
            Suite suite = new Suite(
                    encryption(message.get("encr").text(), encryptionKey.length),
                    integrity(message.get("integ").text()));
            assertMessage(
                    suite,
                    encryptionKey,
                    message.get("SK_a").bytes(),
                    message.get("message").bytes(),
                    SK_BODY,
                    message.get("inner").bytes());
        }
    }

    @Test
    void payloadsAndFragmentsOfAndroid() throws IOException {
        Json hex = Corpus.json("ike-messages/aosp/IkeEncryptedPayloadBodyTest.json")
                .get("hex");
        Suite aesSha1 = new Suite(encryption(EncrId.AES_CBC, 128), IntegId.HMAC_SHA1_96);
        byte[] request = Hex.octets(hex.get("IKE_AUTH_INIT_REQUEST_HEADER").text()
                + hex.get("IKE_AUTH_INIT_REQUEST_SK_HEADER").text()
                + hex.get("IKE_AUTH_INIT_REQUEST_IV").text()
                + hex.get("IKE_AUTH_INIT_REQUEST_ENCRYPT_PADDED_DATA").text()
                + hex.get("IKE_AUTH_INIT_REQUEST_CHECKSUM").text());
        assertMessage(
                aesSha1,
                hex.get("ENCR_KEY_FROM_INIT_TO_RESP").bytes(),
                hex.get("INTE_KEY_FROM_INIT_TO_RESP").bytes(),
                request,
                SK_BODY,
                hex.get("IKE_AUTH_INIT_REQUEST_UNENCRYPTED_DATA").bytes());

        Suite desSha1 = new Suite(encryption(EncrId.DES_EDE3_CBC, 0), IntegId.HMAC_SHA1_96);
        assertAndroid(hex, desSha1, "HMAC_SHA1_3DES_MSG", "HMAC_SHA1_3DES", SK_BODY);
        assertAndroid(hex, desSha1, "HMAC_SHA1_3DES_FRAG", "HMAC_SHA1_3DES_FRAG", SKF_BODY);

        Suite gcm = new Suite(encryption(EncrId.AES_GCM_16, 256), IntegId.NONE);
        assertAndroid(hex, gcm, "AES_GCM_MSG", "AES_GCM_MSG", SK_BODY);
        assertAndroid(hex, gcm, "AES_GCM_FRAG", "AES_GCM_FRAG", SKF_BODY);
    }

    private void assertAndroid(Json hex, Suite suite, String message, String body, int bodyOffset) {
        assertMessage(
                suite,
                hex.get(message + "_ENCR_KEY").bytes(),
                hex.has(message + "_INTE_KEY") ? hex.get(message + "_INTE_KEY").bytes() : new byte[0],
                hex.get(message + "_HEX_STRING").bytes(),
                bodyOffset,
                hex.get(body + "_DECRYPTED_BODY_HEX_STRING").bytes());
    }

    /** @param integrity 0 with an AEAD */
    private record Suite(IkeEncryption encryption, int integrity) {}

    private void assertMessage(
            Suite suite, byte[] encryptionKey, byte[] integrityKey, byte[] message, int bodyOffset, byte[] inner) {
        Sides sides = sides(suite, encryptionKey, integrityKey);
        assertThat(sides.receiver().open(message, bodyOffset)).isEqualTo(inner);
        assertThat(sealedAgain(sides, message, bodyOffset)).isEqualTo(message);
        for (int i = 0; i < message.length; i++) {
            byte[] changed = message.clone();
            changed[i] ^= (byte) (1 << i % 8);
            assertThat(sides.receiver().open(changed, bodyOffset))
                    .as("octet %d changed", i)
                    .isNull();
        }
    }

    /** With the IV and the padding of the message. */
    private static byte[] sealedAgain(Sides sides, byte[] message, int bodyOffset) {
        int from = bodyOffset + sides.ivLength();
        int to = message.length - sides.icvLength();
        byte[] padded = Objects.requireNonNull(sides.packets().decrypt(message, bodyOffset, from, to));
        byte[] again = Arrays.copyOf(message, message.length);
        System.arraycopy(padded, 0, again, from, padded.length);
        Arrays.fill(again, to, again.length, (byte) 0);
        sides.sender().sealInPlace(again, bodyOffset);
        return again;
    }

    /** What opens, what seals, and what decrypts without taking the padding off. */
    private record Sides(
            PacketSkCipher receiver, PacketSkCipher sender, PacketCipher packets, int ivLength, int icvLength) {}

    private Sides sides(Suite suite, byte[] encryptionKey, byte[] integrityKey) {
        IkeEncryption encryption = suite.encryption();
        int icvLength = encryption.isAead()
                ? encryption.icvLength()
                : REGISTRY.integrity(suite.integrity()).orElseThrow().icvLength();
        return new Sides(
                new PacketSkCipher(
                        packets(suite, encryptionKey, integrityKey),
                        IvSource.random(),
                        encryption.ivLength(),
                        encryption.blockLength(),
                        icvLength),
                new PacketSkCipher(
                        packets(suite, encryptionKey, integrityKey),
                        IvSource.random(),
                        encryption.ivLength(),
                        encryption.blockLength(),
                        icvLength),
                packets(suite, encryptionKey, integrityKey),
                encryption.ivLength(),
                icvLength);
    }

    /** Past the registry, as some of the integrity keys are shorter than the algorithm's. */
    private PacketCipher packets(Suite suite, byte[] encryptionKey, byte[] integrityKey) {
        PacketCipher cipher = suite.encryption().cipher(Secret.copyOf(encryptionKey));
        if (suite.encryption().isAead()) {
            return cipher;
        }
        MacIntegrity integrity =
                (MacIntegrity) REGISTRY.integrity(suite.integrity()).orElseThrow();
        KeyedMac mac = integrity.algorithm().withKey(integrityKey);
        return new EncryptThenMac(cipher, mac, integrity.macLength(), integrity.icvLength());
    }

    private IkeEncryption encryption(String name, int keyLength) {
        return switch (name) {
            case "3DES_CBC" -> encryption(EncrId.DES_EDE3_CBC, 0);
            case "AES_CBC" -> encryption(EncrId.AES_CBC, keyLength * 8);
            case "AES_CTR" -> encryption(EncrId.AES_CTR, (keyLength - 4) * 8);
            case "AES_CCM_12" -> encryption(EncrId.AES_CCM_12, (keyLength - 3) * 8);
            case "AES_GCM_16" -> encryption(EncrId.AES_GCM_16, (keyLength - 4) * 8);
            default -> throw new IllegalArgumentException(name);
        };
    }

    private IkeEncryption encryption(int id, int keyBits) {
        return (IkeEncryption) REGISTRY.encryption(id, keyBits).orElseThrow();
    }

    private static int integrity(String name) {
        return switch (name) {
            case "HMAC_MD5_96" -> IntegId.HMAC_MD5_96;
            case "HMAC_SHA1_96" -> IntegId.HMAC_SHA1_96;
            case "HMAC_SHA1_160" -> IntegId.HMAC_SHA1_160;
            case "HMAC_SHA2_256_128" -> IntegId.HMAC_SHA2_256_128;
            case "HMAC_SHA2_512_256" -> IntegId.HMAC_SHA2_512_256;
            default -> throw new IllegalArgumentException(name);
        };
    }
}
