package org.ikebana.crypto.conscrypt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import org.ikebana.ike.crypto.CryptoRegistry;
import org.ikebana.ike.crypto.InvalidPublicValueException;
import org.ikebana.ike.crypto.KeyExchange;
import org.ikebana.ike.crypto.ProvidedAlgorithms;
import org.ikebana.ike.crypto.Secret;
import org.ikebana.ike.wire.KeId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Key exchanges beside the standard ones, which have tests with vectors; and what is refused (RFC 6989, RFC 7748 6). */
class ConscryptExchangesTest {
    private final SecureRandom random = new SecureRandom();
    private final ProvidedAlgorithms algorithms;

    ConscryptExchangesTest() throws Exception {
        algorithms = new ConscryptProvider().open();
    }

    @ParameterizedTest
    @ValueSource(ints = {KeId.CURVE25519, KeId.ECP_256, KeId.ECP_384, KeId.ECP_521})
    void sharesASecretWithTheStandardOneInEitherRole(int id) throws Exception {
        KeyExchange own = algorithms.keyExchange(id).orElseThrow();
        KeyExchange standard = CryptoRegistry.standard().keyExchange(id).orElseThrow();
        for (int i = 0; i < 20; i++) {
            assertSharesSecret(own, standard);
            assertSharesSecret(standard, own);
        }
        assertThat(own.name()).isEqualTo(standard.name());
        assertThat(own.publicLength()).isEqualTo(standard.publicLength());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0000000000000000000000000000000000000000000000000000000000000000",
                "0100000000000000000000000000000000000000000000000000000000000000",
                "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
                "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
                "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
                "0000000000000000000000000000000000000000000000000000000000000080"
            })
    void pointsOfSmallOrderAreRefused(String point) {
        assertRefused(KeId.CURVE25519, HexFormat.of().parseHex(point));
    }

    @ParameterizedTest
    @ValueSource(ints = {KeId.ECP_256, KeId.ECP_384, KeId.ECP_521})
    void pointsOffTheCurveAreRefused(int id) {
        KeyExchange method = algorithms.keyExchange(id).orElseThrow();
        byte[] point;
        try (KeyExchange.Initiator initiator = method.initiate(random)) {
            point = initiator.publicValue();
        }
        point[point.length - 1] ^= 1;
        assertRefused(id, point);
        assertRefused(id, new byte[point.length]);
        byte[] beyond = new byte[point.length];
        Arrays.fill(beyond, (byte) 0xff);
        assertRefused(id, beyond);
    }

    @ParameterizedTest
    @ValueSource(ints = {KeId.CURVE25519, KeId.ECP_256})
    void otherLengthsAreRefused(int id) {
        int length = algorithms.keyExchange(id).orElseThrow().publicLength();
        assertRefused(id, new byte[0]);
        assertRefused(id, new byte[length - 1]);
        assertRefused(id, new byte[length + 1]);
    }

    @Test
    void eachExchangeHasItsOwnKeys() throws Exception {
        KeyExchange method = algorithms.keyExchange(KeId.CURVE25519).orElseThrow();
        byte[] peer = new byte[32];
        peer[0] = 9;
        KeyExchange.Response one = method.respond(peer, random);
        KeyExchange.Response other = method.respond(peer, random);
        assertThat(one.publicValue()).isNotEqualTo(other.publicValue());
        assertThat(one.shared()).isNotEqualTo(other.shared());
        assertThat(one.shared().bytes()).as("with the base point").isEqualTo(one.publicValue());
    }

    private void assertSharesSecret(KeyExchange initiating, KeyExchange responding) throws Exception {
        try (KeyExchange.Initiator initiator = initiating.initiate(random)) {
            KeyExchange.Response response = responding.respond(initiator.publicValue(), random);
            try (Secret shared = initiator.complete(response.publicValue())) {
                assertThat(shared).isEqualTo(response.shared());
            }
        }
    }

    private void assertRefused(int id, byte[] publicValue) {
        KeyExchange method = algorithms.keyExchange(id).orElseThrow();
        assertThatExceptionOfType(InvalidPublicValueException.class)
                .isThrownBy(() -> method.respond(publicValue, random));
        try (KeyExchange.Initiator initiator = method.initiate(random)) {
            assertThatExceptionOfType(InvalidPublicValueException.class)
                    .isThrownBy(() -> initiator.complete(publicValue));
        }
    }
}
