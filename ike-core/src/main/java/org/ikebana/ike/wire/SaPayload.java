package org.ikebana.ike.wire;

import java.util.ArrayList;
import java.util.List;

/** Security Association payload (RFC 7296 3.3): proposals in the order of preference, at least one. */
public record SaPayload(List<ProposalSubstructure> proposals) implements Payload {
    public SaPayload {
        if (proposals.isEmpty()) {
            throw new IllegalArgumentException("an SA payload without a proposal");
        }
        proposals = List.copyOf(proposals);
    }

    @Override
    public int typeCode() {
        return PayloadType.SA.code();
    }

    static SaPayload read(PayloadReader in) throws MalformedException {
        List<ProposalSubstructure> proposals = new ArrayList<>();
        boolean more = true;
        while (more) {
            WireLimits.require(proposals.size() + 1, WireLimits.PROPOSALS, "proposals");
            more = in.more(ProposalSubstructure.MORE);
            proposals.add(ProposalSubstructure.read(in.substructure()));
        }
        return new SaPayload(proposals);
    }

    @Override
    public void writeBody(PayloadWriter out) {
        for (int i = 0; i < proposals.size(); i++) {
            proposals.get(i).write(out, i < proposals.size() - 1);
        }
    }
}
