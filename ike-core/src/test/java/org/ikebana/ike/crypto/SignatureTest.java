package org.ikebana.ike.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.io.InputStream;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Properties;
import org.ikebana.ike.wire.Octets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SignatureTest {
    private static final CryptoRegistry REGISTRY = CryptoRegistry.standard();
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final byte[] MESSAGE = {1, 2, 3};

    @ParameterizedTest
    @EnumSource
    void offersEachOnceItHasGivenItsKnownAnswer(SignatureScheme scheme) {
        assertThat(REGISTRY.signature(scheme).orElseThrow().scheme()).isEqualTo(scheme);
    }

    /** A signature is for one digest and padding, and for one key. */
    @ParameterizedTest
    @EnumSource
    void takesNoSignatureOfAnotherScheme(SignatureScheme scheme) throws Exception {
        SoftwareKey key = key(
                scheme.keyType() == KeyType.ECDSA ? "P_521" : scheme.keyType().name());
        byte[] signature = key.sign(algorithm(scheme), MESSAGE, RANDOM);
        for (SignatureScheme other : SignatureScheme.values()) {
            assertThat(algorithm(other).verify(key.publicKey(), MESSAGE, signature))
                    .as("%s as %s", scheme, other)
                    .isEqualTo(other == scheme);
        }
    }

    @ParameterizedTest
    @EnumSource
    void refusesEveryTruncationWithoutAnException(SignatureScheme scheme) throws Exception {
        SoftwareKey key = key(
                scheme.keyType() == KeyType.ECDSA ? "P_256" : scheme.keyType().name());
        byte[] signature = key.sign(algorithm(scheme), MESSAGE, RANDOM);
        for (int length = 0; length < signature.length; length += 1 + length / 16) {
            byte[] truncated = Arrays.copyOf(signature, length);
            assertThat(algorithm(scheme).verify(key.publicKey(), MESSAGE, truncated))
                    .isFalse();
        }
        assertThat(algorithm(scheme).verify(key.publicKey(), MESSAGE, Arrays.copyOf(signature, 100_000)))
                .isFalse();
    }

    @Test
    void doesNotSignWithAKeyOfAnotherType() throws Exception {
        SoftwareKey key = key("ED25519");
        assertThatExceptionOfType(UnusableKeyException.class)
                .isThrownBy(() -> key.sign(algorithm(SignatureScheme.RSA_SHA2_256), MESSAGE, RANDOM))
                .withMessage("a key of Ed25519 cannot sign by rsa-sha256");
    }

    @ParameterizedTest
    @CsvSource({
        "RSA, RSA of 2048 bits, 2048",
        "P_256, ECDSA on P-256, 256",
        "P_521, ECDSA on P-521, 521",
        "BRAINPOOL_P384R1, ECDSA on brainpoolP384r1, 384",
        "ED25519, Ed25519, 256",
        "ED448, Ed448, 456",
        "ML_DSA_65, ML-DSA-65, 15616"
    })
    void knowsTheKeyByItsEncoding(String name, String words, int bits) throws Exception {
        VerifyingKey publicKey = key(name).publicKey();
        assertThat(publicKey).hasToString(words);
        assertThat(publicKey.bits()).isEqualTo(bits);
        assertThat(VerifyingKey.decode(publicKey.encoded()))
                .isEqualTo(publicKey)
                .hasToString(words);
    }

    /** RFC 8017 A.1.2 and RFC 5915: what older tools write. */
    @ParameterizedTest
    @ValueSource(strings = {"RSA", "P_256", "BRAINPOOL_P512R1"})
    void readsTheOlderFormsOfPrivateKeys(String name) throws Exception {
        byte[] pkcs8 = octets("key." + name);
        var info = org.bouncycastle.asn1.pkcs.PrivateKeyInfo.getInstance(pkcs8);
        byte[] older = name.equals("RSA")
                ? info.parsePrivateKey().toASN1Primitive().getEncoded()
                : new org.bouncycastle.asn1.sec.ECPrivateKey(
                                key(name).publicKey().bits(),
                                org.bouncycastle.asn1.sec.ECPrivateKey.getInstance(info.parsePrivateKey())
                                        .getKey(),
                                info.getPrivateKeyAlgorithm().getParameters())
                        .getEncoded();
        assertThat(SoftwareKey.decode(Secret.wrap(older)).publicKey())
                .isEqualTo(key(name).publicKey());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                // DSA (RFC 3279 2.3.2), of which the kind alone is read
                "3013300906072a8648ce3804010306000203010001 | not supported, 1.2.840.10040.4.1",
                // ECDSA on P-192, the point all zero
                "3049301306072a8648ce3d020106082a8648ce3d03010103320004"
                        + "000000000000000000000000000000000000000000000000"
                        + "000000000000000000000000000000000000000000000000 | on a curve other than",
                // P-256, a point beside the curve
                "3059301306072a8648ce3d020106082a8648ce3d03010703420004"
                        + "0000000000000000000000000000000000000000000000000000000000000001"
                        + "0000000000000000000000000000000000000000000000000000000000000001 | malformed",
                // RSA of 16 bits
                "301c300d06092a864886f70d0101010500030b003008020300c00d020103 | RSA key of 16 bits",
                "00 | malformed",
            })
    void refusesKeys(String encoded, String reason) {
        Octets octets = Octets.ofHex(encoded.replace(" ", ""));
        assertThatExceptionOfType(UnusableKeyException.class)
                .isThrownBy(() -> VerifyingKey.decode(octets))
                .withMessageContaining(reason);
    }

    @Test
    void saysNothingOfAMalformedPrivateKey() {
        byte[] encoded = octets("key.P_256");
        encoded[30] ^= 0x55;
        encoded[5] ^= 0x55;
        assertThatExceptionOfType(UnusableKeyException.class)
                .isThrownBy(() -> SoftwareKey.decode(Secret.wrap(encoded)))
                .withMessage("a malformed private key")
                .withNoCause();
    }

    static SoftwareKey key(String name) throws UnusableKeyException {
        return SoftwareKey.decode(Secret.wrap(octets("key." + name)));
    }

    private static SignatureAlgorithm algorithm(SignatureScheme scheme) {
        return REGISTRY.signature(scheme).orElseThrow();
    }

    private static byte[] octets(String name) {
        try (InputStream file = KnownSignatures.class.getResourceAsStream("known-signatures.properties")) {
            Properties known = new Properties();
            known.load(file);
            return Base64.getDecoder().decode(known.getProperty(name));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
