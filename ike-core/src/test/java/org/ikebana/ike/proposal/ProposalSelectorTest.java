package org.ikebana.ike.proposal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.util.ArrayList;
import java.util.List;
import org.ikebana.ike.proposal.Mismatch.Incomparable;
import org.ikebana.ike.proposal.Mismatch.NoCommonTransform;
import org.ikebana.ike.proposal.Mismatch.OtherProtocol;
import org.ikebana.ike.proposal.Mismatch.UnknownTransformType;
import org.ikebana.ike.proposal.Selection.NoProposalChosen;
import org.ikebana.ike.proposal.Selection.Selected;
import org.ikebana.ike.wire.KeId;
import org.ikebana.ike.wire.Octets;
import org.ikebana.ike.wire.ProtocolId;
import org.ikebana.ike.wire.TransformAttribute;
import org.ikebana.ike.wire.TransformSubstructure;
import org.ikebana.ike.wire.TransformType;
import org.junit.jupiter.api.Test;

class ProposalSelectorTest {
    private static final Octets SPI = Octets.ofHex("c0ffee01");

    @Test
    void prefersOurOrder() throws Exception {
        List<OfferedProposal> offer = ike("aes128-aes256-sha256-modp2048-ecp256, aes256gcm16-prfsha384-ecp384");
        List<Proposal> ours = ProposalSyntax.parseList(
                ProtocolId.IKE, "aes256gcm16-prfsha384-ecp384, aes256-aes128-sha256-ecp256-modp2048");

        Selected selected = selected(ProposalSelector.select(offer, ours));

        assertThat(selected.suite()).hasToString("aes256gcm16-prfsha384-ecp384");
        assertThat(selected.number()).isEqualTo(2);
        assertThat(selected.ours()).isEqualTo(ours.getFirst());
        assertThat(selected.peerSpi()).isEqualTo(SPI);
    }

    @Test
    void prefersThePeersOrderIfAsked() throws Exception {
        List<OfferedProposal> offer = ike("aes128-aes256-sha256-modp2048-ecp256, aes256gcm16-prfsha384-ecp384");
        List<Proposal> ours = ProposalSyntax.parseList(
                ProtocolId.IKE, "aes256gcm16-prfsha384-ecp384, aes256-aes128-sha256-ecp256-modp2048");

        Selected selected = selected(ProposalSelector.select(offer, ours, SelectionPolicy.DEFAULT.preferringPeer()));

        assertThat(selected.suite()).hasToString("aes128-sha256-prfsha256-modp2048");
        assertThat(selected.number()).isEqualTo(1);
    }

    @Test
    void takesTheGroupAtHandWithinAProposal() throws Exception {
        List<OfferedProposal> offer = ike("aes128gcm16-prfsha256-ecp256-curve25519-modp2048");
        List<Proposal> ours = ProposalSyntax.parseList(ProtocolId.IKE, "aes128gcm16-prfsha256-curve25519-ecp256");

        assertThat(group(ProposalSelector.select(offer, ours))).isEqualTo(KeId.CURVE25519);
        assertThat(group(ProposalSelector.select(offer, ours, SelectionPolicy.DEFAULT.withGroupAtHand(KeId.ECP_256))))
                .isEqualTo(KeId.ECP_256);
        assertThat(group(ProposalSelector.select(offer, ours, SelectionPolicy.DEFAULT.withGroupAtHand(KeId.MODP_2048))))
                .as("which we do not allow")
                .isEqualTo(KeId.CURVE25519);
    }

    @Test
    void leavesKeyExchangesOutOfIkeAuth() throws Exception {
        List<Proposal> ours = ProposalSyntax.parseList(ProtocolId.ESP, "aes256gcm16-ecp384");

        assertThat(selected(ProposalSelector.select(
                                esp("aes256gcm16"), ours, SelectionPolicy.DEFAULT.ignoringKeyExchange()))
                        .suite())
                .hasToString("aes256gcm16-noesn");
        assertThat(selected(ProposalSelector.select(
                                esp("aes256gcm16-none-modp2048"), ours, SelectionPolicy.DEFAULT.ignoringKeyExchange()))
                        .suite())
                .as("a NONE that was offered is to be answered (RFC 7296 2.7)")
                .hasToString("aes256gcm16-none-noesn");
        assertThat(ours.getFirst().withoutKeyExchange()).hasToString("aes256gcm16-noesn");
    }

