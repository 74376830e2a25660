package org.ikebana.ike.proposal;

import static java.util.stream.Collectors.joining;

import java.util.List;
import org.ikebana.ike.wire.Octets;
import org.ikebana.ike.wire.TransformSubstructure;
import org.ikebana.ike.wire.TransformType;

/**
 * A proposal as a peer sent it.
 *
 * @param spi the peer's: 4 octets for AH and ESP, 8 for an IKE SA that is being rekeyed, else empty
 * @param proposal the transforms that may be chosen
 * @param unusable transforms of an unknown type or with an unknown attribute, which may not (RFC 7296 3.3.6)
 */
public record OfferedProposal(int number, Octets spi, Proposal proposal, List<TransformSubstructure> unusable) {
    private static final int MAX_PRINTED = 64;

    public OfferedProposal {
        unusable = List.copyOf(unusable);
    }

    /**
     * Whether there is a transform of a type that we do not know. One of each type would have to be chosen, so the
     * proposal cannot be (RFC 7296 3.3.6).
     */
    boolean hasUnknownType() {
        return unusable.stream().anyMatch(t -> TransformType.of(t.type()).isEmpty());
    }

    /** Whether the peer sent any transform of that type, usable or not. */
    boolean includes(TransformType type) {
        return proposal.transforms().stream().anyMatch(t -> t.type() == type)
                || unusable.stream().anyMatch(t -> t.type() == type.code());
    }

    /**
     * As {@link Proposal}, with what is unusable in brackets: {@code aes256-sha256[type 99 id 1]}. A peer may send
     * thousands of transforms; just the first are named.
     */
    @Override
    public String toString() {
        int all = proposal.transforms().size() + unusable.size();
        String usable = ProposalSyntax.print(
                proposal.transforms().stream().limit(MAX_PRINTED).toList());
        String rest = unusable.stream()
                .limit(MAX_PRINTED)
                .map(t -> "[type " + t.type() + " id " + t.id() + "]")
                .collect(joining());
        return usable + rest + (all > MAX_PRINTED ? "... (" + all + " transforms)" : "");
    }
}
