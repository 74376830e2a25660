package org.ikebana.kernel.xfrm;

import java.util.HexFormat;
import java.util.Optional;
import java.util.stream.Stream;
import org.ikebana.ike.crypto.Secret;
import org.ikebana.ike.kernel.SaAlgorithms;
import org.ikebana.ike.kernel.SaProtocol;
import org.ikebana.ike.proposal.Transform;
import org.ikebana.ike.wire.EncrId;
import org.ikebana.ike.wire.IntegId;
import org.ikebana.ike.wire.TransformType;

/**
 * Algorithms that IKE negotiates, as it names them and as {@code ip xfrm} does: written by hand for both, so that one judges
 * the other.
 *
 * @param words for {@code ip xfrm state add}, with {@code ENC} and {@code AUTH} where the keys belong
 * @param encryptionKey octets, the salt included
 */
record KernelSuite(
        SaProtocol protocol, int encryption, int encryptionKey, int integrity, int integrityKey, String words) {
    static Stream<KernelSuite> esp() {
        String sha256 = " auth-trunc hmac(sha256) AUTH 128";
        Stream<KernelSuite> ciphers = Stream.of(
                aead(EncrId.AES_GCM_8, 20, "rfc4106(gcm(aes)) ENC 64"),
                aead(EncrId.AES_GCM_12, 28, "rfc4106(gcm(aes)) ENC 96"),
                aead(EncrId.AES_GCM_16, 36, "rfc4106(gcm(aes)) ENC 128"),
                aead(EncrId.AES_CCM_8, 19, "rfc4309(ccm(aes)) ENC 64"),
                aead(EncrId.AES_CCM_12, 27, "rfc4309(ccm(aes)) ENC 96"),
                aead(EncrId.AES_CCM_16, 35, "rfc4309(ccm(aes)) ENC 128"),
                aead(EncrId.NULL_AUTH_AES_GMAC, 36, "rfc4543(gcm(aes)) ENC 128"),
                aead(EncrId.CHACHA20_POLY1305, 36, "rfc7539esp(chacha20,poly1305) ENC 128"),
                both(EncrId.AES_CBC, 16, "cbc(aes) ENC" + sha256),
                both(EncrId.AES_CBC, 24, "cbc(aes) ENC" + sha256),
                both(EncrId.AES_CBC, 32, "cbc(aes) ENC" + sha256),
                both(EncrId.AES_CTR, 20, "rfc3686(ctr(aes)) ENC" + sha256),
                both(EncrId.AES_CTR, 36, "rfc3686(ctr(aes)) ENC" + sha256),
                both(EncrId.CAMELLIA_CBC, 16, "cbc(camellia) ENC" + sha256),
                both(EncrId.CAMELLIA_CBC, 32, "cbc(camellia) ENC" + sha256),
                both(EncrId.DES_EDE3_CBC, 24, "cbc(des3_ede) ENC" + sha256),
                both(EncrId.DES_CBC, 8, "cbc(des) ENC" + sha256),
                both(EncrId.CAST_CBC, 16, "cbc(cast5) ENC" + sha256),
                both(EncrId.BLOWFISH_CBC, 56, "cbc(blowfish) ENC" + sha256),
                both(EncrId.NULL, 0, "ecb(cipher_null) ENC" + sha256));
        Stream<KernelSuite> macs = macs().map(mac -> new KernelSuite(
                SaProtocol.ESP, EncrId.AES_CBC, 16, mac.integrity, mac.integrityKey, "enc cbc(aes) ENC " + mac.words));
        return Stream.concat(ciphers, macs);
    }

    static Stream<KernelSuite> ah() {
        return macs();
    }

    SaAlgorithms ours() {
        return new SaAlgorithms(
                new Transform(TransformType.ENCR, encryption, 0),
                key(encryptionKey),
                integrity == IntegId.NONE
                        ? Optional.empty()
                        : Optional.of(new SaAlgorithms.Keyed(
                                Transform.of(TransformType.INTEG, integrity), key(integrityKey))));
    }

    /** With the keys. */
    String peers() {
        return words.replace("ENC", hex(encryptionKey)).replace("AUTH", hex(integrityKey));
    }

    @Override
    public String toString() {
        return protocol + " "
                + words.replace("ENC", encryptionKey + " octets").replace("AUTH", integrityKey + " octets");
    }

    private static Stream<KernelSuite> macs() {
        return Stream.of(
                mac(IntegId.HMAC_MD5_96, 16, "hmac(md5) AUTH 96"),
                mac(IntegId.HMAC_MD5_128, 16, "hmac(md5) AUTH 128"),
                mac(IntegId.HMAC_SHA1_96, 20, "hmac(sha1) AUTH 96"),
                mac(IntegId.HMAC_SHA1_160, 20, "hmac(sha1) AUTH 160"),
                mac(IntegId.AES_XCBC_96, 16, "xcbc(aes) AUTH 96"),
                mac(IntegId.AES_CMAC_96, 16, "cmac(aes) AUTH 96"),
                mac(IntegId.HMAC_SHA2_256_128, 32, "hmac(sha256) AUTH 128"),
                mac(IntegId.HMAC_SHA2_384_192, 48, "hmac(sha384) AUTH 192"),
                mac(IntegId.HMAC_SHA2_512_256, 64, "hmac(sha512) AUTH 256"));
    }

    private static KernelSuite aead(int encryption, int key, String words) {
        return new KernelSuite(SaProtocol.ESP, encryption, key, IntegId.NONE, 0, "aead " + words);
    }

    private static KernelSuite both(int encryption, int key, String words) {
        return new KernelSuite(SaProtocol.ESP, encryption, key, IntegId.HMAC_SHA2_256_128, 32, "enc " + words);
    }

    private static KernelSuite mac(int integrity, int key, String words) {
        return new KernelSuite(SaProtocol.AH, EncrId.NULL, 0, integrity, key, "auth-trunc " + words);
    }

    /** The same for {@code ip -batch}, where an empty word has quotation marks. */
    static String hex(int length) {
        return length == 0
                ? "\"\""
                : "0x" + HexFormat.of().formatHex(key(length).bytes());
    }

    /** Octets that differ, as 3DES refuses a key whose three parts are equal. */
    static Secret key(int length) {
        byte[] octets = new byte[length];
        for (int i = 0; i < length; i++) {
            octets[i] = (byte) (0x17 * i + 5);
        }
        return Secret.wrap(octets);
    }
}