    @Test
    void knowsThatNoneAndNothingAreTheSame() throws Exception {
        List<Proposal> optional = ProposalSyntax.parseList(ProtocolId.ESP, "aes256gcm16-none-ecp384");
        Transform none = Transform.of(TransformType.INTEG, 0);
        OfferedProposal withNone = offered(ProtocolId.ESP, transform("aes256gcm16"), none, transform("noesn"));

        assertThat(selected(ProposalSelector.select(esp("aes256gcm16"), optional))
                        .suite())
                .hasToString("aes256gcm16-noesn");
        Suite suite =
                selected(ProposalSelector.select(List.of(withNone), optional)).suite();
        assertThat(suite.transforms()).contains(none);
        assertThat(suite.transform(TransformType.INTEG)).isEmpty();
        assertThat(suite.transform(TransformType.KE)).isEmpty();
    }

    @Test
    void takesSilenceAboutSequenceNumbersForShortOnes() throws Exception {
        OfferedProposal silent = offered(ProtocolId.ESP, transform("aes256gcm16"));

        Suite suite = selected(ProposalSelector.select(
                        List.of(silent), ProposalSyntax.parseList(ProtocolId.ESP, "aes256gcm16-esn-noesn")))
                .suite();
        assertThat(suite).as("as it was offered").hasToString("aes256gcm16");
        assertThat(suite.usesExtendedSequenceNumbers()).isFalse();
        assertThat(sentence(ProposalSelector.select(
                        List.of(silent), ProposalSyntax.parseList(ProtocolId.ESP, "aes256gcm16-esn"))))
                .startsWith("the peer offers no extended sequence numbers, we allow extended sequence numbers esn");
        assertThat(selected(ProposalSelector.select(
                                esp("aes256gcm16-esn-noesn"),
                                ProposalSyntax.parseList(ProtocolId.ESP, "aes256gcm16-esn")))
                        .suite()
                        .usesExtendedSequenceNumbers())
                .isTrue();
    }

    @Test
    void chooseAnAeadFromAProposalThatMixesThemWithOthers() throws Exception {
        OfferedProposal mixed = offered(
                ProtocolId.ESP, transform("aes128"), transform("aes256gcm16"), transform("sha256"), transform("noesn"));

        assertThat(selected(ProposalSelector.select(
                                List.of(mixed), ProposalSyntax.parseList(ProtocolId.ESP, "aes256gcm16")))
                        .suite())
                .hasToString("aes256gcm16-noesn");
        assertThat(selected(ProposalSelector.select(
                                List.of(mixed), ProposalSyntax.parseList(ProtocolId.ESP, "aes128-sha256")))
                        .suite())
                .hasToString("aes128-sha256-noesn");
    }

    @Test
    void saysWhatTheFirstDifferenceIs() throws Exception {
        List<Proposal> ours = ProposalSyntax.parseList(ProtocolId.IKE, "aes256gcm16-prfsha384-ecp384");
        NoProposalChosen none = none(ProposalSelector.select(ike("aes256gcm16-prfsha256-ecp384-ecp256"), ours));

        assertThat(none.reasons()).singleElement(type(NoCommonTransform.class)).satisfies(mismatch -> {
            assertThat(mismatch.ours()).isEqualTo(ours.getFirst());
            assertThat(mismatch.firstDifference()).isEqualTo(TransformType.PRF);
            assertThat(mismatch.offered()).containsExactly(transform("prfsha256"));
            assertThat(mismatch.allowed()).containsExactly(transform("prfsha384"));
            assertThat(mismatch.sentence())
                    .isEqualTo("the peer offers PRF prfsha256, we allow PRF prfsha384 (its proposal 1,"
                            + " aes256gcm16-prfsha256-ecp384-ecp256, against our aes256gcm16-prfsha384-ecp384)");
        });
    }

    @Test
    void namesTheNearestMissOfEachOfOurProposals() throws Exception {
        List<OfferedProposal> offer = ike("3des-sha1-modp1024, aes256-sha256-modp1024, aes256-sha256-modp2048");
        List<Proposal> ours =
                ProposalSyntax.parseList(ProtocolId.IKE, "aes256gcm16-prfsha384-ecp384, aes256-sha256-ecp256-ecp384");

        assertThat(none(ProposalSelector.select(offer, ours)).reasons())
                .extracting(reason -> reason.sentence().replaceAll(" \\(.*", ""))
                .containsExactly(
                        "the peer offers key exchange modp1024, we allow key exchange ecp256 or ecp384",
                        "the peer offers encryption 3des, we allow encryption aes256gcm16");
    }

    @Test
    void namesWhatIsMissingAltogether() throws Exception {
        assertThat(sentence(ProposalSelector.select(
                        esp("aes256gcm16"), ProposalSyntax.parseList(ProtocolId.ESP, "aes256gcm16-ecp384"))))
                .startsWith("the peer offers no key exchange, we allow key exchange ecp384");
        assertThat(sentence(ProposalSelector.select(
                        esp("aes256gcm16-ecp384"), ProposalSyntax.parseList(ProtocolId.ESP, "aes256gcm16"))))
                .startsWith("the peer offers key exchange ecp384, we allow no key exchange");
        assertThat(ProposalSelector.select(List.of(), ProposalSyntax.defaults(ProtocolId.ESP)))
                .isEqualTo(new NoProposalChosen(List.of(new Incomparable("there is no proposal to choose from"))));
    }

