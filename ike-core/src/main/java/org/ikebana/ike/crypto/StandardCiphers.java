package org.ikebana.ike.crypto;

import static java.util.Map.entry;

import java.util.Map;
import org.ikebana.ike.wire.EncrId;

/** The encryption algorithms on offer; the last column is the {@link KnownAnswer}. */
final class StandardCiphers {
    private static final Mode AES_CBC =
            new Mode(0, 16, 16, 0, (key, salt) -> JcaPacketCipher.cbc(key, Nonce.saltAndIv(salt, 16)));
    private static final Mode CAMELLIA_CBC =
            new Mode(0, 16, 16, 0, (key, salt) -> BcCbcPacketCipher.camellia(key, Nonce.saltAndIv(salt, 16)));
    private static final Mode DES_CBC =
            new Mode(0, 8, 8, 0, (key, salt) -> JcaPacketCipher.tripleDes(key, Nonce.saltAndIv(salt, 8)));
    /** RFC 3686 4, 5.1. */
    private static final Mode AES_CTR =
            new Mode(4, 8, 1, 0, (key, salt) -> JcaPacketCipher.ctr(key, Nonce.counterBlock(salt, 8)));
    /** RFC 4106 3.1, 8.1; the platform's GCM takes check values of 12 to 16 octets only. */
    private static final Mode GCM_8 =
            new Mode(4, 8, 1, 8, (key, salt) -> BcAeadPacketCipher.gcm(key, Nonce.saltAndIv(salt, 8), 8));

    private static final Mode GCM_12 =
            new Mode(4, 8, 1, 12, (key, salt) -> JcaPacketCipher.gcm(key, Nonce.saltAndIv(salt, 8), 12));
    private static final Mode GCM_16 =
            new Mode(4, 8, 1, 16, (key, salt) -> JcaPacketCipher.gcm(key, Nonce.saltAndIv(salt, 8), 16));
    /** RFC 4309 3.1, 7.1. */
    private static final Mode CCM_8 = ccm(8);

    private static final Mode CCM_12 = ccm(12);
    private static final Mode CCM_16 = ccm(16);
    /** RFC 7634 2. */
    private static final Mode CHACHA20 =
            new Mode(4, 8, 1, 16, (key, salt) -> JcaPacketCipher.chaCha20Poly1305(key, Nonce.saltAndIv(salt, 8), 16));

    private StandardCiphers() {}

    /** @param keyBits the transform's Key Length attribute, 0 where it has none */
    record Key(int id, int keyBits) {
        // Written out, as what the compiler has made at run time instead takes a twentieth of the daemon's start.
        @Override
        public boolean equals(Object other) {
            return other instanceof Key key && key.id == id && key.keyBits == keyBits;
        }

        @Override
        public int hashCode() {
            return id << Short.SIZE ^ keyBits;
        }
    }

