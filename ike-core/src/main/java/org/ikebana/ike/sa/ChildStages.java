package org.ikebana.ike.sa;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.ikebana.ike.environment.Timer;
import org.ikebana.ike.kernel.SaKey;
import org.ikebana.ike.kernel.Spi;

/** How far each pair of an IKE SA has come: prepared, at work, or replaced. */
final class ChildStages {
    private final ChildSas owner;
    private final SpiTable spis;
    private final List<ChildSa> atWork = new ArrayList<>(1);
    private final Map<ChildSa, PreparedChild> prepared = new LinkedHashMap<>(1);
    private final Map<ChildSa, Optional<Timer>> replaced = new LinkedHashMap<>(1);

    ChildStages(ChildSas owner, SpiTable spis) {
        this.owner = owner;
        this.spis = spis;
    }

    List<ChildSa> atWork() {
        return List.copyOf(atWork);
    }

    List<ChildSa> prepared() {
        return List.copyOf(prepared.keySet());
    }

    List<ChildSa> replaced() {
        return List.copyOf(replaced.keySet());
    }

    /** Of whatever stage. */
    List<ChildSa> all() {
        return everyone().toList();
    }

    boolean isAtWork(ChildSa child) {
        return atWork.contains(child);
    }

    boolean isPrepared(ChildSa child) {
        return prepared.containsKey(child);
    }

    boolean isReplaced(ChildSa child) {
        return replaced.containsKey(child);
    }

    /** Its end is told to the peer, and it waits for packets that are still on their way. */
    boolean isLingering(ChildSa child) {
        return replaced.getOrDefault(child, Optional.empty()).isPresent();
    }

    /**
     * Of whatever stage.
     *
     * @param outbound the SPI that the peer's Delete payload names: that of our outbound SA (RFC 7296 1.4.1)
     */
    Optional<ChildSa> byOutboundSpi(Spi outbound) {
        return everyone().filter(c -> c.outbound().spi().equals(outbound)).findFirst();
    }

    /** Of those at work. */
    Optional<ChildSa> byKey(SaKey key) {
        return atWork.stream()
                .filter(c -> c.inbound().equals(key) || c.outbound().equals(key))
                .findFirst();
    }

    /** Whether one of them is meant, whatever its mark, which the kernel does not always tell. */
    boolean isInbound(SaKey key) {
        return everyone()
                .map(ChildSa::inbound)
                .anyMatch(own -> new SaKey(own.destination(), own.spi(), own.protocol(), key.mark()).equals(key));
    }

    /** Of whatever stage. */
    Optional<ChildSa> byInbound(SaKey inbound) {
        return everyone().filter(c -> c.inbound().equals(inbound)).findFirst();
    }

    /** The pair at work that this one is, or that has come of it by rekeys. */
    Optional<ChildSa> atWorkInsteadOf(ChildSa child) {
        return atWork.stream().filter(c -> c.lineage() == child.lineage()).findFirst();
    }

    Optional<PreparedChild> pair(ChildSa child) {
        return Optional.ofNullable(prepared.get(child));
    }

    void prepare(ChildSa child, PreparedChild pair) {
        prepared.put(child, pair);
        spis.add(owner, child);
    }

    /** What is still to be installed of a prepared pair becomes something else. */
    void change(ChildSa child, UnaryOperator<PreparedChild> change) {
        prepared.computeIfPresent(child, (c, before) -> change.apply(before));
    }

    Optional<PreparedChild> removePrepared(ChildSa child) {
        Optional<PreparedChild> pair = Optional.ofNullable(prepared.remove(child));
        pair.ifPresent(removed -> spis.remove(owner, child));
        return pair;
    }

    void work(ChildSa child) {
        atWork.add(child);
        spis.add(owner, child);
    }

    /** False if it is not at work. */
    boolean removeAtWork(ChildSa child) {
        boolean wasThere = atWork.remove(child);
        if (wasThere) {
            spis.remove(owner, child);
        }
        return wasThere;
    }

    void replace(ChildSa child) {
        replaced.put(child, Optional.empty());
        spis.add(owner, child);
    }

    /** @param end of its lingering */
    void linger(ChildSa child, Timer end) {
        replaced.put(child, Optional.of(end));
    }

    /** Its lingering ends. False if it is not a replaced one. */
    boolean removeReplaced(ChildSa child) {
        Optional<Timer> lingering = replaced.remove(child);
        if (lingering == null) {
            return false;
        }
        lingering.ifPresent(Timer::cancel);
        spis.remove(owner, child);
        return true;
    }

    private Stream<ChildSa> everyone() {
        return Stream.of(atWork, prepared.keySet(), replaced.keySet()).flatMap(c -> c.stream());
    }
}
