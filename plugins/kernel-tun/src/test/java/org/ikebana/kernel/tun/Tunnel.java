package org.ikebana.kernel.tun;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ikebana.ike.kernel.Direction;
import org.ikebana.ike.kernel.Encapsulation;
import org.ikebana.ike.kernel.IpPrefix;
import org.ikebana.ike.kernel.KernelBackend;
import org.ikebana.ike.kernel.KernelChange;
import org.ikebana.ike.kernel.KernelException;
import org.ikebana.ike.kernel.KernelUpdate;
import org.ikebana.ike.kernel.Lifetimes;
import org.ikebana.ike.kernel.Mark;
import org.ikebana.ike.kernel.Policy;
import org.ikebana.ike.kernel.PolicyKey;
import org.ikebana.ike.kernel.PolicySelector;
import org.ikebana.ike.kernel.PolicyTemplate;
import org.ikebana.ike.kernel.PortMatch;
import org.ikebana.ike.kernel.SaAlgorithms;
import org.ikebana.ike.kernel.SaFlags;
import org.ikebana.ike.kernel.SaKey;
import org.ikebana.ike.kernel.SaMode;
import org.ikebana.ike.kernel.SaProtocol;
import org.ikebana.ike.kernel.SecurityAssociation;
import org.ikebana.ike.kernel.Spi;
import org.ikebana.ike.kernel.TestAlgorithms;
import org.ikebana.ike.kernel.TestNet;

/** A pair of SAs between two {@link TwoKernels}, with their policies: the left net's addresses are {@code local}. */
final class Tunnel {
    static final int REQID = 7;
    static final Spi TO_RIGHT = new Spi(0xc000_0001);
    static final Spi TO_LEFT = new Spi(0xc000_0002);

    private final TestNet inner;
    private final TestNet outer;
    private SaMode mode = SaMode.TUNNEL;
    private TestAlgorithms algorithms = TestAlgorithms.AES_GCM_16;
    private boolean extended;
    private boolean inUdp;
    private Lifetimes lifetimes = Lifetimes.NONE;
    private SaFlags flags = SaFlags.DEFAULT;
    private int tfcPadding;

    Tunnel(TestNet inner, TestNet outer) {
        this.inner = inner;
        this.outer = outer;
    }

    Tunnel transport() {
        mode = SaMode.TRANSPORT;
        return this;
    }

    Tunnel algorithms(TestAlgorithms value) {
        algorithms = value;
        return this;
    }

    Tunnel extended() {
        extended = true;
        return this;
    }

    Tunnel inUdp() {
        inUdp = true;
        return this;
    }

    Tunnel lifetimes(Lifetimes value) {
        lifetimes = value;
        return this;
    }

    Tunnel tfcPadding(int octets) {
        tfcPadding = octets;
        return this;
    }

    Tunnel flags(SaFlags value) {
        flags = value;
        return this;
    }

    /** SAs and policies on both ends. */
    void install(TwoKernels kernels) throws KernelException {
        install(kernels.left.backend, kernels.right.backend);
    }

    void install(KernelBackend left, KernelBackend right) throws KernelException {
        policies(left, right);
        sas(left, right);
    }

    void policies(TwoKernels kernels) throws KernelException {
        policies(kernels.left.backend, kernels.right.backend);
    }

    void sas(TwoKernels kernels) throws KernelException {
        sas(kernels.left.backend, kernels.right.backend);
    }

    private void policies(KernelBackend left, KernelBackend right) throws KernelException {
        IpPrefix here = prefix(inner.localNet(), outer.local());
        IpPrefix there = prefix(inner.peerNet(), outer.peer());
        left.apply(new KernelUpdate(policies(here, there, outer.local(), outer.peer())));
        right.apply(new KernelUpdate(policies(there, here, outer.peer(), outer.local())));
    }

    private void sas(KernelBackend left, KernelBackend right) throws KernelException {
        left.apply(KernelUpdate.of(
                sa(TO_LEFT, outer.peer(), outer.local(), Direction.IN),
                sa(TO_RIGHT, outer.local(), outer.peer(), Direction.OUT)));
        right.apply(KernelUpdate.of(
                sa(TO_RIGHT, outer.local(), outer.peer(), Direction.IN),
                sa(TO_LEFT, outer.peer(), outer.local(), Direction.OUT)));
    }

    SaKey toRight() {
        return new SaKey(outer.peer(), TO_RIGHT, SaProtocol.ESP, Mark.NONE);
    }

    private IpPrefix prefix(IpPrefix net, InetAddress host) {
        return mode == SaMode.TRANSPORT ? IpPrefix.host(host) : net;
    }

    private List<KernelChange> policies(IpPrefix here, IpPrefix there, InetAddress us, InetAddress peer) {
        PolicySelector out = new PolicySelector(here, there, 0, PortMatch.ANY, PortMatch.ANY);
        List<KernelChange> changes = new ArrayList<>();
        changes.add(policy(out, Direction.OUT, us, peer));
        changes.add(policy(out.reversed(), Direction.IN, peer, us));
        changes.add(policy(out.reversed(), Direction.FORWARD, peer, us));
        return changes;
    }

    private KernelChange policy(PolicySelector selector, Direction direction, InetAddress from, InetAddress to) {
        return new KernelChange.PutPolicy(new Policy(
                new PolicyKey(selector, direction, Mark.NONE, 0),
                1000,
                Policy.Action.ALLOW,
                List.of(new PolicyTemplate(from, to, SaProtocol.ESP, mode, REQID))));
    }

    private KernelChange sa(Spi spi, InetAddress from, InetAddress to, Direction direction) {
        SaAlgorithms keyed = algorithms.withKeys();
        return new KernelChange.AddSa(new SecurityAssociation(
                new SaKey(to, spi, SaProtocol.ESP, Mark.NONE),
                from,
                direction,
                mode,
                REQID,
                0,
                keyed,
                inUdp ? Optional.of(new Encapsulation(4500, 4500)) : Optional.empty(),
                64,
                extended,
                lifetimes,
                Optional.empty(),
                0,
                tfcPadding,
                flags));
    }
}
