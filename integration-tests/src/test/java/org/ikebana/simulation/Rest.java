package org.ikebana.simulation;

import java.util.List;
import java.util.Optional;
import org.ikebana.ike.engine.DesiredState;
import org.ikebana.ike.engine.IkeEngine;
import org.ikebana.ike.kernel.Direction;
import org.ikebana.ike.kernel.KernelException;
import org.ikebana.ike.kernel.KernelSnapshot;
import org.ikebana.ike.kernel.SecurityAssociation;
import org.ikebana.ike.sa.IkeSa;

/** Whether two machines have come to rest: one IKE SA, one pair of SAs for each child that is wanted, and nothing else. */
final class Rest {
    private static final int POLICIES_OF_A_TUNNEL = 3;

    private final Machine west;
    private final Machine east;
    private final int children;

    Rest(Machine west, Machine east, int children) {
        this.west = west;
        this.east = east;
        this.children = children;
    }

    /** What is not as it should be; empty at rest. */
    Optional<String> obstacle() {
        long wanted = 0;
        for (int i = 0; i < children; i++) {
            wanted += isWanted(Scenario.childName(i)) ? 1 : 0;
        }
        for (Machine machine : List.of(west, east)) {
            Optional<String> fault = obstacle(machine, wanted);
            if (fault.isPresent()) {
                return fault;
            }
        }
        return wanted == 0 ? Optional.empty() : differences();
    }

    boolean isWanted(String child) {
        return west.desired(child) != DesiredState.OFF || east.desired(child) != DesiredState.OFF;
    }

    boolean isKernelEmpty(Machine machine) {
        KernelSnapshot kernel = snapshot(machine);
        return kernel.sas().isEmpty() && kernel.policies().isEmpty();
    }

    private Optional<String> obstacle(Machine machine, long wanted) {
        IkeEngine engine = machine.host().orElseThrow().engine();
        int ikeSas = engine.ikeSas().size();
        if (ikeSas > 1 || (wanted > 0 && ikeSas == 0)) {
            return Optional.of(machine.name + " has " + ikeSas + " IKE SAs");
        }
        long pairs =
                engine.ikeSas().stream().mapToLong(sa -> sa.childSas().size()).sum();
        if (pairs != wanted) {
            return Optional.of(machine.name + " has " + pairs + " pairs of SAs, not " + wanted);
        }
        for (int i = 0; i < children; i++) {
            String name = Scenario.childName(i);
            boolean isUp = engine.ikeSas().stream()
                    .flatMap(sa -> sa.childSas().stream())
                    .anyMatch(sa -> sa.config().name().equals(name));
            if (isUp != isWanted(name)) {
                return Optional.of(machine.name + " has " + name + (isUp ? " up" : " down"));
            }
        }
        KernelSnapshot kernel = snapshot(machine);
        if (kernel.sas().size() != 2 * wanted) {
            return Optional.of(machine.name + " has " + kernel.sas().size() + " SAs in the kernel");
        }
        if (kernel.policies().size() != POLICIES_OF_A_TUNNEL * wanted) {
            return Optional.of(machine.name + " has " + kernel.policies().size() + " policies in the kernel");
        }
        return engine.halfOpen() == 0
                ? Optional.empty()
                : Optional.of(machine.name + " has " + engine.halfOpen() + " half-open IKE SAs");
    }

    private Optional<String> differences() {
        IkeSa ofWest = west.host().orElseThrow().engine().ikeSas().getFirst();
        IkeSa ofEast = east.host().orElseThrow().engine().ikeSas().getFirst();
        if (ofWest.id().initiatorSpi() != ofEast.id().initiatorSpi()
                || ofWest.id().responderSpi() != ofEast.id().responderSpi()) {
            return Optional.of("the two have different IKE SAs");
        }
        boolean sameKeys = isCrosswise(west, east) && isCrosswise(east, west);
        return sameKeys ? Optional.empty() : Optional.of("the two have different SAs");
    }

    private static boolean isCrosswise(Machine sender, Machine receiver) {
        return sender.kernel().installedSas().stream()
                .filter(sa -> sa.direction() == Direction.OUT)
                .allMatch(out -> receiver.kernel().installedSas().stream().anyMatch(in -> isOtherEnd(out, in)));
    }

    private static boolean isOtherEnd(SecurityAssociation out, SecurityAssociation in) {
        return in.direction() == Direction.IN
                && out.key().spi().equals(in.key().spi())
                && out.algorithms().equals(in.algorithms());
    }

    private static KernelSnapshot snapshot(Machine machine) {
        try {
            return machine.kernel().snapshot();
        } catch (KernelException e) {
            throw new AssertionError(machine.name + " has no kernel", e);
        }
    }
}
