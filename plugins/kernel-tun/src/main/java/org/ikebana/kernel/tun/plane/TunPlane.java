package org.ikebana.kernel.tun.plane;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.ikebana.ike.kernel.Direction;
import org.ikebana.ike.kernel.KernelException;
import org.ikebana.ike.kernel.Policy;
import org.ikebana.ike.kernel.PolicyKey;
import org.ikebana.ike.kernel.SaMode;
import org.ikebana.ike.kernel.SaProtocol;
import org.ikebana.kernel.model.CompleteSa;
import org.ikebana.kernel.model.DataPlane;
import org.ikebana.kernel.model.Errno;
import org.ikebana.kernel.tun.esp.EspCiphers;
import org.ikebana.kernel.tun.packet.IpHeader;
import org.ikebana.kernel.tun.spd.PolicyClassifier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * SAs and policies as packets find them. The model tells of changes under its lock; the workers read what was published,
 * without one.
 */
public final class TunPlane implements DataPlane {
    private static final Logger LOG = LoggerFactory.getLogger(TunPlane.class);
    private static final int NO_MARK = 0;

    private final EspCiphers algorithms;
    private final ProtectedPrefixes prefixes;
    private final Errands errands;
    private final PlaneCounters counters = new PlaneCounters();
    private final HeldPackets held = new HeldPackets(counters);
    private final PolicyClassifier<PlanePolicy> classifier = new PolicyClassifier<>();
    private final InboundTable inbound = new InboundTable();

    private final Map<CompleteSa, InboundSa> inboundSas = new HashMap<>();
    private final Map<Integer, List<OutboundSa>> outboundByReqid = new HashMap<>();
    private final Map<Integer, List<PlanePolicy>> policiesByReqid = new HashMap<>();
    private final Map<PolicyKey, PlanePolicy> policies = new HashMap<>();

    /** @param workers how many threads a side, at least 1 */
    public TunPlane(EspCiphers algorithms, ProtectedPrefixes prefixes, int workers) {
        this.algorithms = algorithms;
        this.prefixes = prefixes;
        this.errands = new Errands(workers);
    }

    public PlaneCounters counters() {
        return counters;
    }

    int workers() {
        return errands.workers();
    }

    Errands errands() {
        return errands;
    }

    HeldPackets held() {
        return held;
    }

    /** The policy that a packet meets, or null. */
    @Nullable PlanePolicy lookUp(Direction direction, IpHeader packet) {
        return classifier.lookUp(direction, packet, NO_MARK);
    }

    /** The inbound SA with this SPI that is for this destination, or null. */
    @Nullable InboundSa find(int spi, long destinationHigh, long destinationLow) {
        return inbound.find(spi, destinationHigh, destinationLow);
    }

    @Override
    public void begin(CompleteSa sa) throws KernelException {
        check(sa);
        if (sa.installed().direction() == Direction.IN) {
            InboundSa working = new InboundSa(sa, algorithms, workers());
            inboundSas.put(sa, working);
            prefixes.peer(sa.source());
            inbound.add(working);
        } else {
            outboundByReqid
                    .computeIfAbsent(sa.reqid(), reqid -> new ArrayList<>())
                    .add(new OutboundSa(sa, algorithms, workers()));
            serve(sa.reqid());
        }
    }

    @Override
    public void dying(CompleteSa sa) {
        serve(sa.reqid());
    }

    /** The table of inbound SAs is by SPI, which stays; the policies that serve an outbound one come after it. */
    @Override
    public void moved(CompleteSa sa) {
        InboundSa working = inboundSas.get(sa);
        if (working != null) {
            prefixes.peer(sa.source());
            working.moved();
        }
        outboundByReqid.getOrDefault(sa.reqid(), List.of()).stream()
                .filter(outbound -> outbound.model() == sa)
                .forEach(OutboundSa::moved);
    }

