package org.ikebana.ike.sa;

import java.util.Optional;
import org.ikebana.ike.auth.Identity;
import org.ikebana.ike.connection.ChildConfig;
import org.ikebana.ike.connection.ConnectionConfig;
import org.ikebana.ike.event.DatagramDrop;
import org.ikebana.ike.event.Failure;
import org.ikebana.ike.task.Role;

/** What the engine wants to know of its IKE SAs. */
public interface SaListener {
    /** The peer has proved who it is: it counts as half-open no more, even if it cannot come in yet. */
    void settled(IkeSa ikeSa);

    /** @param initialContact the peer says that it has no other IKE SA with us (RFC 7296 2.4) */
    void established(IkeSa ikeSa, boolean initialContact);

    /** @param role ours in the exchange that has made it */
    void childEstablished(IkeSa ikeSa, ChildSa child, Role role);

    /** The new pair goes on where the old one ended. */
    void childRekeyed(IkeSa ikeSa, ChildSa old, ChildSa fresh);

    /** A new IKE SA with fresh keys has the children of the old one. */
    void rekeyed(IkeSa old, IkeSa fresh);

    /** Both ends are to be authenticated anew, by another IKE SA (RFC 7296 2.8.3). */
    void reauthenticationDue(IkeSa ikeSa);

    void childFailed(IkeSa ikeSa, ChildConfig child, Failure failure);

    void childClosed(IkeSa ikeSa, ChildSa child, CloseCause cause);

    /** The IKE SA is gone, its children before it. */
    void closed(IkeSa ikeSa, Optional<ConnectionConfig> connection, CloseCause cause, Optional<Failure> failure);

    /** Whether there is an established IKE SA with such a peer: no INITIAL_CONTACT then (RFC 7296 2.4). */
    boolean knows(Identity local, Identity remotePattern);

    /** Whether a peer that has just proven who it is may have this half-open SA. */
    boolean isWelcome(
            IkeSa halfOpen, ConnectionConfig connection, Identity local, Identity remote, boolean initialContact);

    /** A message has been sent or taken; not its repetitions. */
    void exchanged(IkeSa ikeSa, MessageKind message);

    void dropped(DatagramDrop cause);
}
