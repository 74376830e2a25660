package org.ikebana.ike.sa;

import java.net.InetAddress;
import java.util.List;
import org.ikebana.ike.connection.ChildConfig;
import org.ikebana.ike.kernel.KernelBackend;
import org.ikebana.ike.kernel.KernelException;
import org.ikebana.ike.kernel.KernelUpdate;
import org.ikebana.ike.kernel.Policy;
import org.ikebana.ike.task.ChildSelectors;

/**
 * Policies without an SA: the first packet raises an ACQUIRE, and until there is an SA nothing passes in clear
 * (RFC 4301 4.4.1).
 */
public final class Trap implements StandingPolicies {
    private final KernelTables tables;
    private final int reqid;
    private final Endpoints endpoints;
    private final ChildSelectors selectors;
    private final List<Policy> policies;

    private Trap(KernelTables tables, int reqid, Endpoints endpoints, ChildSelectors selectors, List<Policy> policies) {
        this.tables = tables;
        this.reqid = reqid;
        this.endpoints = endpoints;
        this.selectors = selectors;
        this.policies = policies;
    }

    public static Trap install(KernelBackend kernel, KernelTables tables, ChildConfig child, Endpoints endpoints)
            throws KernelException {
        InetAddress local = endpoints.local().getAddress();
        InetAddress remote = endpoints.remote().getAddress();
        ChildSelectors selectors = ChildSelectors.of(child, local, remote);
        int reqid = tables.reqids().acquire(child, selectors.local(), selectors.remote());
        List<Policy> policies = new ChildPolicies(child, child.mode(), reqid, local, remote, selectors).ofTrap();
        Trap trap = new Trap(tables, reqid, endpoints, selectors, policies);
        try {
            kernel.apply(new KernelUpdate(tables.policies().add(trap, policies)));
        } catch (KernelException e) {
            tables.policies().remove(trap, policies);
            tables.reqids().release(reqid);
            throw e;
        }
        return trap;
    }

    @Override
    public int reqid() {
        return reqid;
    }

    @Override
    public boolean hasAddressesOf(Endpoints others) {
        return endpoints.local().getAddress().equals(others.local().getAddress())
                && endpoints.remote().getAddress().equals(others.remote().getAddress());
    }

    @Override
    public ChildSelectors selectors() {
        return selectors;
    }

    @Override
    public void remove() {
        tables.removals().apply(tables.policies().remove(this, policies), "cannot remove a trap");
        tables.reqids().release(reqid);
    }
}
