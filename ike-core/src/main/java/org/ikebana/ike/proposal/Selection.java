package org.ikebana.ike.proposal;

import java.util.List;
import org.ikebana.ike.wire.Octets;

/** What came of comparing an offer with what is allowed. */
public sealed interface Selection {
    /**
     * @param number of the peer's proposal, to be repeated in the answer (RFC 7296 3.3.1)
     * @param peerSpi the peer's SPI, empty in IKE_SA_INIT
     * @param ours what of ours it matched
     */
    record Selected(Suite suite, int number, Octets peerSpi, Proposal ours) implements Selection {}

    /** @param reasons what stands in the way, the smallest obstacle first; never empty */
    record NoProposalChosen(List<Mismatch> reasons) implements Selection {
        public NoProposalChosen {
            reasons = List.copyOf(reasons);
        }
    }
}