    @Override
    public void end(CompleteSa sa) {
        InboundSa working = inboundSas.remove(sa);
        if (working != null) {
            inbound.remove(working);
            errands.retireInbound(working.ciphers());
            return;
        }
        List<OutboundSa> others = new ArrayList<>(outboundByReqid.getOrDefault(sa.reqid(), List.of()));
        for (OutboundSa outbound : List.copyOf(others)) {
            if (outbound.model() == sa) {
                others.remove(outbound);
                replace(outboundByReqid, sa.reqid(), others);
                serve(sa.reqid());
                errands.retireOutbound(outbound.ciphers());
            }
        }
    }

    @Override
    public void put(Policy policy, long place) throws KernelException {
        PolicyKey key = policy.key();
        lead(policy);
        PlanePolicy before = policies.get(key);
        PlanePolicy now = new PlanePolicy(policy);
        policies.put(key, now);
        policiesByReqid.computeIfAbsent(now.reqid(), reqid -> new ArrayList<>()).add(now);
        now.serve(outboundByReqid.getOrDefault(now.reqid(), List.of()));
        classifier.put(key, policy.priority(), place, now);
        if (before != null) {
            forget(before);
        }
        releaseHeld(now);
    }

    @Override
    public void remove(PolicyKey key) {
        PlanePolicy gone = policies.remove(key);
        if (gone != null) {
            classifier.remove(key);
            held.drop(key);
            forget(gone);
        }
    }

    private void forget(PlanePolicy gone) {
        List<PlanePolicy> others = new ArrayList<>(policiesByReqid.getOrDefault(gone.reqid(), List.of()));
        others.remove(gone);
        replace(policiesByReqid, gone.reqid(), others);
        endLead(gone);
    }

    /** The host's routes for what an outbound policy is about. What no packet can meet here leads nothing here. */
    private void lead(Policy policy) throws KernelException {
        if (!isMet(policy.key())) {
            LOG.warn("{}: packets in a tunnel device have no mark and no if_id, so none meets it", policy.key());
        } else if (policy.key().direction() == Direction.OUT) {
            if (new PlanePolicy(policy).passes()) {
                prefixes.pass(policy);
            } else {
                if (policy.action() == Policy.Action.BLOCK) {
                    LOG.warn(
                            "{}: what leaves is dropped; what comes in does not come through the tunnel device, so that dropping"
                                    + " it is up to the firewall; kernel = xfrm sees both",
                            policy.key());
                }
                prefixes.protect(policy);
            }
        }
    }

    private void endLead(PlanePolicy gone) {
        if (isMet(gone.key()) && gone.key().direction() == Direction.OUT) {
            if (gone.passes()) {
                prefixes.endPass(gone.policy());
            } else {
                prefixes.release(gone.policy());
            }
        }
    }

    private static boolean isMet(PolicyKey key) {
        return key.ifId() == 0 && (key.mark().value() & key.mark().mask()) == 0;
    }

    private void serve(int reqid) {
        List<OutboundSa> sas = outboundByReqid.getOrDefault(reqid, List.of());
        for (PlanePolicy policy : policiesByReqid.getOrDefault(reqid, List.of())) {
            policy.serve(sas);
            releaseHeld(policy);
        }
    }

    private void releaseHeld(PlanePolicy policy) {
        if (policy.isServed() && held.release(policy.key())) {
            errands.wakeOutbound();
        }
    }

    private static void check(CompleteSa sa) throws KernelException {
        if (sa.key().protocol() != SaProtocol.ESP) {
            throw Errno.EPROTONOSUPPORT.refusal(sa.key(), "kernel-tun speaks ESP only");
        }
        if (sa.mode() == SaMode.BEET) {
            throw Errno.EPROTONOSUPPORT.refusal(sa.key(), "kernel-tun has tunnel and transport mode, not BEET");
        }
    }

    private static <V> void replace(Map<Integer, List<V>> index, int reqid, List<V> values) {
        if (values.isEmpty()) {
            index.remove(reqid);
        } else {
            index.put(reqid, values);
        }
    }
}
