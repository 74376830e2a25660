package org.ikebana.kernel.tun.esp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.ikebana.ike.crypto.Secret;
import org.ikebana.ike.kernel.KernelException;
import org.ikebana.ike.kernel.SaAlgorithms;
import org.ikebana.ike.proposal.Transform;
import org.ikebana.ike.wire.EncrId;
import org.ikebana.ike.wire.IntegId;
import org.ikebana.ike.wire.TransformType;
import org.junit.jupiter.api.Test;

class EspCiphersTest {
    private static final int EINVAL = 22;
    private static final int ENOSYS = 38;

    private final EspCiphers ciphers = EspCiphers.portable();

    @Test
    void knowsOnlyAlgorithms() {
        refuses(() -> cipher(99, 128, 16, Optional.empty()), ENOSYS, "no such encryption algorithm");
        refuses(() -> cipher(EncrId.AES_CBC, 128, 16, integrity(99, 16)), ENOSYS, "no such integrity algorithm");
        refuses(() -> cipher(EncrId.AES_GCM_16, 512, 68, Optional.empty()), ENOSYS, "no such encryption algorithm");
    }

    @Test
    void keysHaveTheirLengths() {
        refuses(() -> cipher(EncrId.AES_GCM_16, 256, 32, Optional.empty()), EINVAL, "32 octets where 36 are needed");
        refuses(
                () -> cipher(EncrId.AES_CBC, 128, 16, integrity(IntegId.HMAC_SHA2_256_128, 16)),
                EINVAL,
                "16 octets where 32 are needed");
    }

    @Test
    void integrityIsProtectedOnce() {
        refuses(() -> cipher(EncrId.AES_CBC, 128, 16, Optional.empty()), EINVAL, "nothing protects integrity");
        refuses(
                () -> cipher(EncrId.AES_GCM_16, 128, 20, integrity(IntegId.HMAC_SHA1_96, 20)),
                EINVAL,
                "goes without another");
    }

    @Test
    void saysWhereItsCiphersComeFrom() {
        assertThat(ciphers.description()).isEqualTo("Java's own ciphers");
        assertThat(LibCryptoPresent.ciphers().description()).matches("OpenSSL [0-9.]+[a-z]* libcrypto");
    }

    @Test
    void aClosedCipherIsOfNoUse() {
        for (EspCiphers source : LibCryptoPresent.andPortable()) {
            for (Suite suite : List.of(
                    Suite.of(EncrId.AES_GCM_16, 128), Suite.of(EncrId.AES_CBC, 128, IntegId.HMAC_SHA2_256_128))) {
                EspCipher cipher = suite.cipher(source);
                ByteBuffer memory = ByteBuffer.allocateDirect(200);
                int length = cipher.seal(memory, 0, 1, 1, 50, 4);
                cipher.close();
                cipher.close();
                assertThatIllegalStateException().isThrownBy(() -> cipher.seal(memory, 0, 1, 2, 50, 4));
                assertThatIllegalStateException().isThrownBy(() -> cipher.open(memory, 0, length, 1));
                assertThatIllegalStateException().isThrownBy(() -> cipher.open(memory, 0, 3, 1));
            }
        }
    }

    @Test
    void nothingOutsideTheMemoryIsTouched() {
        for (EspCiphers source : LibCryptoPresent.andPortable()) {
            try (EspCipher cipher = Suite.of(EncrId.AES_GCM_16, 128).cipher(source)) {
                ByteBuffer memory = ByteBuffer.allocateDirect(200).limit(100);
                assertThatExceptionOfType(IndexOutOfBoundsException.class)
                        .isThrownBy(() -> cipher.seal(memory, 60, 1, 1, 20, 4));
                assertThatExceptionOfType(IndexOutOfBoundsException.class)
                        .isThrownBy(() -> cipher.open(memory, 60, 41, 0));
                assertThatExceptionOfType(IndexOutOfBoundsException.class)
                        .isThrownBy(() -> cipher.open(memory, -1, 60, 0));
                refusesMemory(cipher, ByteBuffer.allocate(200));
                refusesMemory(cipher, ByteBuffer.allocateDirect(200).order(ByteOrder.LITTLE_ENDIAN));
                refusesMemory(cipher, ByteBuffer.allocateDirect(200).asReadOnlyBuffer());
            }
        }
    }

    private static void refusesMemory(EspCipher cipher, ByteBuffer memory) {
        assertThatIllegalArgumentException().isThrownBy(() -> cipher.seal(memory, 0, 1, 1, 20, 4));
        assertThatIllegalArgumentException().isThrownBy(() -> cipher.open(memory, 0, 100, 0));
    }

    /** Slices, and more buffers than are remembered. */
    @Test
    void buffersMayLieAnywhere() {
        ByteBuffer whole = ByteBuffer.allocateDirect(2000);
        for (EspCiphers source : LibCryptoPresent.andPortable()) {
            try (EspCipher cipher = Suite.of(EncrId.AES_GCM_16, 128).cipher(source)) {
                for (int i = 1; i < 40; i++) {
                    ByteBuffer slice = whole.slice(i * 40 % 7 * 200, 400).position(i);
                    int length = cipher.seal(slice, i, 7, i, 100, 41);
                    ByteBuffer copy = ByteBuffer.allocateDirect(300).put(0, slice, i, length);
                    assertThat(cipher.open(copy.position(i), 0, length, i)).isEqualTo(41 << 16 | 100);
                }
            }
        }
    }

    @Test
    void ivsOfCbcCannotBeForeseen() {
        for (EspCiphers source : LibCryptoPresent.andPortable()) {
            for (Suite suite : List.of(
                    Suite.of(EncrId.AES_CBC, 128, IntegId.HMAC_SHA1_96),
                    Suite.of(EncrId.DES_EDE3_CBC, 0, IntegId.HMAC_SHA1_96))) {
                Set<Long> ivs = new HashSet<>();
                try (EspCipher first = suite.cipher(source);
                        EspCipher second = suite.cipher(source)) {
                    ByteBuffer memory = ByteBuffer.allocateDirect(200);
                    for (int sequence = 1; sequence <= 1000; sequence++) {
                        first.seal(memory, 0, 1, sequence, 20, 4);
                        ivs.add(memory.getLong(8));
                        second.seal(memory, 0, 1, sequence, 20, 4);
                        ivs.add(memory.getLong(8));
                    }
                }
                assertThat(ivs).hasSize(2000);
                assertThat(ivs.stream().mapToInt(Long::bitCount).average().orElseThrow())
                        .isBetween(31.0, 33.0);
            }
        }
    }

    private EspCipher cipher(int id, int keyBits, int keyLength, Optional<SaAlgorithms.Keyed> integrity)
            throws KernelException {
        Transform encryption = new Transform(TransformType.ENCR, id, keyBits);
        return ciphers.cipher(new SaAlgorithms(encryption, Secret.wrap(new byte[keyLength]), integrity), false);
    }

    private static Optional<SaAlgorithms.Keyed> integrity(int id, int keyLength) {
        Transform transform = Transform.of(TransformType.INTEG, id);
        return Optional.of(new SaAlgorithms.Keyed(transform, Secret.wrap(new byte[keyLength])));
    }

    private static void refuses(ThrowingCallable call, int errno, String words) {
        assertThatExceptionOfType(KernelException.class)
                .isThrownBy(call)
                .withMessageContaining(words)
                .satisfies(e -> assertThat(e.errno()).isEqualTo(errno));
    }
}
