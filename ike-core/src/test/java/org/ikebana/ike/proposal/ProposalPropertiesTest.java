package org.ikebana.ike.proposal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.ikebana.ike.proposal.Selection.NoProposalChosen;
import org.ikebana.ike.proposal.Selection.Selected;
import org.ikebana.ike.wire.Octets;
import org.ikebana.ike.wire.ProtocolId;
import org.ikebana.ike.wire.TransformType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds of any proposals; a failure names the seed that repeats it. */
class ProposalPropertiesTest {
    private static final int ROUNDS = 3_000;
    private static final Octets SPI = Octets.ofHex("c0ffee01");

    @ParameterizedTest
    @ValueSource(ints = {ProtocolId.IKE, ProtocolId.ESP, ProtocolId.AH})
    void whatIsPrintedReadsTheSame(int protocol) throws Exception {
        for (long seed = 0; seed < ROUNDS; seed++) {
            Proposal proposal = new RandomProposals(seed).next(protocol);

            assertThat(ProposalSyntax.parse(protocol, proposal.toString()))
                    .as("seed %d", seed)
                    .isEqualTo(proposal);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {ProtocolId.IKE, ProtocolId.ESP, ProtocolId.AH})
    void theInitiatorAcceptsWhatTheResponderChooses(int protocol) throws Exception {
        int matches = 0;
        for (long seed = 0; seed < ROUNDS; seed++) {
            RandomProposals random = new RandomProposals(seed);
            List<Proposal> initiators =
                    random.several(protocol).stream().distinct().toList();
            List<Proposal> responders = random.several(protocol);
            SelectionPolicy policy = policy(random);
            List<OfferedProposal> offer = ProposalCodec.fromWire(ProposalCodec.toWire(initiators, SPI));

            switch (ProposalSelector.select(offer, responders, policy)) {
                case Selected selected -> {
                    matches++;
                    assertThat(verify(selected, initiators, policy))
                            .as("seed %d: %s from %s", seed, selected, initiators)
                            .isEqualTo(new Selected(
                                    selected.suite(),
                                    selected.number(),
                                    Octets.ofHex("01020304"),
                                    initiators.get(selected.number() - 1)));
                    assertAllowed(selected, responders, policy, seed);
                }
                case NoProposalChosen none ->
                    assertThat(none.reasons())
                            .as("seed %d", seed)
                            .isNotEmpty()
                            .allSatisfy(reason -> assertThat(reason.sentence()).isNotBlank());
            }
        }
        assertThat(matches).as("both outcomes occur").isBetween(ROUNDS / 20, ROUNDS * 19 / 20);
    }

    @ParameterizedTest
    @ValueSource(ints = {ProtocolId.IKE, ProtocolId.ESP})
    void aMatchDoesNotDependOnWhoseOrderCounts(int protocol) throws Exception {
        for (long seed = 0; seed < ROUNDS; seed++) {
            RandomProposals random = new RandomProposals(seed);
            List<Proposal> ours = random.several(protocol);
            List<OfferedProposal> offer = List.of(new OfferedProposal(1, SPI, random.mixed(protocol), List.of()));

            assertThat(ProposalSelector.select(offer, ours) instanceof Selected)
                    .as("seed %d", seed)
                    .isEqualTo(
                            ProposalSelector.select(offer, ours, SelectionPolicy.DEFAULT.preferringPeer())
                                    instanceof Selected);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {ProtocolId.IKE, ProtocolId.ESP})
    void oneTransformOfEachOfferedTypeIsChosen(int protocol) throws Exception {
        for (long seed = 0; seed < ROUNDS; seed++) {
            RandomProposals random = new RandomProposals(seed);
            List<Proposal> ours = random.several(protocol);
            Proposal theirs = random.mixed(protocol);
            Selection selection = ProposalSelector.select(
                    List.of(new OfferedProposal(1, SPI, theirs, List.of())), ours, policy(random));

            if (selection instanceof Selected selected) {
                Suite suite = selected.suite();
                assertThat(theirs.transforms()).as("seed %d", seed).containsAll(suite.transforms());
                assertThat(suite.transforms()).extracting(Transform::type).doesNotHaveDuplicates();
                boolean aead = suite.transforms().stream().anyMatch(Transform::isAead);
                assertThat(suite.transform(TransformType.INTEG).isPresent())
                        .as("seed %d: integrity beside %s", seed, suite)
                        .isEqualTo(!aead);
            }
        }
    }

    private static SelectionPolicy policy(RandomProposals random) {
        SelectionPolicy policy = SelectionPolicy.DEFAULT;
        policy = random.upTo(2) == 0 ? policy.preferringPeer() : policy;
        return random.upTo(3) == 0 ? policy.withGroupAtHand(31) : policy;
    }

    private static Selection verify(Selected selected, List<Proposal> offer, SelectionPolicy policy) {
        return ProposalSelector.verifyChoice(
                ProposalCodec.fromWire(
                        ProposalCodec.toWire(selected.suite(), selected.number(), Octets.ofHex("01020304"))),
                offer,
                policy);
    }

    private static void assertAllowed(Selected selected, List<Proposal> responders, SelectionPolicy policy, long seed) {
        assertThat(responders).as("seed %d", seed).contains(selected.ours());
        assertThat(selected.suite().transforms())
                .as("seed %d, %s", seed, policy)
                .filteredOn(t -> !t.isNone() && t.type() != TransformType.ESN)
                .isSubsetOf(selected.ours().transforms());
    }
}
