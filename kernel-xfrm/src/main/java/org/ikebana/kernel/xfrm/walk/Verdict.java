package org.ikebana.kernel.xfrm.walk;

import java.util.List;
import java.util.Optional;
import org.ikebana.kernel.xfrm.table.SaEntry;
import org.ikebana.kernel.xfrm.table.XfrmCounter;

/** Where a packet ends. */
public sealed interface Verdict {
    /** It goes on without IPsec. */
    record InClear(String why) implements Verdict {}

    /** It is wrapped by these SAs, the first of them innermost. */
    record Sent(List<SaEntry> sas) implements Verdict {
        public Sent {
            sas = List.copyOf(sas);
        }
    }

    /**
     * There is no SA yet.
     *
     * @param asked the larval SA, where an ACQUIRE is out already
     * @param held it waits; else it is dropped, as {@code net.core.xfrm_larval_drop} has it by default
     */
    record Awaited(int reqid, Optional<SaEntry> asked, boolean held) implements Verdict {}

    /**
     * It may come in, but through these SAs only.
     *
     * @param sas any one of them
     */
    record OnlyThrough(List<SaEntry> sas) implements Verdict {
        public OnlyThrough {
            sas = List.copyOf(sas);
        }
    }

    /**
     * It is dropped.
     *
     * @param counter that rises; empty where it is the interface's
     */
    record Dropped(String why, Optional<XfrmCounter> counter) implements Verdict {}
}
