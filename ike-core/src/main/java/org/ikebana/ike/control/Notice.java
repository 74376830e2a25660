package org.ikebana.ike.control;

import org.ikebana.ike.event.IkeEvent;
import org.ikebana.ike.sa.ChildSaStatus;
import org.ikebana.ike.sa.IkeSaStatus;

/** What subscribers hear of: each event as it is, and what becomes of SAs together with how they are at that moment. */
public sealed interface Notice {
    /** Comes before any notice of the SAs that it is about. */
    record Happened(IkeEvent event) implements Notice {}

    record IkeSaUp(IkeSaStatus ikeSa) implements Notice {}

    record IkeSaDown(IkeSaStatus ikeSa) implements Notice {}

    record IkeSaRekeyed(IkeSaStatus before, IkeSaStatus now) implements Notice {}

    record ChildSaUp(IkeSaStatus ikeSa, ChildSaStatus child) implements Notice {}

    record ChildSaDown(IkeSaStatus ikeSa, ChildSaStatus child) implements Notice {}

    record ChildSaRekeyed(IkeSaStatus ikeSa, ChildSaStatus before, ChildSaStatus now) implements Notice {}
}
