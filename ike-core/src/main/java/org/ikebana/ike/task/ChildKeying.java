package org.ikebana.ike.task;

import java.util.List;
import org.ikebana.ike.proposal.Proposal;
import org.ikebana.ike.proposal.SelectionPolicy;
import org.ikebana.ike.proposal.Suite;

/** Where the keys of a child come from in the exchange that makes it. */
public interface ChildKeying {
    /** Whether key exchanges of the proposals count in this exchange. */
    SelectionPolicy policy();

    /** The configured proposals as they are offered in this exchange. */
    List<Proposal> offer(List<Proposal> configured);

    /** What KEYMAT is made of once a suite has been agreed on. */
    ChildKeySource source(Suite suite) throws ExchangeException;
}
