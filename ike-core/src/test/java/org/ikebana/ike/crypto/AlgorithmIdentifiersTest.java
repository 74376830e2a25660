package org.ikebana.ike.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.ikebana.ike.wire.Octets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 7427 3 and its appendices. */
class AlgorithmIdentifiersTest {
    /** With the trailer field, as RFC 7427 A.4.3 has it. */
    private static final String PSS_SHA256 = "304606092a864886f70d01010a3039a00f300d06096086480165030402010500a11c301a"
            + "06092a864886f70d010108300d06096086480165030402010500a203020120a303020101";

    @ParameterizedTest
    @CsvSource({
        "300d06092a864886f70d0101050500, RSA_SHA1", // A.1.1
        "300d06092a864886f70d01010b0500, RSA_SHA2_256", // A.1.2
        "300d06092a864886f70d01010c0500, RSA_SHA2_384", // A.1.3
        "300d06092a864886f70d01010d0500, RSA_SHA2_512", // A.1.4
        "300a06082a8648ce3d040302, ECDSA_SHA2_256", // A.3.2
        "300a06082a8648ce3d040303, ECDSA_SHA2_384", // A.3.3
        "300a06082a8648ce3d040304, ECDSA_SHA2_512", // A.3.4
        "300506032b6570, ED25519", // RFC 8420 A.1
        "300506032b6571, ED448", // RFC 8420 A.2
    })
    void areTheRfcs(String encoded, SignatureScheme scheme) {
        assertThat(scheme.algorithmIdentifier()).isEqualTo(Octets.ofHex(encoded));
        assertThat(AlgorithmIdentifiers.decode(Octets.ofHex(encoded))).contains(scheme);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                PSS_SHA256,
                // in DER: the trailer field has its default
                "304106092a864886f70d01010a3034a00f300d06096086480165030402010500a11c301a"
                        + "06092a864886f70d010108300d06096086480165030402010500a203020120",
                // the digests without NULL
                "303d06092a864886f70d01010a3030a00d300b0609608648016503040201a11a3018"
                        + "06092a864886f70d010108300b0609608648016503040201a203020120",
            })
    void pssIsUnderstoodInItsForms(String encoded) {
        assertThat(AlgorithmIdentifiers.decode(Octets.ofHex(encoded))).contains(SignatureScheme.RSA_PSS_SHA2_256);
    }

    @ParameterizedTest
    @CsvSource({
        "300d06092a864886f70d01010a3000, 1.2.840.113549.1.1.10", // PSS with SHA-1, A.4.2
        "300906072a8648ce380403, 1.2.840.10040.4.3", // DSA with SHA-1, A.2.1
        "300906072a8648ce3d0401, 1.2.840.10045.4.1", // ECDSA with SHA-1, A.3.1
        "300d06092a864886f70d0101040500, 1.2.840.113549.1.1.4", // RSA with MD5
        "300e06092a864886f70d01010b050000, 'malformed, of 16 octets'", // an octet too many
        "300706032b65700500, 1.3.101.112", // EdDSA with parameters (RFC 8410 3)
        "3080, 'malformed, of 2 octets'",
        "30ffffffff, 'malformed, of 5 octets'",
    })
    void othersAreNamedAndRefused(String encoded, String words) {
        Octets octets = Octets.ofHex(encoded);
        assertThat(AlgorithmIdentifiers.decode(octets)).isEmpty();
        assertThat(AlgorithmIdentifiers.describe(octets)).isEqualTo(words);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                // salt of 20 octets, mask with SHA-384, trailer field 2
                "a203020114 a203020120",
                "86480165030402010500a203 86480165030402020500a203",
                "a303020101 a303020102"
            })
    void pssWithOtherParametersIsRefused(String change) {
        String[] words = change.split(" ");
        String changed = words[0].startsWith("a2")
                ? PSS_SHA256.replace(words[1], words[0])
                : PSS_SHA256.replace(words[0], words[1]);
        assertThat(changed).isNotEqualTo(PSS_SHA256);
        assertThat(AlgorithmIdentifiers.decode(Octets.ofHex(changed))).isEmpty();
    }

    @Test
    void nothingIsThrownForWhatIsChangedByChance() {
        Random random = new Random(7427);
        for (int i = 0; i < 50_000; i++) {
            byte[] octets = Octets.ofHex(PSS_SHA256).toByteArray();
            for (int change = random.nextInt(4); change >= 0; change--) {
                octets[random.nextInt(octets.length)] = (byte) random.nextInt(256);
            }
            Octets changed = Octets.wrap(octets);
            assertThat(AlgorithmIdentifiers.describe(changed)).hasSizeLessThan(400);
            AlgorithmIdentifiers.decode(changed)
                    .ifPresent(scheme -> assertThat(scheme.isPss()).isTrue());
        }
    }

    /** RFC 7427 3 and B.1: a length, so many octets of AlgorithmIdentifier, the rest is the signature. */
    @Test
    void digitalSignatureIsPrefixedWithItsAlgorithm() {
        Octets data = Octets.ofHex("0f300d06092a864886f70d0101050500" + "aabbcc");
        DigitalSignature signature = DigitalSignature.decode(data).orElseThrow();
        assertThat(signature.algorithmIdentifier()).isEqualTo(SignatureScheme.RSA_SHA1.algorithmIdentifier());
        assertThat(signature.value()).isEqualTo(Octets.ofHex("aabbcc"));
        assertThat(signature.encode()).isEqualTo(data);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "00", "00aabb", "02aa", "02aabb", "ffaabbcc"})
    void digitalSignatureWithoutRoomIsRefused(String data) {
        assertThat(DigitalSignature.decode(Octets.ofHex(data))).isEmpty();
    }
}
