package org.ikebana.ike.crypto;

import java.security.GeneralSecurityException;
import java.security.spec.AlgorithmParameterSpec;
import java.util.function.Function;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import org.jspecify.annotations.Nullable;

/** A cipher of the Java platform, which uses the machine's AES and carry-less multiplication. */
final class JcaPacketCipher implements PacketCipher {
    private final PlatformCipher platform;
    private final RawKey key;
    private final Nonce nonce;
    private final Function<byte[], AlgorithmParameterSpec> parameters;
    /** Octets of the AEAD's check value, 0 for another mode. */
    private final int icvLength;

    private JcaPacketCipher(
            PlatformCipher platform,
            Secret key,
            Nonce nonce,
            Function<byte[], AlgorithmParameterSpec> parameters,
            int icvLength) {
        this.platform = platform;
        this.key = new RawKey(platform.keyAlgorithm(), key);
        this.nonce = nonce;
        this.parameters = parameters;
        this.icvLength = icvLength;
    }

    /** AES-CBC (RFC 3602); takes the key over. */
    static PacketCipher cbc(Secret key, Nonce iv) {
        return new JcaPacketCipher(PlatformCipher.AES_CBC, key, iv, IvParameterSpec::new, 0);
    }

    /** 3DES in CBC (RFC 2451); takes the key over. */
    static PacketCipher tripleDes(Secret key, Nonce iv) {
        return new JcaPacketCipher(PlatformCipher.TRIPLE_DES_CBC, key, iv, IvParameterSpec::new, 0);
    }

    /** AES-CTR (RFC 3686); takes the key over. */
    static PacketCipher ctr(Secret key, Nonce counterBlock) {
        return new JcaPacketCipher(PlatformCipher.AES_CTR, key, counterBlock, IvParameterSpec::new, 0);
    }

    /** AES-GCM (RFC 4106) with a check value of 12 or 16 octets; takes the key over. */
    static PacketCipher gcm(Secret key, Nonce nonce, int icvLength) {
        return new JcaPacketCipher(
                PlatformCipher.AES_GCM, key, nonce, iv -> new GCMParameterSpec(icvLength * Byte.SIZE, iv), icvLength);
    }

    /** ChaCha20-Poly1305 (RFC 7634); takes the key over. */
    static PacketCipher chaCha20Poly1305(Secret key, Nonce nonce, int icvLength) {
        return new JcaPacketCipher(PlatformCipher.CHACHA20_POLY1305, key, nonce, IvParameterSpec::new, icvLength);
    }

    @Override
    public void encrypt(byte[] packet, int associated, int from, int to) {
        try {
            prepare(Cipher.ENCRYPT_MODE, packet, associated, from).doFinal(packet, from, to - from, packet, from);
        } catch (GeneralSecurityException e) {
            throw failed(e);
        }
    }

    @Override
    public byte @Nullable [] decrypt(byte[] packet, int associated, int from, int to) {
        try {
            return prepare(Cipher.DECRYPT_MODE, packet, associated, from).doFinal(packet, from, to - from + icvLength);
        } catch (AEADBadTagException e) {
            return null;
        } catch (GeneralSecurityException e) {
            throw failed(e);
        }
    }

    @Override
    public void close() {
        key.secret().close();
        nonce.wipe();
    }

    private Cipher prepare(int mode, byte[] packet, int associated, int from) throws GeneralSecurityException {
        Cipher cipher = platform.initialized(mode, key, parameters.apply(nonce.of(packet, from)));
        if (icvLength > 0) {
            cipher.updateAAD(packet, 0, associated);
        }
        return cipher;
    }

    private IllegalStateException failed(GeneralSecurityException cause) {
        return new IllegalStateException(platform + " fails on a well-formed packet", cause);
    }
}
