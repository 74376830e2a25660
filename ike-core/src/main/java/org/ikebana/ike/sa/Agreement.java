package org.ikebana.ike.sa;

import org.ikebana.ike.auth.Identity;
import org.ikebana.ike.connection.ConnectionConfig;
import org.ikebana.ike.proposal.Suite;

/**
 * Who the two ends of an IKE SA are, and how they talk.
 *
 * @param since when it was established, in nanoseconds of the environment's clock
 */
public record Agreement(ConnectionConfig connection, Identity localId, Identity remoteId, Suite suite, long since) {}
