package org.ikebana.bench.crypto;

import java.security.SecureRandom;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.modes.ChaCha20Poly1305;
import org.bouncycastle.crypto.modes.GCMBlockCipher;
import org.ikebana.ike.crypto.CryptoRegistry;
import org.ikebana.ike.crypto.Encryption;
import org.ikebana.ike.crypto.Integrity;
import org.ikebana.ike.crypto.Secret;
import org.ikebana.ike.crypto.SkCipher;
import org.ikebana.ike.wire.EncrId;
import org.ikebana.ike.wire.IntegId;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** An IKE message of 300 octets of payloads, sealed and opened; the first two methods are the registry's. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class SkCipherBenchmark {
    private static final int BODY_OFFSET = 32;

    /** A suite, its key lengths in octets (salt included) and the IV's. */
    public enum Suite {
        AES256GCM16(EncrId.AES_GCM_16, 256, 36, IntegId.NONE, 0, 8),
        CHACHA20POLY1305(EncrId.CHACHA20_POLY1305, 0, 36, IntegId.NONE, 0, 8),
        AES256_SHA256(EncrId.AES_CBC, 256, 32, IntegId.HMAC_SHA2_256_128, 32, 16);

        private final int encryption;
        private final int keyBits;
        private final int encryptionKeyLength;
        private final int integrity;
        private final int integrityKeyLength;
        private final int ivLength;

        Suite(int encryption, int keyBits, int encryptionKeyLength, int integrity, int integrityKeyLength, int iv) {
            this.encryption = encryption;
            this.keyBits = keyBits;
            this.encryptionKeyLength = encryptionKeyLength;
            this.integrity = integrity;
            this.integrityKeyLength = integrityKeyLength;
            this.ivLength = iv;
        }

        private SkCipher ofRegistry() {
            CryptoRegistry registry = CryptoRegistry.standard();
            Encryption algorithm = registry.encryption(encryption, keyBits).orElseThrow();
            @Nullable Integrity mac = registry.integrity(integrity).orElse(null);
            return registry.skCipher(
                    algorithm,
                    mac,
                    Secret.wrap(new byte[encryptionKeyLength]),
                    Secret.wrap(new byte[integrityKeyLength]));
        }

        private PacketProtection ofBouncyCastle() {
            byte[] key = new byte[32];
            return switch (this) {
                case AES256GCM16 -> BouncyCastle.aead(GCMBlockCipher.newInstance(AESEngine.newInstance()), key);
                case CHACHA20POLY1305 -> BouncyCastle.aead(new ChaCha20Poly1305(), key);
                case AES256_SHA256 -> BouncyCastle.cbcWithHmac(key, key);
            };
        }
    }

    @Param
    private Suite suite = Suite.AES256GCM16;

    private final SecureRandom random = new SecureRandom();
    private final byte[] plain = new byte[300];
    private SkCipher sender = suite.ofRegistry();
    private SkCipher receiver = sender;
    private PacketProtection otherSender = suite.ofBouncyCastle();
    private PacketProtection otherReceiver = otherSender;
    private byte[] message = {};
    private byte[] sealed = {};
    private byte[] opened = {};
    private long counter;

    @Setup
    public void prepare() {
        sender = suite.ofRegistry();
        receiver = suite.ofRegistry();
        otherSender = suite.ofBouncyCastle();
        otherReceiver = suite.ofBouncyCastle();
        message = new byte[BODY_OFFSET + sender.bodyLength(plain.length)];
        sender.seal(message, BODY_OFFSET, plain, random);
        sealed = message.clone();
        opened = new byte[to() - from()];
    }

    @Benchmark
    public byte[] seal() {
        sender.seal(message, BODY_OFFSET, plain, random);
        return message;
    }

    @Benchmark
    public byte @Nullable [] open() {
        return receiver.open(sealed, BODY_OFFSET);
    }

    @Benchmark
    public byte[] sealByBouncyCastle() {
        counter++;
        for (int i = 0; i < Long.BYTES; i++) {
            message[BODY_OFFSET + i] = (byte) (counter >>> 8 * i);
        }
        System.arraycopy(plain, 0, message, from(), plain.length);
        otherSender.seal(message, BODY_OFFSET, from(), to());
        return message;
    }

    @Benchmark
    public byte[] openByBouncyCastle() {
        otherReceiver.open(sealed, BODY_OFFSET, from(), to(), opened);
        return opened;
    }

    private int from() {
        return BODY_OFFSET + suite.ivLength;
    }

    private int to() {
        return message.length - 16;
    }
}
