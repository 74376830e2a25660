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
    private final Cipher cipher;
    private final RawKey key;
    private final Nonce nonce;
    private final Function<byte[], AlgorithmParameterSpec> parameters;
    /** Octets of the AEAD's check value, 0 for another mode. */
    private final int icvLength;

    private JcaPacketCipher(
            Cipher cipher,
            RawKey key,
            Nonce nonce,
            Function<byte[], AlgorithmParameterSpec> parameters,
            int icvLength) {
        this.cipher = cipher;
        this.key = key;
        this.nonce = nonce;
        this.parameters = parameters;
        this.icvLength = icvLength;
    }

    /** CBC of {@code AES} or {@code DESede}; takes the key over. */
    static PacketCipher cbc(String jcaName, Secret key, Nonce iv) {
        return new JcaPacketCipher(
                cipher(jcaName + "/CBC/NoPadding"), new RawKey(jcaName, key), iv, IvParameterSpec::new, 0);
    }

    /** AES-CTR (RFC 3686); takes the key over. */
    static PacketCipher ctr(Secret key, Nonce counterBlock) {
        return new JcaPacketCipher(
                cipher("AES/CTR/NoPadding"), new RawKey("AES", key), counterBlock, IvParameterSpec::new, 0);
    }

    /** AES-GCM (RFC 4106) with a check value of 12 or 16 octets; takes the key over. */
    static PacketCipher gcm(Secret key, Nonce nonce, int icvLength) {
        return new JcaPacketCipher(
                cipher("AES/GCM/NoPadding"),
                new RawKey("AES", key),
                nonce,
                iv -> new GCMParameterSpec(icvLength * Byte.SIZE, iv),
                icvLength);
    }

    /** ChaCha20-Poly1305 (RFC 7634); takes the key over. */
    static PacketCipher chaCha20Poly1305(Secret key, Nonce nonce, int icvLength) {
        return new JcaPacketCipher(
                cipher("ChaCha20-Poly1305"), new RawKey("ChaCha20", key), nonce, IvParameterSpec::new, icvLength);
    }

    @Override
    public void encrypt(byte[] packet, int associated, int from, int to) {
        try {
            prepare(Cipher.ENCRYPT_MODE, packet, associated, from);
            cipher.doFinal(packet, from, to - from, packet, from);
        } catch (GeneralSecurityException e) {
            throw failed(e);
        }
    }

    @Override
    public byte @Nullable [] decrypt(byte[] packet, int associated, int from, int to) {
        try {
            prepare(Cipher.DECRYPT_MODE, packet, associated, from);
            return cipher.doFinal(packet, from, to - from + icvLength);
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

    private void prepare(int mode, byte[] packet, int associated, int from) throws GeneralSecurityException {
        cipher.init(mode, key, parameters.apply(nonce.of(packet, from)));
        if (icvLength > 0) {
            cipher.updateAAD(packet, 0, associated);
        }
    }

    private static Cipher cipher(String transformation) {
        try {
            return Cipher.getInstance(transformation);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The Java platform offers no " + transformation, e);
        }
    }

    private IllegalStateException failed(GeneralSecurityException cause) {
        return new IllegalStateException(cipher.getAlgorithm() + " fails on a well-formed packet", cause);
    }
}
