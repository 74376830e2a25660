package org.ikebana.kernel.xfrm.walk;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.ikebana.ike.kernel.Direction;
import org.ikebana.kernel.xfrm.table.PolicyEntry;
import org.ikebana.kernel.xfrm.table.XfrmCounter;
import org.ikebana.kernel.xfrm.table.XfrmTables;
import org.ikebana.kernel.xfrm.table.XfrmTables.DefaultActions;

/** Walks a packet through the policies and SAs of a host. */
public record TrafficWalk(XfrmTables tables, Host host) {
    /** The lowest wins; numbers are unsigned. */
    private static final Comparator<PolicyEntry> BY_PRIORITY =
            (a, b) -> Integer.compareUnsigned(a.info().priority(), b.info().priority());

    /** One stage for each look into the policies, up to and including the first that the packet does not survive. */
    public List<Stage> stages(Packet packet, List<Direction> directions) {
        List<Stage> stages = new ArrayList<>();
        for (Direction direction : directions) {
            Stage stage = stage(packet, direction);
            stages.add(stage);
            if (stage.verdict() instanceof Verdict.Dropped) {
                break;
            }
        }
        return stages;
    }

    /** One look. */
    public Stage stage(Packet packet, Direction direction) {
        List<PolicyEntry> met = met(packet, direction);
        Optional<PolicyEntry> policy = met.stream().findFirst();
        List<TemplateCheck> templates = policy.filter(p -> !p.blocks())
                .map(p -> p.templates().stream()
                        .map(template -> direction == Direction.OUT
                                ? new OutboundSas(tables, host, packet).check(template)
                                : new InboundSas(tables, host, packet).check(template))
                        .toList())
                .orElse(List.of());
        return new Stage(
                direction,
                policy,
                others(packet, direction, met),
                templates,
                verdict(packet, direction, policy, templates));
    }

    /** Those that the packet meets, the one that counts first: of equal priorities the older, which is told later. */
    private List<PolicyEntry> met(Packet packet, Direction direction) {
        return tables.policies().reversed().stream()
                .filter(policy -> policy.direction() == number(direction))
                .filter(policy -> Mismatch.ofPolicy(policy, packet).isEmpty())
                .sorted(BY_PRIORITY)
                .toList();
    }

    private List<PolicyCheck> others(Packet packet, Direction direction, List<PolicyEntry> met) {
        List<PolicyCheck> others = new ArrayList<>();
        met.stream()
                .skip(1)
                .map(policy -> new PolicyCheck(policy, List.of("another policy comes before it")))
                .forEach(others::add);
        tables.policies().stream()
                .filter(policy -> policy.direction() == number(direction))
                .filter(policy -> Mismatch.isNear(policy, packet))
                .map(policy -> new PolicyCheck(policy, Mismatch.ofPolicy(policy, packet)))
                .filter(check -> !check.reasons().isEmpty())
                .forEach(others::add);
        return others;
    }

    private Verdict verdict(
            Packet packet, Direction direction, Optional<PolicyEntry> policy, List<TemplateCheck> templates) {
        if (policy.isEmpty()) {
            return withoutPolicy(packet, direction);
        }
        if (policy.get().blocks()) {
            return new Verdict.Dropped(
                    "the policy says so",
                    Optional.of(direction == Direction.OUT ? XfrmCounter.OUT_POL_BLOCK : XfrmCounter.IN_POL_BLOCK));
        }
        if (templates.stream()
                .allMatch(check ->
                        check.template().isOptional() && check.fitting().isEmpty())) {
            return new Verdict.InClear("the policy lets it pass without IPsec");
        }
        return direction == Direction.OUT ? OutboundSas.verdict(host, templates) : InboundSas.verdict(templates);
    }

    private Verdict withoutPolicy(Packet packet, Direction direction) {
        DefaultActions defaults = tables.defaults();
        boolean blocked = switch (direction) {
            case IN -> defaults.blocksIn();
            case FORWARD -> defaults.blocksForward();
            case OUT -> defaults.blocksOut();
        };
        if (blocked) {
            return new Verdict.Dropped(
                    "no policy is for it, and that is forbidden here (ip xfrm policy setdefault)",
                    Optional.of(direction == Direction.OUT ? XfrmCounter.OUT_POL_BLOCK : XfrmCounter.IN_NO_POLS));
        }
        if (packet.ifId() != 0 && direction == Direction.OUT) {
            return new Verdict.Dropped(
                    "no policy is for the XFRM interface that it is routed into, which counts it among its carrier errors"
                            + " (ip -s link)",
                    Optional.empty());
        }
        return new Verdict.InClear("no policy is for it");
    }

    private static int number(Direction direction) {
        return switch (direction) {
            case IN -> PolicyEntry.IN;
            case OUT -> PolicyEntry.OUT;
            case FORWARD -> PolicyEntry.FORWARD;
        };
    }
}
