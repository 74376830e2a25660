package org.ikebana.kernel.xfrm;

import static org.ikebana.kernel.linux.NetworkNamespace.command;

import org.ikebana.ike.kernel.KernelBench;
import org.ikebana.ike.kernel.PolicyOrderContract;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Which prefixes have a hash table changes how fast a policy is found, and not which one. */
@Timeout(120)
class HashedPoliciesTest implements PolicyOrderContract {
    @RegisterExtension
    private final OwnKernel kernel = new OwnKernel();

    @Override
    public KernelBench bench() {
        return kernel.bench();
    }

    @BeforeEach
    void hashPrefixesToo() throws Exception {
        command("ip xfrm policy set hthresh4 16 24 hthresh6 64 96");
    }
}