    @Test
    void comparesProposalsOfOneProtocolOnly() throws Exception {
        List<OfferedProposal> offer = fromSyntax(ProtocolId.AH, "sha256");
        List<Mismatch> reasons = none(ProposalSelector.select(offer, ProposalSyntax.defaults(ProtocolId.ESP)))
                .reasons();

        assertThat(reasons).hasOnlyElementsOfType(OtherProtocol.class);
        assertThat(reasons.getFirst().sentence()).isEqualTo("the peer's proposal 1 is for AH, we allow ESP");
    }

    @Test
    void passesOverAProposalWithATypeItDoesNotKnow() throws Exception {
        OfferedProposal known = esp("aes256gcm16").getFirst();
        OfferedProposal unknown =
                new OfferedProposal(7, SPI, known.proposal(), List.of(new TransformSubstructure(99, 1, List.of())));
        List<Proposal> ours = ProposalSyntax.parseList(ProtocolId.ESP, "aes256gcm16");

        assertThat(selected(ProposalSelector.select(List.of(unknown, known), ours))
                        .number())
                .isEqualTo(1);
        List<Mismatch> reasons =
                none(ProposalSelector.select(List.of(unknown), ours)).reasons();
        assertThat(reasons).containsExactly(new UnknownTransformType(unknown));
        assertThat(reasons.getFirst().sentence())
                .isEqualTo(
                        "the peer's proposal 7, aes256gcm16-noesn[type 99 id 1], has a transform of a type that we do"
                                + " not know");
    }

    @Test
    void passesOverATransformWithAnAttributeItDoesNotKnow() throws Exception {
        TransformSubstructure odd = new TransformSubstructure(
                TransformType.INTEG.code(), 12, List.of(new TransformAttribute(99, true, Octets.ofHex("0001"))));
        OfferedProposal alone = new OfferedProposal(
                1, SPI, proposal(ProtocolId.ESP, transform("aes128"), transform("noesn")), List.of(odd));
        OfferedProposal beside = new OfferedProposal(
                1,
                SPI,
                proposal(ProtocolId.ESP, transform("aes128"), transform("sha384"), transform("noesn")),
                List.of(odd));
        List<Proposal> ours = ProposalSyntax.parseList(ProtocolId.ESP, "aes128-sha256-sha384");

        assertThat(selected(ProposalSelector.select(List.of(beside), ours)).suite())
                .hasToString("aes128-sha384-noesn");
        assertThat(sentence(ProposalSelector.select(List.of(alone), ours)))
                .startsWith("the peer offers no integrity, we allow integrity sha256 or sha384");
    }

    @Test
    void anEndlessOfferMakesNoEndlessSentence() throws Exception {
        Transform[] many = new Transform[5_000];
        for (int i = 0; i < many.length; i++) {
            many[i] = new Transform(TransformType.ENCR, 1024 + i, 256);
        }
        List<OfferedProposal> offer = List.of(offered(ProtocolId.ESP, many));

        assertThat(sentence(ProposalSelector.select(offer, ProposalSyntax.defaults(ProtocolId.ESP))))
                .hasSizeLessThan(3_000)
                .contains("encr(1055)_256 or others, we allow", "... (5000 transforms)");
    }

    @Test
    void aTypeWhoseOnlyTransformCannotBeUsedIsNotTakenForAbsent() throws Exception {
        TransformSubstructure odd = new TransformSubstructure(
                TransformType.KE.code(), 19, List.of(new TransformAttribute(99, true, Octets.ofHex("0001"))));
        OfferedProposal offer = new OfferedProposal(
                1, SPI, proposal(ProtocolId.ESP, transform("aes256gcm16"), transform("noesn")), List.of(odd));

        assertThat(none(ProposalSelector.select(
                                List.of(offer), ProposalSyntax.parseList(ProtocolId.ESP, "aes256gcm16")))
                        .reasons())
                .hasOnlyElementsOfType(NoCommonTransform.class);
    }

    @Test
    void acceptsTheAnswerToItsOffer() throws Exception {
        List<Proposal> offer =
                ProposalSyntax.parseList(ProtocolId.ESP, "aes256gcm16-ecp384, aes128-aes256-sha256-ecp384");

        Selected selected =
                selected(ProposalSelector.verifyChoice(answer(2, "aes256", "sha256", "ecp384", "noesn"), offer));

        assertThat(selected.suite()).hasToString("aes256-sha256-ecp384-noesn");
        assertThat(selected.ours()).isEqualTo(offer.get(1));
        assertThat(selected.peerSpi()).isEqualTo(SPI);
    }

