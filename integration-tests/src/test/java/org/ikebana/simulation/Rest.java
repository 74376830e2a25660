package org.ikebana.simulation;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.ikebana.ike.engine.DesiredState;
import org.ikebana.ike.engine.IkeEngine;
import org.ikebana.ike.kernel.Direction;
import org.ikebana.ike.kernel.KernelSnapshot;
import org.ikebana.ike.kernel.SecurityAssociation;
import org.ikebana.ike.sa.IkeSa;

/** Whether two machines have come to rest: one IKE SA, one pair of SAs for each line that is wanted, and nothing else. */
final class Rest {
    private final Machine west;
    private final Machine east;
    private final Lines lines;

    Rest(Machine west, Machine east, Lines lines) {
        this.west = west;
        this.east = east;
        this.lines = lines;
    }

    /** What is not as it should be; empty at rest. */
    Optional<String> obstacle() {
        long wanted = IntStream.range(0, lines.count()).filter(this::isWanted).count();
        for (Machine machine : List.of(west, east)) {
            Optional<String> fault = obstacle(machine, wanted);
            if (fault.isPresent()) {
                return fault;
            }
        }
        return wanted == 0 ? Optional.empty() : differences();
    }

    boolean isWanted(int line) {
        return west.desired(line) != DesiredState.OFF || east.desired(line) != DesiredState.OFF;
    }

    boolean isKernelEmpty(Machine machine) {
        KernelSnapshot kernel = machine.snapshot();
        return kernel.sas().isEmpty() && kernel.policies().isEmpty();
    }

    private Optional<String> obstacle(Machine machine, long wanted) {
        IkeEngine engine = machine.host().orElseThrow().engine();
        if (engine.halfOpen() > 0) {
            return Optional.of(machine.name + " has " + engine.halfOpen() + " half-open IKE SAs");
        }
        int ikeSas = engine.ikeSas().size();
        if (ikeSas > 1 || (wanted > 0 && ikeSas == 0)) {
            return Optional.of(machine.name + " has " + ikeSas + " IKE SAs");
        }
        long pairs =
                engine.ikeSas().stream().mapToLong(sa -> sa.childSas().size()).sum();
        if (pairs != wanted) {
            return Optional.of(machine.name + " has " + pairs + " pairs of SAs, not " + wanted);
        }
        int policies = 0;
        for (String child : lines.children(machine.isWest)) {
            int up = wantedLines(machine, child);
            long found = engine.ikeSas().stream()
                    .flatMap(sa -> sa.childSas().stream())
                    .filter(sa -> sa.config().name().equals(child))
                    .count();
            if (found != up) {
                return Optional.of(machine.name + " has " + found + " pairs of " + child + ", not " + up);
            }
            boolean hasTrap = machine.desired(lines.of(machine.isWest, child).getFirst()) != DesiredState.OFF;
            if (hasTrap != machine.hasTrap(child)) {
                return Optional.of(machine.name + " has " + (hasTrap ? "no" : "a") + " trap for " + child);
            }
            policies += lines.policies(machine.isWest, child, hasTrap, up);
        }
        KernelSnapshot kernel = machine.snapshot();
        if (kernel.sas().size() != 2 * wanted) {
            return Optional.of(machine.name + " has " + kernel.sas().size() + " SAs in the kernel");
        }
        if (kernel.policies().size() != policies) {
            return Optional.of(
                    machine.name + " has " + kernel.policies().size() + " policies in the kernel, not " + policies);
        }
        return Optional.empty();
    }

    private int wantedLines(Machine machine, String child) {
        return (int)
                lines.of(machine.isWest, child).stream().filter(this::isWanted).count();
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
}