    static Map<Key, Tested<Encryption>> encryptions() {
        return Map.ofEntries(
                variable(EncrId.AES_CBC, 128, "aes128", AES_CBC, "87ee42466742b04d831cd060ad785c6c"),
                variable(EncrId.AES_CBC, 192, "aes192", AES_CBC, "790d27811e912fa44ce1f00a53a053f7"),
                variable(EncrId.AES_CBC, 256, "aes256", AES_CBC, "4ade91d6a3e20ff3022f9611b2bb9574"),
                variable(EncrId.AES_CTR, 128, "aes128ctr", AES_CTR, "8c5430a38ac29dc11875faabc8461a65"),
                variable(EncrId.AES_CTR, 192, "aes192ctr", AES_CTR, "16ae2e14bd8e7863ced41792a9c291c9"),
                variable(EncrId.AES_CTR, 256, "aes256ctr", AES_CTR, "745e0c44c7bf9791eec70e0971d9d696"),
                variable(EncrId.AES_GCM_8, 128, "aes128gcm8", GCM_8, "f28849e6dda16f83059ab7ea5402e3e7"),
                variable(EncrId.AES_GCM_8, 192, "aes192gcm8", GCM_8, "2986fce383e62b7ab3036ebd4e5a0829"),
                variable(EncrId.AES_GCM_8, 256, "aes256gcm8", GCM_8, "68be8e51ef52484d4f582ad92922d755"),
                variable(EncrId.AES_GCM_12, 128, "aes128gcm12", GCM_12, "e0c7d59b0b5a5ac6528fd0bb1e936a85"),
                variable(EncrId.AES_GCM_12, 192, "aes192gcm12", GCM_12, "aa9290f9d852b8e59906aae37fd6ebf7"),
                variable(EncrId.AES_GCM_12, 256, "aes256gcm12", GCM_12, "bf7a5601403bc3d1856d9e310f2c1346"),
                variable(EncrId.AES_GCM_16, 128, "aes128gcm16", GCM_16, "ad4241d9822d68d4536656d955fec2a8"),
                variable(EncrId.AES_GCM_16, 192, "aes192gcm16", GCM_16, "79dac060253d6f64df779e25c5a9467a"),
                variable(EncrId.AES_GCM_16, 256, "aes256gcm16", GCM_16, "2c3f865109c28809f31adbc3abf0d4a5"),
                variable(EncrId.AES_CCM_8, 128, "aes128ccm8", CCM_8, "c8f4d1a25322ab531d4690603e6963c9"),
                variable(EncrId.AES_CCM_8, 192, "aes192ccm8", CCM_8, "387b3e3936770821c320991fbd3398e1"),
                variable(EncrId.AES_CCM_8, 256, "aes256ccm8", CCM_8, "8732f3815259101441a322f660c1a0e7"),
                variable(EncrId.AES_CCM_12, 128, "aes128ccm12", CCM_12, "c47dacf823fd9fed86e64ce39ca5e6e5"),
                variable(EncrId.AES_CCM_12, 192, "aes192ccm12", CCM_12, "48823bbff750643414cada17af429144"),
                variable(EncrId.AES_CCM_12, 256, "aes256ccm12", CCM_12, "6a05759b2bb9d30e53e19538ae18bc9b"),
                variable(EncrId.AES_CCM_16, 128, "aes128ccm16", CCM_16, "e3eedfa5c83c99710fc3b569c200c6b3"),
                variable(EncrId.AES_CCM_16, 192, "aes192ccm16", CCM_16, "52c594d02c681a6a9c873c7671f0686e"),
                variable(EncrId.AES_CCM_16, 256, "aes256ccm16", CCM_16, "0a48fef11146d637d7372f80aa7d094a"),
                variable(EncrId.CAMELLIA_CBC, 128, "camellia128", CAMELLIA_CBC, "6772b2940d4982277d06f63bda428fd2"),
                variable(EncrId.CAMELLIA_CBC, 192, "camellia192", CAMELLIA_CBC, "69dfcf4f33bc4196bc399b5a4bbfa1e7"),
                variable(EncrId.CAMELLIA_CBC, 256, "camellia256", CAMELLIA_CBC, "0a38290532149795038f061d26aa6a87"),
                fixed(EncrId.CHACHA20_POLY1305, 32, "chacha20poly1305", CHACHA20, "45a16d1e837d9ca6c9ebb631ed13997d"),
                fixed(EncrId.DES_EDE3_CBC, 24, "3des", DES_CBC, "21f9cbdd8dde406e0f4afffceff0eb51"),
                espOnly(0, new EspOnlyEncryption(EncrId.NULL, "null", 0, 0, 0, 1, 0)),
                espOnly(128, new EspOnlyEncryption(EncrId.NULL_AUTH_AES_GMAC, "aes128gmac", 16, 4, 8, 1, 16)),
                espOnly(192, new EspOnlyEncryption(EncrId.NULL_AUTH_AES_GMAC, "aes192gmac", 24, 4, 8, 1, 16)),
                espOnly(256, new EspOnlyEncryption(EncrId.NULL_AUTH_AES_GMAC, "aes256gmac", 32, 4, 8, 1, 16)));
    }

    /** What all key lengths of a transform have in common; lengths in octets as in {@link Encryption}. */
    private record Mode(int saltLength, int ivLength, int blockLength, int icvLength, IkeEncryption.Engine engine) {
        IkeEncryption encryption(int id, String name, int keyLength) {
            return new IkeEncryption(id, name, keyLength, saltLength, ivLength, blockLength, icvLength, engine);
        }
    }

    private static Mode ccm(int icvLength) {
        return new Mode(
                3, 8, 1, icvLength, (key, salt) -> BcAeadPacketCipher.ccm(key, Nonce.saltAndIv(salt, 8), icvLength));
    }

    /** A transform with a Key Length attribute. */
    private static Map.Entry<Key, Tested<Encryption>> variable(
            int id, int keyBits, String name, Mode mode, String answer) {
        return tested(keyBits, mode.encryption(id, name, keyBits / Byte.SIZE), answer);
    }

    /** A transform without. */
    private static Map.Entry<Key, Tested<Encryption>> fixed(
            int id, int keyLength, String name, Mode mode, String answer) {
        return tested(0, mode.encryption(id, name, keyLength), answer);
    }

    private static Map.Entry<Key, Tested<Encryption>> tested(int keyBits, IkeEncryption encryption, String answer) {
        return entry(
                new Key(encryption.id(), keyBits),
                new Tested<>(
                        encryption.name(), () -> encryption, candidate -> KnownAnswer.isGivenBy(candidate, answer)));
    }

    /** With nothing to test. */
    private static Map.Entry<Key, Tested<Encryption>> espOnly(int keyBits, EspOnlyEncryption encryption) {
        return entry(
                new Key(encryption.id(), keyBits),
                new Tested<>(encryption.name(), () -> encryption, candidate -> true));
    }
}