    @Test
    void refusesAnswersThatAreNone() throws Exception {
        List<Proposal> offer = ProposalSyntax.parseList(ProtocolId.ESP, "aes256gcm16-ecp384, aes128-aes256-sha256");
        List<OfferedProposal> two = new ArrayList<>(answer(1, "aes256gcm16", "ecp384", "noesn"));
        two.addAll(answer(2, "aes128", "sha256", "noesn"));

        assertThat(sentence(ProposalSelector.verifyChoice(List.of(), offer)))
                .isEqualTo("the peer answered with 0 proposals instead of one");
        assertThat(sentence(ProposalSelector.verifyChoice(two, offer)))
                .isEqualTo("the peer answered with 2 proposals instead of one");
        assertThat(sentence(ProposalSelector.verifyChoice(answer(3, "aes128", "sha256", "noesn"), offer)))
                .isEqualTo("the peer chose proposal 3 of the 2 we offered");
        assertThat(sentence(ProposalSelector.verifyChoice(answer(0, "aes128", "sha256", "noesn"), offer)))
                .isEqualTo("the peer chose proposal 0 of the 2 we offered");
        assertThat(sentence(ProposalSelector.verifyChoice(answer(1, "aes128", "sha256", "noesn"), offer)))
                .startsWith("the peer offers encryption aes128, we allow encryption aes256gcm16");
        assertThat(sentence(ProposalSelector.verifyChoice(answer(1, "aes256gcm16", "noesn"), offer)))
                .startsWith("the peer offers no key exchange, we allow key exchange ecp384");
        assertThat(sentence(ProposalSelector.verifyChoice(answer(2, "aes128", "aes256", "sha256", "noesn"), offer)))
                .isEqualTo("the peer chose more than one transform of type ENCR: aes128-aes256-sha256-noesn");
        assertThat(sentence(
                        ProposalSelector.verifyChoice(answer(1, "aes256gcm16", "sha256", "ecp384", "noesn"), offer)))
                .isEqualTo("the peer's choice aes256gcm16-sha256-ecp384-noesn has what we did not offer");
    }

    @Test
    void refusesAnAnswerWithAnAttributeThatWasNotOffered() throws Exception {
        List<Proposal> offer = ProposalSyntax.parseList(ProtocolId.ESP, "aes256gcm16");
        OfferedProposal good = answer(1, "aes256gcm16", "noesn").getFirst();
        OfferedProposal more = new OfferedProposal(
                1,
                SPI,
                good.proposal(),
                List.of(new TransformSubstructure(
                        TransformType.ENCR.code(),
                        20,
                        List.of(new TransformAttribute(99, true, Octets.ofHex("0001"))))));

        assertThat(sentence(ProposalSelector.verifyChoice(List.of(more), offer)))
                .isEqualTo("the peer's choice aes256gcm16-noesn[type 1 id 20] has what we did not offer");
    }

    private static List<OfferedProposal> ike(String text) throws ProposalSyntaxException {
        return fromSyntax(ProtocolId.IKE, text);
    }

    private static List<OfferedProposal> esp(String text) throws ProposalSyntaxException {
        return fromSyntax(ProtocolId.ESP, text);
    }

    private static List<OfferedProposal> fromSyntax(int protocol, String text) throws ProposalSyntaxException {
        return ProposalCodec.fromWire(ProposalCodec.toWire(ProposalSyntax.parseList(protocol, text), SPI));
    }

    private static List<OfferedProposal> answer(int number, String... words) {
        Transform[] transforms = new Transform[words.length];
        for (int i = 0; i < words.length; i++) {
            transforms[i] = transform(words[i]);
        }
        return List.of(new OfferedProposal(number, SPI, proposal(ProtocolId.ESP, transforms), List.of()));
    }

    private static OfferedProposal offered(int protocol, Transform... transforms) {
        return new OfferedProposal(1, SPI, proposal(protocol, transforms), List.of());
    }

    private static Proposal proposal(int protocol, Transform... transforms) {
        return new Proposal(protocol, List.of(transforms));
    }

    private static Transform transform(String word) {
        return Keywords.find(word).orElseThrow();
    }

    private static int group(Selection selection) {
        return selected(selection)
                .suite()
                .transform(TransformType.KE)
                .orElseThrow()
                .id();
    }

    private static Selected selected(Selection selection) {
        return assertThat(selection).asInstanceOf(type(Selected.class)).actual();
    }

    private static NoProposalChosen none(Selection selection) {
        return assertThat(selection).asInstanceOf(type(NoProposalChosen.class)).actual();
    }

    private static String sentence(Selection selection) {
        return none(selection).reasons().getFirst().sentence();
    }
}
