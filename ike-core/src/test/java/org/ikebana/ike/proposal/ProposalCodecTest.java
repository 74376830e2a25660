package org.ikebana.ike.proposal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.ikebana.ike.wire.Octets;
import org.ikebana.ike.wire.ProposalSubstructure;
import org.ikebana.ike.wire.ProtocolId;
import org.ikebana.ike.wire.SaPayload;
import org.ikebana.ike.wire.TransformAttribute;
import org.ikebana.ike.wire.TransformSubstructure;
import org.ikebana.ike.wire.TransformType;
import org.junit.jupiter.api.Test;

class ProposalCodecTest {
    private static final Octets SPI = Octets.ofHex("c0ffee01");

    @Test
    void numbersAnOfferAndPutsTheSpiIntoEachProposal() throws Exception {
        SaPayload payload = ProposalCodec.toWire(
                ProposalSyntax.parseList(ProtocolId.ESP, "aes256gcm16-ecp384, 3des-sha1-esn"), SPI);

        assertThat(payload)
                .isEqualTo(new SaPayload(List.of(
                        new ProposalSubstructure(
                                1,
                                ProtocolId.ESP,
                                SPI,
                                List.of(
                                        TransformSubstructure.of(TransformType.ENCR, 20, 256),
                                        TransformSubstructure.of(TransformType.KE, 20),
                                        TransformSubstructure.of(TransformType.ESN, 0))),
                        new ProposalSubstructure(
                                2,
                                ProtocolId.ESP,
                                SPI,
                                List.of(
                                        TransformSubstructure.of(TransformType.ENCR, 3),
                                        TransformSubstructure.of(TransformType.INTEG, 2),
                                        TransformSubstructure.of(TransformType.ESN, 1))))));
    }

    @Test
    void separatesAeadsFromOtherCiphers() {
        Proposal mixed = proposal("aes128", "aes256gcm16", "sha256", "noesn");
        SaPayload payload = ProposalCodec.toWire(List.of(mixed), SPI);

        assertThat(ProposalCodec.fromWire(payload))
                .extracting(OfferedProposal::toString)
                .containsExactly("aes128-sha256-noesn", "aes256gcm16-noesn");
        assertThat(payload.proposals()).extracting(ProposalSubstructure::number).containsExactly(1, 2);
        Selection choice = ProposalSelector.verifyChoice(
                List.of(new OfferedProposal(2, SPI, proposal("aes256gcm16", "noesn"), List.of())), List.of(mixed));
        assertThat(choice).as("numbers of the answer").isInstanceOf(Selection.Selected.class);
    }

    @Test
    void offersNoProposalTwice() throws Exception {
        List<Proposal> proposals = ProposalSyntax.parseList(ProtocolId.ESP, "aes256gcm16-ecp384, aes256gcm16-ecp256");

        assertThat(ProposalCodec.toWire(
                                proposals.stream()
                                        .map(Proposal::withoutKeyExchange)
                                        .toList(),
                                SPI)
                        .proposals())
                .hasSize(1);
    }

    @Test
    void answersWithTheNumberOfTheProposalThatWasChosen() {
        Suite suite = new Suite(
                ProtocolId.IKE, proposal("aes256gcm16", "prfsha384", "ecp384").transforms());

        assertThat(ProposalCodec.toWire(suite, 7, Octets.EMPTY))
                .isEqualTo(new SaPayload(List.of(new ProposalSubstructure(
                        7,
                        ProtocolId.IKE,
                        Octets.EMPTY,
                        List.of(
                                TransformSubstructure.of(TransformType.ENCR, 20, 256),
                                TransformSubstructure.of(TransformType.PRF, 6),
                                TransformSubstructure.of(TransformType.KE, 20))))));
    }

    @Test
    void setsAsideWhatItDoesNotUnderstand() {
        TransformSubstructure unknownType = new TransformSubstructure(200, 5, List.of());
        TransformSubstructure unknownAttribute = new TransformSubstructure(
                1,
                20,
                List.of(TransformAttribute.keyLength(256), new TransformAttribute(15, true, Octets.ofHex("0000"))));
        TransformSubstructure unknownId = TransformSubstructure.of(TransformType.ENCR, 4711, 192);
        SaPayload payload = new SaPayload(List.of(
                new ProposalSubstructure(3, ProtocolId.ESP, SPI, List.of(unknownId, unknownType, unknownAttribute))));

        assertThat(ProposalCodec.fromWire(payload)).singleElement().satisfies(offered -> {
            assertThat(offered.number()).isEqualTo(3);
            assertThat(offered.spi()).isEqualTo(SPI);
            assertThat(offered.proposal().transforms()).containsExactly(new Transform(TransformType.ENCR, 4711, 192));
            assertThat(offered.unusable()).containsExactly(unknownType, unknownAttribute);
            assertThat(offered).hasToString("encr(4711)_192[type 200 id 5][type 1 id 20]");
        });
    }

    @Test
    void keepsAKeyLengthOfZeroApartFromNone() {
        SaPayload payload = new SaPayload(List.of(new ProposalSubstructure(
                1, ProtocolId.ESP, SPI, List.of(TransformSubstructure.of(TransformType.ENCR, 28, 0)))));

        assertThat(ProposalCodec.fromWire(payload))
                .singleElement()
                .satisfies(
                        offered -> assertThat(offered.proposal().transforms()).isEmpty());
    }

    private static Proposal proposal(String... words) {
        return new Proposal(
                ProtocolId.ESP,
                Stream.of(words).map(word -> Keywords.find(word).orElseThrow()).toList());
    }
}
