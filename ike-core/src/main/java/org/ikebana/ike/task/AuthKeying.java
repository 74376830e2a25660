package org.ikebana.ike.task;

import java.util.List;
import java.util.function.Supplier;
import org.ikebana.ike.proposal.Proposal;
import org.ikebana.ike.proposal.SelectionPolicy;
import org.ikebana.ike.proposal.Suite;

/**
 * A child made in IKE_AUTH: the nonces of IKE_SA_INIT, and no key exchange of its own (RFC 7296 1.2, 2.17).
 *
 * @param init asked for once the exchange is over: whether a PPK goes into SK_d is decided in it (RFC 8784 3)
 */
public record AuthKeying(Supplier<InitResult> init) implements ChildKeying {
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
        InitResult now = init.get();
        return new ChildKeySource(now.algorithms().prf(), now.keys().skD(), now.ni(), now.nr(), null);
    }
}
