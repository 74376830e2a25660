package org.ikebana.ike.sa;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.ikebana.ike.connection.ChildConfig;
import org.ikebana.ike.connection.SelectorSpec;
import org.ikebana.ike.kernel.KernelBackend;
import org.ikebana.ike.kernel.KernelException;
import org.ikebana.ike.kernel.KernelUpdate;
import org.ikebana.ike.kernel.Policy;
import org.ikebana.ike.task.ChildSelectors;
import org.ikebana.ike.ts.IpRange;
import org.ikebana.ike.ts.ProtocolPorts;
import org.ikebana.ike.ts.TrafficSelector;

/** Policies that let traffic pass as it is, or drop it (RFC 4301 4.4.1: BYPASS, DISCARD). There is no peer. */
public final class Shunt implements StandingPolicies {
    private static final List<IpRange> ALL_ADDRESSES = List.of(IpRange.ALL_IPV4, IpRange.ALL_IPV6);

    private final KernelTables tables;
    private final ChildSelectors selectors;
    private final List<Policy> policies;

    private Shunt(KernelTables tables, ChildSelectors selectors, List<Policy> policies) {
        this.tables = tables;
        this.selectors = selectors;
        this.policies = policies;
    }

    /** @param action what becomes of the child's traffic */
    public static Shunt install(KernelBackend kernel, KernelTables tables, ChildConfig child, Policy.Action action)
            throws KernelException {
        ChildSelectors selectors = selectors(child);
        List<Policy> policies = ChildPolicies.ofShunt(child, action, selectors);
        Shunt shunt = new Shunt(tables, selectors, policies);
        try {
            kernel.apply(new KernelUpdate(tables.policies().add(shunt, policies)));
        } catch (KernelException e) {
            tables.policies().remove(shunt, policies);
            throw e;
        }
        return shunt;
    }

    @Override
    public int reqid() {
        return 0;
    }

    @Override
    public ChildSelectors selectors() {
        return selectors;
    }

    @Override
    public boolean hasAddressesOf(Endpoints others) {
        return true;
    }

    @Override
    public void remove() {
        tables.removals().apply(tables.policies().remove(this, policies), "cannot remove a shunt");
    }

    /** There is no IKE SA whose address {@code dynamic} could be: it is any, of the families of the other side. */
    private static ChildSelectors selectors(ChildConfig child) {
        return new ChildSelectors(
                fill(child.localSelectors(), child.remoteSelectors()),
                fill(child.remoteSelectors(), child.localSelectors()));
    }

    private static List<TrafficSelector> fill(List<SelectorSpec> specs, List<SelectorSpec> others) {
        List<TrafficSelector> selectors = new ArrayList<>(specs.size());
        for (SelectorSpec spec : specs) {
            switch (spec) {
                case SelectorSpec.Fixed fixed -> selectors.add(fixed.selector());
                case SelectorSpec.Dynamic dynamic ->
                    anyAddress(others)
                            .map(range -> TrafficSelector.of(
                                    range,
                                    new ProtocolPorts(dynamic.protocol(), dynamic.startPort(), dynamic.endPort())))
                            .forEach(selectors::add);
            }
        }
        return selectors;
    }

    private static Stream<IpRange> anyAddress(List<SelectorSpec> others) {
        return ALL_ADDRESSES.stream()
                .filter(range -> others.stream()
                        .anyMatch(other -> !(other instanceof SelectorSpec.Fixed fixed)
                                || fixed.selector().range().isSameFamily(range)));
    }
}
