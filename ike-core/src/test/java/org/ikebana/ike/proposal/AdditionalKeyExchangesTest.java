package org.ikebana.ike.proposal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.ikebana.ike.wire.Octets;
import org.ikebana.ike.wire.ProtocolId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 9370 2.2.1. */
class AdditionalKeyExchangesTest {
    private static final String BASE = "aes256gcm16-prfsha256-curve25519";

    @ParameterizedTest
    @CsvSource({
        "ke1_mlkem768,                            ke1_mlkem768,                 -ke1_mlkem768",
        "ke1_mlkem512-ke1_mlkem768,               ke1_mlkem768-ke1_mlkem512,    -ke1_mlkem768",
        "ke1_mlkem768-ke1_none,                   ke1_mlkem768,                 -ke1_mlkem768",
        "ke1_mlkem768-ke1_none,                   ke2_mlkem768-ke2_none,        -ke1_none",
        "ke1_mlkem768-ke1_none,                   '',                           -ke1_none",
        "'',                                      ke1_mlkem768-ke1_none,        ''",
        "ke3_ecp256-ke1_mlkem768,                 ke1_mlkem768-ke3_ecp256,      -ke1_mlkem768-ke3_ecp256",
        // the RFC's example: a method that two types have in common is taken once
        "ke2_mlkem512-ke2_mlkem768-ke3_mlkem512-ke3_mlkem768-ke5_ecp384-ke5_none,"
                + " ke2_mlkem768-ke3_mlkem768-ke3_mlkem512, -ke2_mlkem768-ke3_mlkem512-ke5_none",
        // the first choice for one type would leave none for the next
        "ke1_mlkem512-ke1_mlkem768-ke2_mlkem512,  ke1_mlkem512-ke1_mlkem768-ke2_mlkem512, -ke1_mlkem768-ke2_mlkem512",
        // only additional ones must differ
        "ke1_x25519,                              ke1_x25519,                   -ke1_curve25519",
    })
    void chooses(String offered, String allowed, String chosen) throws Exception {
        Selection selection = ProposalSelector.select(offer(offered), List.of(ike(allowed)));

        assertThat(selection).isInstanceOf(Selection.Selected.class);
        assertThat(((Selection.Selected) selection).suite()).hasToString(BASE + chosen);
    }

    @ParameterizedTest
    @CsvSource({
        "ke1_mlkem768,              '',                        the peer offers additional key exchange ke1_mlkem768",
        "'',                        ke1_mlkem768,              the peer offers no additional key exchange",
        "ke1_mlkem512,              ke1_mlkem768,              the peer offers additional key exchange ke1_mlkem512",
        "ke2_mlkem768,              ke1_mlkem768,              the peer offers no additional key exchange",
        "ke1_mlkem768-ke2_mlkem768, ke1_mlkem768-ke2_mlkem768, comes down to the same additional key exchange twice",
    })
    void refuses(String offered, String allowed, String reason) throws Exception {
        Selection selection = ProposalSelector.select(offer(offered), List.of(ike(allowed)));

        assertThat(selection).isInstanceOf(Selection.NoProposalChosen.class);
        assertThat(((Selection.NoProposalChosen) selection).reasons())
                .extracting(Mismatch::sentence)
                .singleElement()
                .asString()
                .contains(reason);
    }

    @ParameterizedTest
    @CsvSource({
        "ke1_mlkem768-ke2_mlkem768-ke2_mlkem512, ke1_mlkem768-ke2_mlkem512, true",
        "ke1_mlkem768-ke2_mlkem768-ke2_mlkem512, ke1_mlkem768-ke2_mlkem768, false",
        "ke1_mlkem768,                           '',                        false",
        "ke1_mlkem768-ke1_none,                  '',                        true",
        "'',                                     ke1_mlkem768,              false",
    })
    void verifiesThePeersChoice(String offer, String answer, boolean isGood) throws Exception {
        Selection selection = ProposalSelector.verifyChoice(offer(answer), List.of(ike(offer)));

        assertThat(selection instanceof Selection.Selected).isEqualTo(isGood);
    }

    @Test
    void theyComeInTheOrderOfTheirTypes() throws Exception {
        Suite suite = new Suite(
                ProtocolId.IKE,
                ike("ke7_mlkem512-ke1_none-ke2_ecp256-ke4_mlkem768").transforms());

        assertThat(suite.additionalKeyExchanges())
                .extracting(Transform::toString)
                .containsExactly("ke2_ecp256", "ke4_mlkem768", "ke7_mlkem512");
    }

    @Test
    void theChildOfIkeAuthHasNone() throws Exception {
        Proposal proposal = ProposalSyntax.parse(ProtocolId.ESP, "aes256gcm16-x25519-ke1_mlkem768");

        assertThat(proposal.hasAdditionalKeyExchanges()).isTrue();
        assertThat(proposal.withoutKeyExchange()).hasToString("aes256gcm16-noesn");
    }

    private static List<OfferedProposal> offer(String additional) throws ProposalSyntaxException {
        return ProposalCodec.fromWire(ProposalCodec.toWire(List.of(ike(additional)), Octets.EMPTY));
    }

    private static Proposal ike(String additional) throws ProposalSyntaxException {
        return ProposalSyntax.parse(ProtocolId.IKE, additional.isEmpty() ? BASE : BASE + "-" + additional);
    }
}
