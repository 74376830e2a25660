package org.ikebana.ike.proposal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.ikebana.ike.crypto.CryptoRegistry;
import org.ikebana.ike.wire.ProtocolId;
import org.ikebana.ike.wire.TransformType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProposalSyntaxTest {
    /** Words of strongSwan's documentation with IANA's type, number and key length. */
    @ParameterizedTest
    @CsvSource({
        "aes, ENCR, 12, 128",
        "aes128, ENCR, 12, 128",
        "aes192, ENCR, 12, 192",
        "aes256, ENCR, 12, 256",
        "aes128ctr, ENCR, 13, 128",
        "aes256ctr, ENCR, 13, 256",
        "aes128ccm8, ENCR, 14, 128",
        "aes128ccm64, ENCR, 14, 128",
        "aes192ccm12, ENCR, 15, 192",
        "aes192ccm96, ENCR, 15, 192",
        "aes256ccm16, ENCR, 16, 256",
        "aes256ccm128, ENCR, 16, 256",
        "aes256ccm, ENCR, 16, 256",
        "aes128gcm8, ENCR, 18, 128",
        "aes128gcm64, ENCR, 18, 128",
        "aes192gcm12, ENCR, 19, 192",
        "aes192gcm96, ENCR, 19, 192",
        "aes256gcm16, ENCR, 20, 256",
        "aes256gcm128, ENCR, 20, 256",
        "aes256gcm, ENCR, 20, 256",
        "aes128gmac, ENCR, 21, 128",
        "aes256gmac, ENCR, 21, 256",
        "camellia128, ENCR, 23, 128",
        "camellia, ENCR, 23, 128",
        "camellia256, ENCR, 23, 256",
        "3des, ENCR, 3, 0",
        "null, ENCR, 11, 0",
        "chacha20poly1305, ENCR, 28, 0",
        "md5, INTEG, 1, 0",
        "md5_128, INTEG, 6, 0",
        "sha, INTEG, 2, 0",
        "sha1, INTEG, 2, 0",
        "sha1_160, INTEG, 7, 0",
        "sha256, INTEG, 12, 0",
        "sha2_256, INTEG, 12, 0",
        "sha384, INTEG, 13, 0",
        "sha2_384, INTEG, 13, 0",
        "sha512, INTEG, 14, 0",
        "sha2_512, INTEG, 14, 0",
        "aesxcbc, INTEG, 5, 0",
        "aescmac, INTEG, 8, 0",
        "prfmd5, PRF, 1, 0",
        "prfsha1, PRF, 2, 0",
        "prfaesxcbc, PRF, 4, 0",
        "prfsha256, PRF, 5, 0",
        "prfsha384, PRF, 6, 0",
        "prfsha512, PRF, 7, 0",
        "prfaescmac, PRF, 8, 0",
        "mlkem512, KE, 35, 0",
        "mlkem768, KE, 36, 0",
        "mlkem1024, KE, 37, 0",
        "ke1_mlkem768, ADDKE1, 36, 0",
        "ke2_x25519, ADDKE2, 31, 0",
        "ke7_modp3072, ADDKE7, 15, 0",
        "ke3_none, ADDKE3, 0, 0",
        "none, KE, 0, 0",
        "modpnone, KE, 0, 0",
        "modp1024, KE, 2, 0",
        "modp1536, KE, 5, 0",
        "modp2048, KE, 14, 0",
        "modp3072, KE, 15, 0",
        "modp4096, KE, 16, 0",
        "modp6144, KE, 17, 0",
        "modp8192, KE, 18, 0",
        "ecp256, KE, 19, 0",
        "ecp384, KE, 20, 0",
        "ecp521, KE, 21, 0",
        "ecp192, KE, 25, 0",
        "ecp224, KE, 26, 0",
        "ecp224bp, KE, 27, 0",
        "ecp256bp, KE, 28, 0",
        "ecp384bp, KE, 29, 0",
        "ecp512bp, KE, 30, 0",
        "curve25519, KE, 31, 0",
        "x25519, KE, 31, 0",
        "curve448, KE, 32, 0",
        "x448, KE, 32, 0",
        "noesn, ESN, 0, 0",
        "esn, ESN, 1, 0",
    })
    void knowsStrongSwansWords(String word, TransformType type, int id, int keyBits) {
        Transform transform = new Transform(type, id, keyBits);

        assertThat(Keywords.find(word)).contains(transform);
        assertThat(Keywords.objection(word)).isEmpty();
        assertThat(Keywords.find(transform.toString())).contains(transform);
    }

    @ParameterizedTest
    @CsvSource({
        "aes256-sha256-modp2048,            aes256-sha256-prfsha256-modp2048",
        "AES256-SHA2_512-ECP384,            aes256-sha512-prfsha512-ecp384",
        "aes128-md5-sha1-modp1536,          aes128-md5-sha1-prfmd5-prfsha1-modp1536",
        "3des-sha1_160-modp1024,            3des-sha1_160-prfsha1-modp1024",
        "aes128-aesxcbc-aescmac-curve25519, aes128-aesxcbc-aescmac-prfaesxcbc-prfaescmac-curve25519",
        "aes256-sha1-prfsha256-ecp256,      aes256-sha1-prfsha256-ecp256",
        "aes256gcm16-prfsha384-ecp384,      aes256gcm16-prfsha384-ecp384",
        "prfsha384-x25519-aes256gcm128,     aes256gcm16-prfsha384-curve25519",
        "aes256gcm16-sha384-ecp384,         aes256gcm16-prfsha384-ecp384",
        "aes128gcm-sha256-prfsha384-ecp384, aes128gcm16-prfsha384-ecp384",
        "aes128-aes256-sha256-sha256-modp2048-none, aes128-aes256-sha256-prfsha256-modp2048",
    })
    void readsIkeProposalsAsStrongSwanDoes(String text, String meaning) throws Exception {
        assertThat(ProposalSyntax.parse(ProtocolId.IKE, text)).hasToString(meaning);
    }

    @ParameterizedTest
    @CsvSource({
        "aes256gcm16,                      aes256gcm16-noesn",
        "aes128-sha256,                    aes128-sha256-noesn",
        "aes256gcm16-sha256-modp2048,      aes256gcm16-modp2048-noesn",
        "aes256-sha256-prfsha256-ecp256,   aes256-sha256-ecp256-noesn",
        "aes256gcm16-modp2048-modpnone,    aes256gcm16-modp2048-none-noesn",
        "chacha20poly1305-esn,             chacha20poly1305-esn",
        "chacha20poly1305-esn-noesn,       chacha20poly1305-esn-noesn",
        "null-sha256,                      null-sha256-noesn",
        "aes128gmac,                       aes128gmac-noesn",
    })
    void readsEspProposalsAsStrongSwanDoes(String text, String meaning) throws Exception {
        assertThat(ProposalSyntax.parse(ProtocolId.ESP, text)).hasToString(meaning);
    }

    @ParameterizedTest
    @CsvSource({
        "aes256gcm16-prfsha256-x25519-ke1_mlkem768, aes256gcm16-prfsha256-curve25519-ke1_mlkem768",
        "aes256gcm16-prfsha256-KE2_mlkem512-x25519-ke1_none-ke1_mlkem1024,"
                + " aes256gcm16-prfsha256-curve25519-ke1_none-ke1_mlkem1024-ke2_mlkem512",
        "aes256-sha256-mlkem768-ke7_ecp521, aes256-sha256-prfsha256-mlkem768-ke7_ecp521",
    })
    void readsAdditionalKeyExchanges(String text, String meaning) throws Exception {
        assertThat(ProposalSyntax.parse(ProtocolId.IKE, text)).hasToString(meaning);
    }

    @Test
    void readsAhProposals() throws Exception {
        assertThat(ProposalSyntax.parse(ProtocolId.AH, "sha256-sha1-ecp256")).hasToString("sha256-sha1-ecp256-noesn");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "IKE | aes265-sha256-modp2048      | 0  | 'aes265' is no algorithm; did you mean 'aes256'?",
                "IKE | aes256-sha265-modp2048      | 7  | 'sha265' is no algorithm; did you mean 'sha256'?",
                "IKE | aes256-sha256-modp2084      | 14 | 'modp2084' is no algorithm; did you mean 'modp2048'?",
                "IKE | aes256gcm6-prfsha256-ecp256 | 0  | 'aes256gcm6' is no algorithm; did you mean 'aes256gcm16'?",
                "ESP | rot13                       | 0  | 'rot13' is no algorithm",
                "IKE | aes256-sha256               | 0  | 'aes256-sha256': a key exchange is missing; add one such as 'curve25519'",
                "IKE | aes256-sha256-none          | 0  | 'aes256-sha256-none': a key exchange is missing; add one such as 'curve25519'",
                "IKE | aes256gcm16-ecp384          | 0  | 'aes256gcm16-ecp384': a PRF is missing; add one such as 'prfsha256'",
                "IKE | sha256-ecp256               | 0  | 'sha256-ecp256': an encryption algorithm is missing; add one such as 'aes256gcm16'",
                "IKE | aes256-prfsha256-ecp256     | 0  | 'aes256-prfsha256-ecp256': 'aes256' needs an integrity algorithm; add one such as 'sha256'",
                "IKE | aes256-sha256-ecp256-esn    | 21 | 'esn' is for ESP and AH; take it out of the IKE proposal",
                "IKE | null-sha256-ecp256          | 0  | 'null' does not encrypt and is for ESP alone (RFC 7296 5, RFC 4543)",
                "IKE | aes128gmac-prfsha1-ecp256   | 0  | 'aes128gmac' does not encrypt and is for ESP alone (RFC 7296 5, RFC 4543)",
                "ESP | aes128-sha256-aes128gcm16   | 14 | 'aes128gcm16' cannot share a proposal with 'aes128': only one of them has integrity built in; write two proposals, separated by a comma",
                "ESP | aes128                      | 0  | 'aes128': 'aes128' needs an integrity algorithm; add one such as 'sha256'",
                "AH  | aes128-sha256               | 0  | 'aes128' encrypts, which AH cannot; take it out or use esp_proposals",
                "AH  | ecp256                      | 0  | 'ecp256': an integrity algorithm is missing; add one such as 'sha256'",
                "IKE | aes128--sha256              | 7  | an algorithm is missing between the dashes",
                "ESP | aes128-sha256-              | 14 | an algorithm is missing between the dashes",
                "ESP | aes128-sha256_96            | 7  | 'sha256_96' is a draft's truncation that no RFC kept; use sha256",
                "ESP | aes128-sha256-modp2048s256  | 14 | 'modp2048s256' is a group whose primes nobody can account for (RFC 8247 2.4)",
                "ESP | aes128-sha256-modp768       | 14 | 'modp768' can be broken; use modp2048 or more",
                "ESP | camellia256ccm16            | 0  | 'camellia256ccm16' is neither in the kernel nor in a crypto library here",
                "ESP | twofish256-sha256           | 0  | 'twofish256' never became a standard and is not supported",
                "ESP | blowfish-sha256             | 0  | 'blowfish' is obsolete and not supported",
                "IKE | aes256gcm16-prfsha384-x25519-ke1_mlkem786 | 29 | 'ke1_mlkem786' is no algorithm; did you mean 'ke1_mlkem768'?",
                "IKE | aes256gcm16-prfsha384-x25519-ke1_sha256   | 29 | 'ke1_sha256' is no algorithm",
                "IKE | aes256gcm16-prfsha384-x25519-ke8_mlkem768 | 29 | 'ke8_mlkem768' is no algorithm; did you mean 'mlkem768'?",
                "IKE | aes256gcm16-prfsha384-x25519-ke1_modp768  | 29 | 'ke1_modp768' can be broken; use modp2048 or more",
                "IKE | aes256gcm16-prfsha384-ke1_mlkem768        | 0  | 'aes256gcm16-prfsha384-ke1_mlkem768': a key exchange is missing; add one such as 'curve25519'",
                "ESP | aes256gcm16-ke1_mlkem768    | 12 | 'ke1_mlkem768' is an additional key exchange, but there is no first one; add one such as 'curve25519'",
            })
    void namesWhatIsWrongAndWhere(String protocol, String text, int index, String message) {
        ProposalSyntaxException error =
                catchThrowableOfType(ProposalSyntaxException.class, () -> ProposalSyntax.parse(number(protocol), text));

        assertThat(error).hasMessage(message);
        assertThat(error.index()).isEqualTo(index);
        assertThat(text.substring(index)).startsWith(error.token());
    }

    @Test
    void suggestsTheNearestWord() {
        ProposalSyntaxException error = catchThrowableOfType(
                ProposalSyntaxException.class, () -> ProposalSyntax.parse(ProtocolId.ESP, "aes256-shar256"));

        assertThat(error.token()).isEqualTo("shar256");
        assertThat(error.suggestion()).contains("sha256");
    }

    @Test
    void readsListsWithDefaults() throws Exception {
        List<Proposal> proposals =
                ProposalSyntax.parseList(ProtocolId.IKE, "aes128gcm16-prfsha256-ecp256 , default, 3des-sha1-modp1024");

        assertThat(proposals).hasSize(4);
        assertThat(proposals.subList(1, 3)).isEqualTo(ProposalSyntax.defaults(ProtocolId.IKE));
        assertThat(proposals.get(3)).hasToString("3des-sha1-prfsha1-modp1024");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "aes128gcm16, , aes256gcm16     | 12 | an empty proposal",
                "aes128gcm16,                   | 12 | an empty proposal",
                "aes128gcm16,aes128-shat256     | 19 | 'shat256' is no algorithm; did you mean 'sha256'?",
                "aes128gcm16,  aes128-shat256   | 21 | 'shat256' is no algorithm; did you mean 'sha256'?",
                "aes128gcm16,default-aes256     | 12 | 'default' is no algorithm",
            })
    void countsPlacesFromTheStartOfTheList(String text, int index, String message) {
        ProposalSyntaxException error = catchThrowableOfType(
                ProposalSyntaxException.class, () -> ProposalSyntax.parseList(ProtocolId.ESP, text));

        assertThat(error).hasMessageStartingWith(message.replaceAll("^'|'$", "'"));
        assertThat(error.index()).isEqualTo(index);
    }

    @Test
    void refusesMoreProposalsThanCanBeNumbered() {
        String many = "aes128gcm16,".repeat(ProposalSyntax.MAX_PROPOSALS) + "aes256gcm16";
        ProposalSyntaxException error = catchThrowableOfType(
                ProposalSyntaxException.class, () -> ProposalSyntax.parseList(ProtocolId.ESP, many));

        assertThat(error).hasMessageContaining("more than 255");
        assertThat(error.index()).isEqualTo(12 * ProposalSyntax.MAX_PROPOSALS);
    }

    @Test
    void defaultsAreStrong() {
        for (int protocol : new int[] {ProtocolId.IKE, ProtocolId.ESP, ProtocolId.AH}) {
            for (Proposal proposal : ProposalSyntax.defaults(protocol)) {
                assertThat(proposal.transforms())
                        .extracting(Transform::toString)
                        .allSatisfy(
                                word -> assertThat(word)
                                        .doesNotMatch(
                                                "3des|camellia.*|.*md5.*|.*sha1.*|modp1[0-9]{3}|ecp192|ecp224.*|null|.*gmac|.*gcm8"));
            }
        }
        assertThat(ProposalSyntax.defaults(ProtocolId.IKE))
                .extracting(p -> p.of(TransformType.ENCR).getFirst().isAead())
                .containsExactly(true, false);
        assertThat(ProposalSyntax.defaults(ProtocolId.ESP))
                .allSatisfy(p -> assertThat(p.of(TransformType.KE)).isEmpty());
    }

    @Test
    void cryptoHasWhatTheDefaultsAskFor() {
        CryptoRegistry crypto = CryptoRegistry.standard();
        for (Proposal proposal : ProposalSyntax.defaults(ProtocolId.IKE)) {
            for (Transform transform : proposal.transforms()) {
                assertThat(nameInCrypto(crypto, transform)).isEqualTo(transform.toString());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 4, 99})
    void hasNoProposalsForOtherProtocols(int protocol) {
        assertThatIllegalArgumentException().isThrownBy(() -> ProposalSyntax.parse(protocol, "aes128-sha256"));
        assertThatIllegalArgumentException().isThrownBy(() -> ProposalSyntax.defaults(protocol));
    }

    @Test
    void printsWhatHasNoWord() {
        assertThat(new Transform(TransformType.ENCR, 99, 256)).hasToString("encr(99)_256");
        assertThat(new Transform(TransformType.ENCR, 12, 0)).hasToString("encr(12)");
        assertThat(Transform.of(TransformType.KE, 1077)).hasToString("ke(1077)");
        assertThat(Transform.of(TransformType.ADDKE1, 31)).hasToString("ke1_curve25519");
        assertThat(Transform.of(TransformType.ADDKE7, 36)).hasToString("ke7_mlkem768");
        assertThat(Transform.of(TransformType.ADDKE2, 0)).hasToString("ke2_none");
    }

    private static String nameInCrypto(CryptoRegistry crypto, Transform transform) {
        return switch (transform.type()) {
            case ENCR ->
                crypto.encryption(transform.id(), transform.keyBits())
                        .orElseThrow()
                        .name();
            case PRF -> crypto.prf(transform.id()).orElseThrow().name();
            case INTEG -> crypto.integrity(transform.id()).orElseThrow().name();
            case KE -> crypto.keyExchange(transform.id()).orElseThrow().name();
            default -> throw new AssertionError(transform);
        };
    }

    private static int number(String protocol) {
        return switch (protocol) {
            case "IKE" -> ProtocolId.IKE;
            case "ESP" -> ProtocolId.ESP;
            case "AH" -> ProtocolId.AH;
            default -> throw new AssertionError(protocol);
        };
    }
}
