package org.ikebana.ike.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** ML-KEM of the platform and of Bouncy Castle (FIPS 203, draft-ietf-ipsecme-ikev2-mlkem). */
class MlKemTest {
    private static final CryptoRegistry REGISTRY = CryptoRegistry.standard();
    private static final int COEFFICIENT_OCTETS = 384;

    private final SecureRandom random = new SecureRandom();

    static Stream<KemExchange> all() {
        return Arrays.stream(MlKemSet.values())
                .flatMap(set -> Stream.of(
                        new KemExchange(1, "platform " + set, new PlatformMlKem(set)),
                        new KemExchange(2, "Bouncy Castle " + set, new BcMlKem(set))));
    }

    @ParameterizedTest
    @MethodSource("all")
    void bothSidesShareOneSecret(KemExchange method) throws Exception {
        try (KeyExchange.Initiator initiator = method.initiate(random)) {
            KeyExchange.Response response = method.respond(initiator.publicValue(), random);
            assertThat(initiator.publicValue()).hasSize(method.publicLength());
            assertThat(response.publicValue()).hasSize(method.kem().ciphertextLength());
            assertThat(response.shared().length()).isEqualTo(32);
            assertThat(initiator.complete(response.publicValue())).isEqualTo(response.shared());
        }
    }

    @ParameterizedTest
    @EnumSource(MlKemSet.class)
    void bothImplementationsUnderstandEachOther(MlKemSet set) throws Exception {
        Kem platform = new PlatformMlKem(set);
        Kem bouncyCastle = new BcMlKem(set);
        for (Kem[] roles : new Kem[][] {{platform, bouncyCastle}, {bouncyCastle, platform}}) {
            try (Kem.DecapsulationKey key = roles[0].generate(random)) {
                Kem.Encapsulation made = roles[1].encapsulate(key.encapsulationKey(), random);
                assertThat(key.decapsulate(made.ciphertext())).isEqualTo(made.shared());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void aTamperedCiphertextGivesAnotherSecretAndNoError(KemExchange method) throws Exception {
        try (KeyExchange.Initiator initiator = method.initiate(random)) {
            KeyExchange.Response response = method.respond(initiator.publicValue(), random);
            byte[] tampered = response.publicValue();
            tampered[tampered.length - 1] ^= 1;
            assertThat(initiator.complete(tampered)).isNotEqualTo(response.shared());
            assertThat(initiator.complete(tampered)).as("always the same").isEqualTo(initiator.complete(tampered));
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void refusesCoefficientsThatAreNotReduced(KemExchange method) {
        try (KeyExchange.Initiator initiator = method.initiate(random)) {
            byte[] key = initiator.publicValue();
            Arrays.fill(key, COEFFICIENT_OCTETS - 3, COEFFICIENT_OCTETS, (byte) 0xff); // 4095
            assertThatExceptionOfType(InvalidPublicValueException.class)
                    .isThrownBy(() -> method.respond(key, random))
                    .withMessageContaining("not valid");
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void refusesEveryOtherLength(KemExchange method) {
        for (int length : new int[] {0, 1, method.publicLength() - 1, method.publicLength() + 1, 65_535}) {
            assertThatExceptionOfType(InvalidPublicValueException.class)
                    .isThrownBy(() -> method.respond(new byte[length], random))
                    .withMessageContaining("has " + method.publicLength() + " octets, the peer's has " + length);
        }
        int ciphertext = method.kem().ciphertextLength();
        try (KeyExchange.Initiator initiator = method.initiate(random)) {
            for (int length : new int[] {0, ciphertext - 1, ciphertext + 1}) {
                assertThatExceptionOfType(InvalidPublicValueException.class)
                        .isThrownBy(() -> initiator.complete(new byte[length]))
                        .withMessageContaining("has " + ciphertext + " octets, the peer's has " + length);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void aClosedKeyPairAgreesOnNothing(KemExchange method) {
        KeyExchange.Initiator initiator = method.initiate(random);
        initiator.close();
        byte[] ciphertext = new byte[method.kem().ciphertextLength()];
        assertThatIllegalStateException().isThrownBy(() -> initiator.complete(ciphertext));
    }

    @Test
    void standsInTheRegistry() {
        assertThat(REGISTRY.keyExchange(35))
                .hasValueSatisfying(m -> assertThat(m.name()).isEqualTo("mlkem512"));
        assertThat(REGISTRY.keyExchange(36))
                .hasValueSatisfying(m -> assertThat(m.name()).isEqualTo("mlkem768"));
        assertThat(REGISTRY.keyExchange(37))
                .hasValueSatisfying(m -> assertThat(m.name()).isEqualTo("mlkem1024"));
    }

    /** The answers of an implementation of FIPS 203 in integers, for the seeds 1 to 64 and the message 65 to 96. */
    @ParameterizedTest
    @MethodSource("all")
    void givesTheKnownAnswer(KemExchange method) {
        String answer = switch (method.publicLength()) {
            case 800 -> "a5e9edad013f54a558a7364451208f91";
            case 1184 -> "6cc2fbcda81c7b22acced40ace8cc7f1";
            default -> "37be67aad89a1b8b916d702f14706752";
        };
        assertThat(KnownAnswer.isGivenBy(method, answer)).isTrue();
        assertThat(KnownAnswer.isGivenBy(method, answer.replace('a', 'b'))).isFalse();
    }

    @Test
    void theX509FormNamesTheSet() {
        byte[] encoded = MlKemSet.ML_KEM_768.toX509(new byte[1184]);
        assertThat(HexFormat.of().formatHex(encoded, 0, 22)).isEqualTo("308204b2300b0609608648016503040402038204a100");
        assertThat(MlKemSet.ML_KEM_768.fromX509(encoded)).hasSize(1184);
    }
}
