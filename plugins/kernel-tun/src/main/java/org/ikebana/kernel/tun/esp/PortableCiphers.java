package org.ikebana.kernel.tun.esp;

import java.util.Optional;
import org.ikebana.ike.crypto.Encryption;
import org.ikebana.ike.crypto.Integrity;
import org.ikebana.ike.crypto.Secret;
import org.ikebana.ike.wire.EncrId;
import org.ikebana.ike.wire.IntegId;

/**
 * The Java platform's algorithms, and Bouncy Castle's where it has none. They allocate for each packet, about a kilobyte:
 * the platform makes a new state and a copy of the key whenever a cipher gets its IV.
 */
final class PortableCiphers implements CipherSource {
    @Override
    public String description() {
        return "Java's own ciphers";
    }

    @Override
    public Optional<Protection> aead(Encryption algorithm, Secret key, boolean extendedSequenceNumbers) {
        return engine(algorithm, key)
                .map(engine -> new PortableAead(
                        engine,
                        salt(algorithm, key),
                        algorithm.icvLength(),
                        algorithm.id() == EncrId.NULL_AUTH_AES_GMAC,
                        extendedSequenceNumbers));
    }

    @Override
    public Optional<TextCipher> textCipher(Encryption algorithm, Secret key) {
        return switch (algorithm.id()) {
            case EncrId.AES_CBC -> Optional.of(PlatformTextCipher.cbc("AES", 16, key));
            case EncrId.DES_EDE3_CBC -> Optional.of(PlatformTextCipher.cbc("DESede", 8, key));
            case EncrId.AES_CTR -> Optional.of(PlatformTextCipher.ctr(cipherKey(algorithm, key), salt(algorithm, key)));
            case EncrId.CAMELLIA_CBC -> Optional.of(new CamelliaTextCipher(key));
            default -> Optional.empty();
        };
    }

    @Override
    public Optional<PacketMac> mac(Integrity algorithm, Secret key) {
        return switch (algorithm.id()) {
            case IntegId.HMAC_MD5_96, IntegId.HMAC_MD5_128 -> Optional.of(new PlatformHmac("HmacMD5", key));
            case IntegId.HMAC_SHA1_96, IntegId.HMAC_SHA1_160 -> Optional.of(new PlatformHmac("HmacSHA1", key));
            case IntegId.HMAC_SHA2_256_128, IntegId.HMAC_SHA2_256_96 ->
                Optional.of(new PlatformHmac("HmacSHA256", key));
            case IntegId.HMAC_SHA2_384_192 -> Optional.of(new PlatformHmac("HmacSHA384", key));
            case IntegId.HMAC_SHA2_512_256 -> Optional.of(new PlatformHmac("HmacSHA512", key));
            default -> Optional.of(new IntegrityMac(algorithm, key));
        };
    }

    private static Optional<HeapAead> engine(Encryption algorithm, Secret key) {
        Secret cipherKey = cipherKey(algorithm, key);
        int icvLength = algorithm.icvLength();
        return switch (algorithm.id()) {
            case EncrId.AES_GCM_12, EncrId.AES_GCM_16, EncrId.NULL_AUTH_AES_GMAC ->
                Optional.of(PlatformAead.gcm(cipherKey, icvLength));
            case EncrId.CHACHA20_POLY1305 -> Optional.of(PlatformAead.chaCha20Poly1305(cipherKey));
            case EncrId.AES_GCM_8 -> Optional.of(BouncyCastleAead.gcm(cipherKey, icvLength));
            case EncrId.AES_CCM_8, EncrId.AES_CCM_12, EncrId.AES_CCM_16 ->
                Optional.of(BouncyCastleAead.ccm(cipherKey, icvLength));
            default -> {
                cipherKey.close();
                yield Optional.empty();
            }
        };
    }

    private static Secret cipherKey(Encryption algorithm, Secret key) {
        return key.slice(0, algorithm.cipherKeyLength());
    }

    private static Secret salt(Encryption algorithm, Secret key) {
        return key.slice(algorithm.cipherKeyLength(), algorithm.keyLength());
    }
}
