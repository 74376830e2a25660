package org.ikebana.kernel.tun.esp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.Optional;
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
        assertThat(EspCiphers.best().description()).isNotBlank();
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
