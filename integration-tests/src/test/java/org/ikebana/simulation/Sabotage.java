package org.ikebana.simulation;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.UnaryOperator;
import org.ikebana.ike.crypto.Secret;
import org.ikebana.ike.kernel.Datagram;
import org.ikebana.ike.kernel.Direction;
import org.ikebana.ike.kernel.IpPrefix;
import org.ikebana.ike.kernel.KernelBackend;
import org.ikebana.ike.kernel.KernelChange;
import org.ikebana.ike.kernel.KernelException;
import org.ikebana.ike.kernel.KernelUpdate;
import org.ikebana.ike.kernel.Mark;
import org.ikebana.ike.kernel.Policy;
import org.ikebana.ike.kernel.PolicyKey;
import org.ikebana.ike.kernel.PolicySelector;
import org.ikebana.ike.kernel.PortMatch;
import org.ikebana.ike.kernel.SaAlgorithms;
import org.ikebana.ike.kernel.SaKey;
import org.ikebana.ike.kernel.SaMode;
import org.ikebana.ike.kernel.SaProtocol;
import org.ikebana.ike.kernel.SecurityAssociation;
import org.ikebana.ike.kernel.Spi;
import org.ikebana.ike.kernel.SpiRequest;

/** What a test breaks in a simulation. */
final class Sabotage {
    static final int OTHER_SPI = 0x0bad_0001;
    private static final int FOREIGN_REQID = 7;

    private Sabotage() {}

    static void removePolicies(Machine machine, Direction direction) {
        try {
            for (Policy policy : machine.kernel().snapshot().policies()) {
                if (policy.key().direction() == direction) {
                    apply(machine.kernel(), new KernelChange.DeletePolicy(policy.key()));
                }
            }
        } catch (KernelException e) {
            throw new IllegalStateException(e);
        }
    }

    static void addForeignPolicies(Machine machine, int count) {
        for (int i = 0; i < count; i++) {
            PolicySelector selector = new PolicySelector(
                    IpPrefix.host(InetAddress.ofLiteral("10.77.0." + (i + 1))),
                    IpPrefix.host(InetAddress.ofLiteral("10.78.0.1")),
                    0,
                    PortMatch.ANY,
                    PortMatch.ANY);
            PolicyKey key = new PolicyKey(selector, Direction.OUT, Mark.NONE, 0);
            apply(machine.kernel(), new KernelChange.PutPolicy(new Policy(key, 1000, Policy.Action.BLOCK, List.of())));
        }
    }

    static void reserve(Machine machine) {
        try {
            machine.kernel()
                    .allocateSpi(new SpiRequest(
                            Scenario.WEST, Scenario.EAST, SaProtocol.ESP, SaMode.TUNNEL, FOREIGN_REQID, Mark.NONE, 0));
        } catch (KernelException e) {
            throw new IllegalStateException(e);
        }
    }

    static void addForeign(Machine machine, int count) {
        SecurityAssociation sa = outbound(machine);
        for (int i = 0; i < count; i++) {
            apply(
                    machine.kernel(),
                    new KernelChange.AddSa(copy(sa, OTHER_SPI + i, Sabotage::otherKey, FOREIGN_REQID + i)));
        }
    }

    static SecurityAssociation copy(SecurityAssociation sa, int spi, UnaryOperator<Secret> key) {
        return copy(sa, spi, key, sa.reqid());
    }

    static SecurityAssociation copy(SecurityAssociation sa, int spi, UnaryOperator<Secret> key, int reqid) {
        SaAlgorithms algorithms = new SaAlgorithms(
                sa.algorithms().encryption(),
                key.apply(sa.algorithms().encryptionKey()),
                sa.algorithms().integrity());
        return new SecurityAssociation(
                new SaKey(
                        sa.key().destination(),
                        new Spi(spi),
                        sa.key().protocol(),
                        sa.key().mark()),
                sa.source(),
                sa.direction(),
                sa.mode(),
                reqid,
                0,
                algorithms,
                sa.encapsulation(),
                sa.replayWindow(),
                sa.extendedSequenceNumbers(),
                sa.lifetimes(),
                sa.selector(),
                sa.ifId(),
                sa.tfcPadding(),
                sa.flags());
    }

    static Secret otherKey(Secret key) {
        byte[] other = key.bytes().clone();
        other[0] ^= 1;
        return Secret.wrap(other);
    }

    static void apply(KernelBackend kernel, KernelChange change) {
        try {
            kernel.apply(KernelUpdate.of(change));
        } catch (KernelException e) {
            throw new IllegalStateException(e);
        }
    }

    static SecurityAssociation outbound(Machine machine) {
        return machine.kernel().installedSas().stream()
                .filter(sa -> sa.direction() == Direction.OUT)
                .findFirst()
                .orElseThrow();
    }

    /** Somebody without a secret, from many addresses. */
    static void begin(Simulation simulation, int times) {
        Datagram init = simulation.network().sent().getFirst();
        for (int i = 0; i < times; i++) {
            byte[] message = init.payload().clone();
            ByteBuffer.wrap(message).putLong(i + 1);
            InetAddress from = InetAddress.ofLiteral("203.0.113." + (i + 1));
            simulation.network().deliver(new Datagram(new InetSocketAddress(from, 500), init.remote(), message));
        }
    }
}
