package org.ikebana.ike.proposal;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.ikebana.ike.wire.ProtocolId;
import org.junit.jupiter.params.provider.MethodSource;

/** Coverage-guided fuzzing; without {@code JAZZER_FUZZ=1} in the environment the seeds alone are run. */
class ProposalSyntaxFuzzTest {
    @MethodSource("seeds")
    @FuzzTest
    void anyTextIsReadOrRefused(byte[] octets) {
        String text = new String(octets, StandardCharsets.UTF_8);
        for (int protocol : new int[] {ProtocolId.IKE, ProtocolId.ESP, ProtocolId.AH}) {
            try {
                for (Proposal proposal : ProposalSyntax.parseList(protocol, text)) {
                    assertThat(ProposalSyntax.parse(protocol, proposal.toString()))
                            .isEqualTo(proposal);
                }
            } catch (ProposalSyntaxException e) {
                assertThat(e.getMessage()).isNotBlank();
                assertThat(e.index()).isBetween(0, text.length());
            }
        }
    }

    static Stream<byte[]> seeds() {
        return Stream.of(
                        "default",
                        "aes256-sha256-modp2048, default",
                        "aes128gcm16-chacha20poly1305-prfsha384-prfsha256-x25519-ecp384bp",
                        "aes192ccm12-camellia128-3des-sha1_160-aesxcbc-aescmac-md5-modp1024",
                        "null-sha2_512-none-esn-noesn",
                        "ke1_mlkem768-ke9_none-sha256_96-twofish-modp768",
                        " AES256 - \u00df, -,,",
                        "")
                .map(text -> text.getBytes(StandardCharsets.UTF_8));
    }
}
