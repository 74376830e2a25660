package org.ikebana.kernel.tun.esp;

import java.util.Optional;
import org.ikebana.ike.crypto.Encryption;
import org.ikebana.ike.crypto.Integrity;
import org.ikebana.ike.crypto.Secret;
import org.ikebana.ike.wire.EncrId;
import org.ikebana.ike.wire.IntegId;
import org.ikebana.kernel.linux.CloseOnFailure;

/** OpenSSL's algorithms, which work where the packets lie and allocate nothing for them. */
final class OpenSslCiphers implements CipherSource {
    @Override
    public String description() {
        return LibCrypto.version() + " libcrypto";
    }

    @Override
    public Optional<Protection> aead(Encryption algorithm, Secret key, boolean extendedSequenceNumbers) {
        int icvLength = algorithm.icvLength();
        int bits = algorithm.cipherKeyLength() * Byte.SIZE;
        boolean gmac = algorithm.id() == EncrId.NULL_AUTH_AES_GMAC;
        return switch (algorithm.id()) {
            case EncrId.AES_GCM_8, EncrId.AES_GCM_12, EncrId.AES_GCM_16, EncrId.NULL_AUTH_AES_GMAC ->
                pair("aes-" + bits + "-gcm", algorithm, key, 0)
                        .map(pair -> new EvpAead(
                                pair.forward,
                                pair.back,
                                salt(algorithm, key),
                                icvLength,
                                gmac,
                                extendedSequenceNumbers));
            case EncrId.CHACHA20_POLY1305 ->
                pair("ChaCha20-Poly1305", algorithm, key, 0)
                        .map(pair -> new EvpAead(
                                pair.forward,
                                pair.back,
                                salt(algorithm, key),
                                icvLength,
                                false,
                                extendedSequenceNumbers));
            case EncrId.AES_CCM_8, EncrId.AES_CCM_12, EncrId.AES_CCM_16 ->
                pair("aes-" + bits + "-ccm", algorithm, key, algorithm.saltLength() + algorithm.ivLength())
                        .map(pair -> new EvpCcm(
                                pair.forward, pair.back, salt(algorithm, key), icvLength, extendedSequenceNumbers));
            default -> Optional.empty();
        };
    }

    @Override
    public Optional<TextCipher> textCipher(Encryption algorithm, Secret key) {
        int bits = algorithm.cipherKeyLength() * Byte.SIZE;
        return switch (algorithm.id()) {
            case EncrId.AES_CBC -> cbc("aes-" + bits + "-cbc", algorithm, key);
            case EncrId.CAMELLIA_CBC -> cbc("camellia-" + bits + "-cbc", algorithm, key);
            case EncrId.DES_EDE3_CBC -> cbc("des-ede3-cbc", algorithm, key);
            case EncrId.AES_CTR -> ctr("aes-" + bits + "-ctr", algorithm, key);
            default -> Optional.empty();
        };
    }

    @Override
    public Optional<PacketMac> mac(Integrity algorithm, Secret key) {
        return switch (algorithm.id()) {
            case IntegId.HMAC_MD5_96, IntegId.HMAC_MD5_128 -> Optional.of(new DigestHmac(Digest.MD5, key));
            case IntegId.HMAC_SHA1_96, IntegId.HMAC_SHA1_160 -> Optional.of(new DigestHmac(Digest.SHA1, key));
            case IntegId.HMAC_SHA2_256_128, IntegId.HMAC_SHA2_256_96 -> Optional.of(new DigestHmac(Digest.SHA256, key));
            case IntegId.HMAC_SHA2_384_192 -> Optional.of(new DigestHmac(Digest.SHA384, key));
            case IntegId.HMAC_SHA2_512_256 -> Optional.of(new DigestHmac(Digest.SHA512, key));
            case IntegId.AES_XCBC_96 -> AesMacKeys.xcbc(key);
            case IntegId.AES_CMAC_96 -> AesMacKeys.cmac(key);
            default -> Optional.empty();
        };
    }

    private static Optional<TextCipher> cbc(String name, Encryption algorithm, Secret key) {
        int blockLength = algorithm.blockLength();
        try (Secret ivKey = UnpredictableIvs.randomKey();
                CloseOnFailure opening = new CloseOnFailure()) {
            Optional<EvpCipher> ivCipher = EvpCipher.of("aes-128-ecb", true, ivKey);
            ivCipher.ifPresent(cipher -> opening.add(cipher, EvpCipher::close));
            return ivCipher.flatMap(aes -> pair(name, algorithm, key, 0)
                    .map(pair -> opening.succeeded(
                            new EvpCbc(pair.forward, pair.back, new EvpIvs(aes, blockLength), blockLength))));
        }
    }

    private static Optional<TextCipher> ctr(String name, Encryption algorithm, Secret key) {
        try (Secret cipherKey = key.slice(0, algorithm.cipherKeyLength())) {
            return EvpCipher.of(name, true, cipherKey).map(cipher -> new EvpCtr(cipher, salt(algorithm, key)));
        }
    }

    /** One for each direction. */
    private record Pair(EvpCipher forward, EvpCipher back) {}

    /** @param nonceLength of CCM, else 0 */
    private static Optional<Pair> pair(String name, Encryption algorithm, Secret key, int nonceLength) {
        try (Secret cipherKey = key.slice(0, algorithm.cipherKeyLength());
                CloseOnFailure opening = new CloseOnFailure()) {
            Optional<EvpCipher> forward = EvpCipher.of(name, true, cipherKey, nonceLength, algorithm.icvLength());
            forward.ifPresent(cipher -> opening.add(cipher, EvpCipher::close));
            return forward.flatMap(
                    encrypting -> EvpCipher.of(name, false, cipherKey, nonceLength, algorithm.icvLength())
                            .map(decrypting -> opening.succeeded(new Pair(encrypting, decrypting))));
        }
    }

    private static Secret salt(Encryption algorithm, Secret key) {
        return key.slice(algorithm.cipherKeyLength(), algorithm.keyLength());
    }
}
