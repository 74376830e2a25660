package org.ikebana.ike.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.security.SecureRandom;
import java.util.Arrays;
import org.ikebana.ike.wire.KeId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyExchangeTest {
    private static final CryptoRegistry REGISTRY = CryptoRegistry.standard();

    private final SecureRandom random = new SecureRandom();

    @ParameterizedTest
    @ValueSource(ints = {2, 5, 14, 15, 16, 17, 18, 19, 20, 21, 25, 26, 27, 28, 29, 30, 31, 32})
    void bothSidesShareOneSecret(int id) throws InvalidPublicValueException {
        KeyExchange method = REGISTRY.keyExchange(id).orElseThrow();
        try (KeyExchange.Initiator initiator = method.initiate(random)) {
            KeyExchange.Response response = method.respond(initiator.publicValue(), random);
            assertThat(initiator.publicValue()).hasSize(method.publicLength());
            assertThat(response.publicValue()).hasSize(method.publicLength()).isNotEqualTo(initiator.publicValue());
            assertThat(initiator.complete(response.publicValue())).isEqualTo(response.shared());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 14, 19, 21, 28, 31, 32})
    void everyExchangeHasItsOwnPrivateValue(int id) {
        KeyExchange method = REGISTRY.keyExchange(id).orElseThrow();
        try (KeyExchange.Initiator one = method.initiate(random);
                KeyExchange.Initiator other = method.initiate(random)) {
            assertThat(one.publicValue()).isNotEqualTo(other.publicValue());
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 14, 18, 19, 21, 28, 31, 32})
    void refusesEveryOtherLength(int id) {
        KeyExchange method = REGISTRY.keyExchange(id).orElseThrow();
        for (int length : new int[] {0, 1, method.publicLength() - 1, method.publicLength() + 1, 65_535}) {
            byte[] value = new byte[length];
            Arrays.fill(value, (byte) 2);
            assertThatExceptionOfType(InvalidPublicValueException.class)
                    .isThrownBy(() -> method.respond(value, random))
                    .withMessageContaining("has " + method.publicLength() + " octets, the peer's has " + length);
        }
    }

    @Test
    void aClosedKeyPairAgreesOnNothing() {
        KeyExchange method = REGISTRY.keyExchange(KeId.CURVE25519).orElseThrow();
        KeyExchange.Initiator initiator = method.initiate(random);
        byte[] peer = method.initiate(random).publicValue();
        initiator.close();
        assertThatIllegalStateException().isThrownBy(() -> initiator.complete(peer));
    }
}
