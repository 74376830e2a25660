package org.ikebana.crypto.conscrypt;

import static org.assertj.core.api.Assertions.assertThat;

import java.security.SecureRandom;
import java.util.Optional;
import org.ikebana.ike.crypto.CryptoRegistry;
import org.ikebana.ike.crypto.InvalidPublicValueException;
import org.ikebana.ike.crypto.KeyExchange;
import org.ikebana.ike.crypto.PreferredCrypto;
import org.ikebana.ike.crypto.ProvidedAlgorithms;
import org.ikebana.ike.crypto.ProvidedSignature;
import org.ikebana.ike.crypto.SignatureAlgorithm;
import org.ikebana.ike.crypto.SignatureScheme;
import org.ikebana.ike.wire.KeId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What comes of algorithms that are put before the standard ones: the known answers decide. */
class PreferredCryptoTest {
    private final PreferredCrypto crypto = new PreferredCrypto();

    @Test
    void theStandardOnesServeUntilThereAreOthersAndWhereThereAreNone() throws Exception {
        assertThat(source(KeId.CURVE25519)).contains("ikebana");
        crypto.prefer(new ConscryptProvider().open());
        assertThat(source(KeId.CURVE25519)).contains("conscrypt");
        assertThat(source(KeId.ECP_521)).contains("conscrypt");
        assertThat(source(KeId.CURVE448)).contains("ikebana");
        assertThat(source(4711)).isEmpty();
    }

    /** Else it would keep the event loop from everybody else. */
    @ParameterizedTest
    @CsvSource({"31,false", "19,false", "20,true", "21,true", "14,true"}) // X25519, P-256, P-384, P-521, modp2048
    void whatIsSlowSaysSo(int id, boolean takesLong) throws Exception {
        crypto.prefer(new ConscryptProvider().open());
        assertThat(crypto.keyExchange(id).orElseThrow().takesLong()).isEqualTo(takesLong);
    }

    /** With every known signature: keys on curves that Conscrypt lacks are among them. */
    @ParameterizedTest
    @EnumSource(
            value = SignatureScheme.class,
            names = {"ECDSA.*", "RSA_SHA2.*", "RSA_PSS.*"},
            mode = EnumSource.Mode.MATCH_ANY)
    void signaturesGiveTheirKnownAnswers(SignatureScheme scheme) throws Exception {
        crypto.prefer(new ConscryptProvider().open());
        SignatureAlgorithm algorithm = crypto.signature(scheme).orElseThrow();
        assertThat(algorithm.getClass())
                .isNotEqualTo(CryptoRegistry.standard()
                        .signature(scheme)
                        .orElseThrow()
                        .getClass());
    }

    @Test
    void oneThatComputesWronglyIsNotTaken() {
        crypto.prefer(new ProvidedAlgorithms() {
            @Override
            public Optional<KeyExchange> keyExchange(int id) {
                return CryptoRegistry.standard().keyExchange(KeId.CURVE448).map(OtherMethod::new);
            }

            @Override
            public Optional<ProvidedSignature> signature(SignatureScheme scheme) {
                return Optional.empty();
            }
        });
        assertThat(source(KeId.CURVE25519)).contains("ikebana");
    }

    private Optional<String> source(int id) {
        return crypto.keyExchange(id).map(KeyExchange::source);
    }

    /** Curve448, under whatever name. */
    private record OtherMethod(KeyExchange method) implements KeyExchange {
        @Override
        public int id() {
            return method.id();
        }

        @Override
        public String name() {
            return method.name();
        }

        @Override
        public String source() {
            return "a mistake";
        }

        @Override
        public int publicLength() {
            return method.publicLength();
        }

        @Override
        public Initiator initiate(SecureRandom random) {
            return method.initiate(random);
        }

        @Override
        public Response respond(byte[] peerPublicValue, SecureRandom random) throws InvalidPublicValueException {
            return method.respond(peerPublicValue, random);
        }
    }
}
