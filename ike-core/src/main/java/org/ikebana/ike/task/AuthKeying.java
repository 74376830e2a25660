package org.ikebana.ike.task;

import java.util.List;
import org.ikebana.ike.proposal.Proposal;
import org.ikebana.ike.proposal.SelectionPolicy;
import org.ikebana.ike.proposal.Suite;

/** A child made in IKE_AUTH: the nonces of IKE_SA_INIT, and no key exchange of its own (RFC 7296 1.2, 2.17). */
public record AuthKeying(InitResult init) implements ChildKeying {
    @Override
    public SelectionPolicy policy() {
        return SelectionPolicy.DEFAULT.ignoringKeyExchange();
    }

    @Override
    public List<Proposal> offer(List<Proposal> configured) {
        return configured.stream().map(Proposal::withoutKeyExchange).distinct().toList();
    }

    @Override
    public ChildKeySource source(Suite suite) {
        return new ChildKeySource(init.algorithms().prf(), init.keys().skD(), init.ni(), init.nr(), null);
    }
}
