package org.ikebana.ike.engine;

import org.ikebana.ike.sa.ChildSa;
import org.ikebana.ike.sa.IkeSa;

/** Who wants to know what becomes of SAs, apart from the engine; called on the event loop, returns at once. */
public interface SaObserver {
    void ikeSaUp(IkeSa ikeSa);

    /** What it had agreed upon can still be asked for. A rekeyed one is none of these: its successor goes on. */
    void ikeSaDown(IkeSa ikeSa);

    void ikeSaRekeyed(IkeSa old, IkeSa fresh);

    void childSaUp(IkeSa ikeSa, ChildSa child);

    void childSaDown(IkeSa ikeSa, ChildSa child);

    void childSaRekeyed(IkeSa ikeSa, ChildSa old, ChildSa fresh);
}
