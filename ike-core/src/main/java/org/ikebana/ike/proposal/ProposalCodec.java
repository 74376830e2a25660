package org.ikebana.ike.proposal;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ikebana.ike.wire.Octets;
import org.ikebana.ike.wire.ProposalSubstructure;
import org.ikebana.ike.wire.SaPayload;
import org.ikebana.ike.wire.TransformSubstructure;
import org.ikebana.ike.wire.TransformType;

/** Proposals to and from SA payloads (RFC 7296 3.3). */
public final class ProposalCodec {
    private ProposalCodec() {}

    /**
     * An offer, numbered from 1. Where a proposal has AEADs and other ciphers it becomes two (RFC 5282 8).
     *
     * @param spi ours, the same in each proposal; empty in IKE_SA_INIT
     */
    public static SaPayload toWire(List<Proposal> proposals, Octets spi) {
        List<ProposalSubstructure> substructures = new ArrayList<>();
        for (Proposal proposal : asOffered(proposals)) {
            substructures.add(substructure(substructures.size() + 1, proposal.protocol(), spi, proposal.transforms()));
        }
        return new SaPayload(substructures);
    }

    /**
     * The answer to an offer.
     *
     * @param proposalNumber of the peer's proposal that was chosen
     * @param spi ours; empty in IKE_SA_INIT
     */
    public static SaPayload toWire(Suite suite, int proposalNumber, Octets spi) {
        return new SaPayload(List.of(substructure(proposalNumber, suite.protocol(), spi, suite.transforms())));
    }

    /** An offer, or the one proposal of an answer. Nothing is lost: what cannot be used stays, to be named. */
    public static List<OfferedProposal> fromWire(SaPayload payload) {
        return payload.proposals().stream().map(ProposalCodec::offered).toList();
    }

    /** The proposals that an offer of {@code proposals} consists of; the first has number 1. */
    static List<Proposal> asOffered(List<Proposal> proposals) {
        return proposals.stream().flatMap(Proposal::separated).distinct().toList();
    }

    private static OfferedProposal offered(ProposalSubstructure substructure) {
        List<Transform> usable = new ArrayList<>();
        List<TransformSubstructure> unusable = new ArrayList<>();
        for (TransformSubstructure transform : substructure.transforms()) {
            Optional<TransformType> type = TransformType.of(transform.type());
            // Nothing has a key of no bits; 0 stands for no Key Length in Transform.
            boolean isKeyless =
                    transform.keyBits() == 0 && !transform.attributes().isEmpty();
            if (type.isPresent() && transform.isUnderstood() && !isKeyless) {
                usable.add(new Transform(type.get(), transform.id(), transform.keyBits()));
            } else {
                unusable.add(transform);
            }
        }
        Proposal proposal = new Proposal(substructure.protocolId(), usable);
        return new OfferedProposal(substructure.number(), substructure.spi(), proposal, unusable);
    }

    private static ProposalSubstructure substructure(int number, int protocol, Octets spi, List<Transform> transforms) {
        return new ProposalSubstructure(
                number,
                protocol,
                spi,
                transforms.stream().map(ProposalCodec::substructure).toList());
    }

    private static TransformSubstructure substructure(Transform transform) {
        return transform.keyBits() == 0
                ? TransformSubstructure.of(transform.type(), transform.id())
                : TransformSubstructure.of(transform.type(), transform.id(), transform.keyBits());
    }
}
