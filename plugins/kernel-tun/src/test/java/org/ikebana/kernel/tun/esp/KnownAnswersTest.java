package org.ikebana.kernel.tun.esp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.stream.Stream;
import org.ikebana.ike.crypto.Encryption;
import org.ikebana.ike.crypto.Integrity;
import org.ikebana.ike.crypto.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class KnownAnswersTest {
    static Stream<CipherSource> sources() {
        return LibCryptoPresent.andPortableSources().stream();
    }

    @ParameterizedTest
    @MethodSource("sources")
    void everyAlgorithmPasses(CipherSource source) {
        assertThat(Suite.encryptions()).hasSizeGreaterThan(30).allMatch(a -> KnownAnswers.passes(source, a));
        assertThat(Suite.integrities()).hasSizeGreaterThan(8).allMatch(a -> KnownAnswers.passes(source, a));
    }

    @Test
    void wrongOnesDoNotAndAreNotHandedOut() {
        CipherSource wrong = new Wrong();
        CipherSource tested = new TestedCiphers(wrong);
        Encryption aead = Suite.encryptions().stream()
                .filter(Encryption::isAead)
                .findFirst()
                .orElseThrow();
        Encryption cbc = Suite.encryptions().getFirst();
        Integrity integrity = Suite.integrities().getFirst();
        assertThat(KnownAnswers.passes(wrong, aead)).isFalse();
        assertThat(KnownAnswers.passes(wrong, cbc)).isFalse();
        assertThat(KnownAnswers.passes(wrong, integrity)).isFalse();
        assertThat(tested.aead(aead, key(aead.keyLength()), true)).isEmpty();
        assertThat(tested.textCipher(cbc, key(cbc.keyLength()))).isEmpty();
        assertThat(tested.mac(integrity, key(integrity.keyLength()))).isEmpty();
    }

    private static Secret key(int length) {
        return Secret.wrap(new byte[length]);
    }

    /** Computes right, but with another key. */
    private static final class Wrong implements CipherSource {
        private final CipherSource right = new PortableCiphers();

        @Override
        public String description() {
            return "wrong";
        }

        @Override
        public Optional<Protection> aead(Encryption algorithm, Secret key, boolean extendedSequenceNumbers) {
            return right.aead(algorithm, key(key.length()), extendedSequenceNumbers);
        }

        @Override
        public Optional<TextCipher> textCipher(Encryption algorithm, Secret key) {
            return right.textCipher(algorithm, key(key.length()));
        }

        @Override
        public Optional<PacketMac> mac(Integrity algorithm, Secret key) {
            return right.mac(algorithm, key(key.length())).map(mac -> new PacketMac() {
                @Override
                public ByteBuffer compute(ByteBuffer memory, int at, int length) {
                    return mac.compute(memory, at, length);
                }

                @Override
                public void close() {
                    mac.close();
                }
            });
        }
    }
}
