package org.ikebana.bench.crypto;

import java.math.BigInteger;
import java.security.SecureRandom;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.BlockCipher;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.Mac;
import org.bouncycastle.crypto.agreement.DHBasicAgreement;
import org.bouncycastle.crypto.agreement.DHStandardGroups;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.generators.DHBasicKeyPairGenerator;
import org.bouncycastle.crypto.macs.HMac;
import org.bouncycastle.crypto.modes.AEADCipher;
import org.bouncycastle.crypto.modes.CBCBlockCipher;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.DHKeyGenerationParameters;
import org.bouncycastle.crypto.params.DHParameters;
import org.bouncycastle.crypto.params.DHPublicKeyParameters;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithIV;
import org.bouncycastle.util.BigIntegers;

/** What the registry takes from the platform, by Bouncy Castle's lightweight classes. */
final class BouncyCastle {
    private BouncyCastle() {}

    static Responder modp2048(SecureRandom random) {
        DHParameters standard = DHStandardGroups.rfc3526_2048;
        DHParameters group = new DHParameters(standard.getP(), standard.getG(), standard.getQ(), 256);
        DHBasicKeyPairGenerator generator = new DHBasicKeyPairGenerator();
        generator.init(new DHKeyGenerationParameters(random, group));
        return peer -> {
            AsymmetricCipherKeyPair own = generator.generateKeyPair();
            DHBasicAgreement agreement = new DHBasicAgreement();
            agreement.init(own.getPrivate());
            BigInteger shared = agreement.calculateAgreement(new DHPublicKeyParameters(new BigInteger(1, peer), group));
            return BigIntegers.asUnsignedByteArray(256, shared);
        };
    }

    /** An AEAD with nonces of 12 octets and a check value of 16, the 4 octets of salt being zero. */
    static PacketProtection aead(AEADCipher cipher, byte[] key) {
        KeyParameter parameter = new KeyParameter(key);
        return new PacketProtection() {
            @Override
            public void seal(byte[] packet, int ivOffset, int from, int to) {
                run(true, packet, ivOffset, from, to - from, packet, from);
            }

            @Override
            public void open(byte[] packet, int ivOffset, int from, int to, byte[] plain) {
                run(false, packet, ivOffset, from, to - from + 16, plain, 0);
            }

            private void run(
                    boolean encrypt, byte[] packet, int ivOffset, int from, int length, byte[] target, int offset) {
                byte[] nonce = new byte[12];
                System.arraycopy(packet, ivOffset, nonce, 4, 8);
                cipher.init(encrypt, new AEADParameters(parameter, 128, nonce));
                cipher.processAADBytes(packet, 0, ivOffset);
                try {
                    int written = cipher.processBytes(packet, from, length, target, offset);
                    cipher.doFinal(target, offset + written);
                } catch (InvalidCipherTextException e) {
                    throw new IllegalStateException(e);
                }
            }
        };
    }

    /** AES-CBC with HMAC-SHA-256-128. */
    static PacketProtection cbcWithHmac(byte[] encryptionKey, byte[] integrityKey) {
        BlockCipher cbc = CBCBlockCipher.newInstance(AESEngine.newInstance());
        KeyParameter key = new KeyParameter(encryptionKey);
        Mac mac = new HMac(new SHA256Digest());
        mac.init(new KeyParameter(integrityKey));
        byte[] code = new byte[mac.getMacSize()];
        return new PacketProtection() {
            @Override
            public void seal(byte[] packet, int ivOffset, int from, int to) {
                crypt(true, packet, ivOffset, from, to, packet, from);
                computeCode(packet, to);
                System.arraycopy(code, 0, packet, to, 16);
            }

            @Override
            public void open(byte[] packet, int ivOffset, int from, int to, byte[] plain) {
                computeCode(packet, to);
                for (int i = 0; i < 16; i++) {
                    if (code[i] != packet[to + i]) {
                        throw new IllegalStateException("wrong check value");
                    }
                }
                crypt(false, packet, ivOffset, from, to, plain, 0);
            }

            private void computeCode(byte[] packet, int to) {
                mac.update(packet, 0, to);
                mac.doFinal(code, 0);
            }

            private void crypt(
                    boolean encrypt, byte[] packet, int ivOffset, int from, int to, byte[] target, int offset) {
                cbc.init(encrypt, new ParametersWithIV(key, packet, ivOffset, 16));
                for (int i = from; i < to; i += 16) {
                    cbc.processBlock(packet, i, target, offset + i - from);
                }
            }
        };
    }

    static byte[] hmacSha256(byte[] key, byte[]... data) {
        Mac mac = new HMac(new SHA256Digest());
        mac.init(new KeyParameter(key));
        for (byte[] part : data) {
            mac.update(part, 0, part.length);
        }
        byte[] code = new byte[mac.getMacSize()];
        mac.doFinal(code, 0);
        return code;
    }

    /** prf+ (RFC 7296 2.13) with HMAC-SHA-256. */
    static byte[] hmacSha256Plus(byte[] key, int length, byte[] seed) {
        Mac mac = new HMac(new SHA256Digest());
        mac.init(new KeyParameter(key));
        byte[] output = new byte[length];
        byte[] block = new byte[32];
        for (int i = 0; i * 32 < length; i++) {
            if (i > 0) {
                mac.update(block, 0, 32);
            }
            mac.update(seed, 0, seed.length);
            mac.update((byte) (i + 1));
            mac.doFinal(block, 0);
            System.arraycopy(block, 0, output, i * 32, Math.min(32, length - i * 32));
        }
        return output;
    }
}
