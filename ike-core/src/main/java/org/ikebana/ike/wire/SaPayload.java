package org.ikebana.ike.wire;

import java.util.List;

/** Security Association payload (RFC 7296 3.3): proposals in the order of preference. */
public record SaPayload(List<ProposalSubstructure> proposals) implements Payload {
    public SaPayload {
        proposals = List.copyOf(proposals);
    }

    @Override
    public int typeCode() {
        return PayloadType.SA.code();
    }
}
