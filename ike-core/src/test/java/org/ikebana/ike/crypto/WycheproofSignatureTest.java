package org.ikebana.ike.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ikebana.ike.corpus.Corpus;
import org.ikebana.ike.corpus.Json;
import org.ikebana.ike.wire.Octets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Project Wycheproof's signatures: each is decided as its file says, and what either way is acceptable is listed. */
class WycheproofSignatureTest {
    private static final CryptoRegistry REGISTRY = CryptoRegistry.standard();

    @ParameterizedTest
    @CsvSource({
        "ecdsa_secp256r1_sha256_test.json, ECDSA_SHA2_256, 484",
        "ed25519_test.json, ED25519, 151",
        "rsa_pss_2048_sha256_mgf1_32_test.json, RSA_PSS_SHA2_256, 108",
        // One case is acceptable: 8, a DigestInfo whose AlgorithmIdentifier lacks its NULL. It is accepted, as RFC 8017
        // 9.2, note 2, says of AlgorithmIdentifiers: absent and NULL mean the same.
        "rsa_signature_2048_sha256_test.json, RSA_SHA2_256, 259",
    })
    void everyCaseIsDecidedAsItsFileSays(String file, SignatureScheme scheme, int cases) throws Exception {
        SignatureAlgorithm algorithm = REGISTRY.signature(scheme).orElseThrow();
        List<String> acceptable = new ArrayList<>();
        int decided = 0;
        for (Json group : groups(file)) {
            VerifyingKey key = VerifyingKey.decode(group.get("publicKeyDer").octets());
            for (Json test : group.get("tests").list()) {
                boolean verified = algorithm.verify(
                        key, test.get("msg").bytes(), test.get("sig").bytes());
                boolean isAcceptable = test.get("result").text().equals("acceptable");
                assertThat(verified).as(name(test)).isEqualTo(isValid(test) || isAcceptable);
                if (isAcceptable) {
                    acceptable.add(name(test));
                }
                decided++;
            }
        }
        assertThat(decided).isEqualTo(cases);
        assertThat(acceptable)
                .isEqualTo(
                        scheme == SignatureScheme.RSA_SHA2_256
                                ? List.of("8 Missing NULL in the ASN encoding")
                                : List.of());
    }

    /** The same signatures as r | s of fixed length (RFC 4754 7), where they have such a form. */
    @Test
    void ecdsaIsDecidedTheSameAsRawNumbers() throws Exception {
        SignatureAlgorithm algorithm =
                REGISTRY.signature(SignatureScheme.ECDSA_SHA2_256).orElseThrow();
        int accepted = 0;
        int refused = 0;
        int withoutForm = 0;
        for (Json group : groups("ecdsa_secp256r1_sha256_test.json")) {
            VerifyingKey key = VerifyingKey.decode(group.get("publicKeyDer").octets());
            for (Json test : group.get("tests").list()) {
                Optional<EcdsaValue> value = EcdsaValue.ofDer(test.get("sig").bytes());
                boolean fits = value.isPresent()
                        && value.get().r().signum() >= 0
                        && value.get().s().signum() >= 0
                        && value.get().r().bitLength() <= 256
                        && value.get().s().bitLength() <= 256;
                if (fits) {
                    byte[] raw = value.get().toRaw(EcdsaCurve.P_256);
                    assertThat(raw).hasSize(64);
                    EcdsaValue again = EcdsaValue.ofRaw(EcdsaCurve.P_256, raw).orElseThrow();
                    boolean verified = algorithm.verify(key, test.get("msg").bytes(), again.toDer());
                    assertThat(verified).as(name(test)).isEqualTo(isValid(test));
                    accepted += verified ? 1 : 0;
                    refused += verified ? 0 : 1;
                } else {
                    assertThat(isValid(test)).as(name(test)).isFalse();
                    withoutForm++;
                }
            }
        }
        assertThat(accepted).isEqualTo(174);
        assertThat(refused).isEqualTo(75);
        assertThat(withoutForm).as("no two numbers of at most 256 bits in DER").isEqualTo(235);
    }

    /** RFC 4754 8.1: an ECDSA-256 signature of "abc". */
    @Test
    void verifiesTheExampleOfRfc4754() throws Exception {
        VerifyingKey key =
                VerifyingKey.decode(Octets.wrap(Hex.octets("3059301306072a8648ce3d020106082a8648ce3d03010703420004"
                        + "2442A5CC0ECD015FA3CA31DC8E2BBC70BF42D60CBCA20085E0822CB04235E970"
                        + "6FC98BD7E50211A4A27102FA3549DF79EBCB4BF246B80945CDDFE7D509BBFD7D")));
        byte[] signature = Hex.octets("CB28E0999B9C7715FD0A80D8E47A77079716CBBF917DD72E97566EA1C066957C"
                + "86FA3BB4E26CAD5BF90B7F81899256CE7594BB1EA0C89212748BFF3B3D5B0315");
        EcdsaValue value = EcdsaValue.ofRaw(EcdsaCurve.P_256, signature).orElseThrow();
        assertThat(REGISTRY.signature(SignatureScheme.ECDSA_SHA2_256)
                        .orElseThrow()
                        .verify(key, new byte[] {'a', 'b', 'c'}, value.toDer()))
                .isTrue();
        assertThat(value.toRaw(EcdsaCurve.P_256)).isEqualTo(signature);
    }

    private static List<Json> groups(String file) throws IOException {
        return Corpus.json("wycheproof/" + file).get("testGroups").list();
    }

    private static boolean isValid(Json test) {
        return test.get("result").text().equals("valid");
    }

    private static String name(Json test) {
        return test.get("tcId").number() + " " + test.get("comment").text();
    }
}
