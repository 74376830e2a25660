package org.ikebana.ike.engine;

import java.util.Optional;
import org.ikebana.ike.connection.ConnectionConfig;
import org.ikebana.ike.sa.ChildSa;
import org.ikebana.ike.sa.Endpoints;
import org.ikebana.ike.sa.IkeSa;

/** Where the {@link Reconciler} finds the IKE SAs for its children. */
interface ReconciledSas {
    /** One that is there and takes children, or else a new one, which begins once the caller has returned. */
    IkeSa forChild(ConnectionConfig connection, Endpoints endpoints);

    /** The child, where it is up. */
    Optional<ChildGoal.Progress.Up> atWork(String connection, String child);

    /** Whether this pair goes on in the place of one on an IKE SA that authenticates anew. */
    boolean isContinued(IkeSa ikeSa, ChildSa child);
}
