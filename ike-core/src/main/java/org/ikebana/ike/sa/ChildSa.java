package org.ikebana.ike.sa;

import java.util.List;
import java.util.Optional;
import org.ikebana.ike.connection.ChildConfig;
import org.ikebana.ike.event.ChildSaName;
import org.ikebana.ike.kernel.Lifetimes;
import org.ikebana.ike.kernel.Policy;
import org.ikebana.ike.kernel.SaKey;
import org.ikebana.ike.kernel.SaMode;
import org.ikebana.ike.kernel.SaUsage;
import org.ikebana.ike.proposal.Suite;
import org.ikebana.ike.task.ChildSelectors;

/**
 * An installed pair of SAs (RFC 4301 4.1) with its policies. The keys are the kernel's alone. The pair stays the same one
 * when its ends move.
 */
public final class ChildSa {
    private final ChildSaName name;
    private final int lineage;
    private final ChildConfig config;
    private final Suite suite;
    private final SaMode mode;
    private final int reqid;
    private final ChildSelectors selectors;
    private final Terms terms;
    private Ends ends;
    private Optional<Carried> carried = Optional.empty();

    /**
     * How long it may be used.
     *
     * @param installed when, in nanoseconds of the environment's clock
     */
    record Terms(Lifetimes limits, long installed) {}

    /** What has passed its two SAs by the time that they go. */
    record Carried(Optional<SaUsage> inbound, Optional<SaUsage> outbound) {}

    /**
     * What moves with the IKE SA.
     *
     * @param inbound identifies the SA towards us
     */
    record Ends(SaKey inbound, SaKey outbound, boolean encapsulated, List<Policy> policies) {
        Ends {
            policies = List.copyOf(policies);
        }
    }

    ChildSa(
            ChildSaName name,
            int lineage,
            ChildConfig config,
            Suite suite,
            SaMode mode,
            int reqid,
            ChildSelectors selectors,
            Terms terms,
            Ends ends) {
        this.name = name;
        this.lineage = lineage;
        this.config = config;
        this.suite = suite;
        this.mode = mode;
        this.reqid = reqid;
        this.selectors = selectors;
        this.terms = terms;
        this.ends = ends;
    }

    Terms terms() {
        return terms;
    }

    /** Known once they are gone, or about to go. */
    Optional<Carried> carried() {
        return carried;
    }

    void hasCarried(Carried all) {
        carried = Optional.of(all);
    }

    void moved(Ends now) {
        ends = now;
    }

    public ChildSaName name() {
        return name;
    }

    /** The number of the pair that this one, by rekeys, has come of. */
    int lineage() {
        return lineage;
    }

    public ChildConfig config() {
        return config;
    }

    public Suite suite() {
        return suite;
    }

    public SaMode mode() {
        return mode;
    }

    /** Identifies the SA towards us. */
    public SaKey inbound() {
        return ends.inbound;
    }

    public SaKey outbound() {
        return ends.outbound;
    }

    public int reqid() {
        return reqid;
    }

    public ChildSelectors selectors() {
        return selectors;
    }

    /** ESP goes in UDP. */
    public boolean encapsulated() {
        return ends.encapsulated;
    }

    public List<Policy> policies() {
        return ends.policies;
    }

    @Override
    public String toString() {
        return name.toString();
    }
}
