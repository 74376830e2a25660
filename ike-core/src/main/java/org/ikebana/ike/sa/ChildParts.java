package org.ikebana.ike.sa;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ikebana.ike.task.ChildRequest.Packet;
import org.ikebana.ike.task.ChildSelectors;
import org.ikebana.ike.ts.TrafficSelector;

/**
 * How a peer takes one child: whole, or in parts of which each has a pair of SAs of its own (RFC 7296 2.9). What it refuses
 * is not asked for again unless a packet wants it, and then ever more rarely.
 */
final class ChildParts {
    /** Pairs of SAs that are made before there is a packet for them. */
    private static final int MOST_UNPROMPTED = 64;

    /** Refusals that are remembered; with so many, only packets prompt us to ask for more. */
    private static final int MOST_REFUSALS = 64;

    /** Of a peer that has taken nothing yet. */
    private static final int MOST_REFUSALS_AT_FIRST = 16;

    private static final Duration FIRST_WAIT = Duration.ofSeconds(30);
    private static final Duration LONGEST_WAIT = Duration.ofHours(1);

    private final List<Refusal> refusals = new ArrayList<>(0);
    private Grain grain = Grain.WHOLE;

    /** As much as the peer takes at once. */
    private enum Grain {
        WHOLE,
        /** One selector of either side. */
        PAIR,
        /** One address of either side, that of a packet. */
        ADDRESSES
    }

    /** @param until nanoseconds of the monotonic clock */
    private record Refusal(ChildSelectors part, Duration pause, long until) {}

    /**
     * What to ask for in one exchange.
     *
     * @param packet to be named first
     */
    record Part(ChildSelectors selectors, Optional<Packet> packet) {
        boolean isSingle() {
            return packet.isEmpty()
                    && selectors.local().size() == 1
                    && selectors.remote().size() == 1;
        }
    }

    /**
     * What to ask for next; empty if the peer has or refuses all of it.
     *
     * @param served the selectors of the SAs at work
     * @param packet that waits
     * @param now nanoseconds of the monotonic clock
     */
    Optional<Part> next(ChildSelectors wanted, List<ChildSelectors> served, Optional<Packet> packet, long now) {
        Optional<Part> prompted = packet.filter(p -> served.stream().noneMatch(s -> s.contains(p)))
                .filter(p -> refusals.stream().noneMatch(r -> r.part.contains(p) && r.until - now > 0))
                .flatMap(p -> around(p, wanted, served));
        return prompted.isPresent() ? prompted : unprompted(wanted, served);
    }

    /**
     * The peer does not take a part.
     *
     * @param isTooMuch because it is more than a pair of selectors (SINGLE_PAIR_REQUIRED)
     * @param hasNarrowed it takes parts, so that it could have taken a part of this one
     */
    void refused(Part part, boolean isTooMuch, boolean hasNarrowed, long now) {
        boolean mayBeTooMuch =
                grain == Grain.WHOLE && !hasNarrowed && part.selectors.pairs().size() > 1;
        if (isTooMuch && grain != Grain.ADDRESSES) {
            grain = part.isSingle() ? Grain.ADDRESSES : Grain.PAIR;
        } else if (mayBeTooMuch) {
            grain = Grain.PAIR;
        } else {
            remember(part.selectors, now);
        }
    }

    /** The peer takes this, whatever it has said before. */
    void taken(ChildSelectors selectors) {
        refusals.removeIf(r -> r.part.intersect(selectors).isPresent());
    }

    void forget() {
        refusals.clear();
        grain = Grain.WHOLE;
    }

    List<ChildSelectors> refused() {
        return refusals.stream().map(Refusal::part).toList();
    }

    private Optional<Part> unprompted(ChildSelectors wanted, List<ChildSelectors> served) {
        int mostRefusals = served.isEmpty() ? MOST_REFUSALS_AT_FIRST : MOST_REFUSALS;
        if (grain == Grain.ADDRESSES || served.size() >= MOST_UNPROMPTED || refusals.size() >= mostRefusals) {
            return Optional.empty();
        }
        return without(without(List.of(wanted), served), refused()).stream()
                .findFirst()
                .map(part -> new Part(grain == Grain.WHOLE ? part : part.pairs().getFirst(), Optional.empty()));
    }

    /** Where no selectors can say what is missing, those of the packet's protocol can. */
    private Optional<Part> around(Packet packet, ChildSelectors wanted, List<ChildSelectors> served) {
        return without(List.of(wanted), served).stream()
                .filter(part -> part.contains(packet))
                .findFirst()
                .or(() -> without(List.of(wanted.ofProtocol(packet.local().protocol())), served).stream()
                        .filter(part -> part.contains(packet))
                        .findFirst())
                .map(part -> switch (grain) {
                    case WHOLE -> new Part(part, Optional.of(packet));
                    case PAIR -> new Part(pair(part, packet), Optional.empty());
                    case ADDRESSES -> new Part(addresses(pair(part, packet), packet), Optional.empty());
                });
    }

    private static ChildSelectors pair(ChildSelectors part, Packet packet) {
        return part.pairs().stream()
                .filter(pair -> pair.contains(packet))
                .findFirst()
                .orElse(part);
    }

    private static ChildSelectors addresses(ChildSelectors pair, Packet packet) {
        ChildSelectors hosts = new ChildSelectors(
                List.of(TrafficSelector.of(packet.local().range())),
                List.of(TrafficSelector.of(packet.remote().range())));
        return pair.intersect(hosts).orElse(pair);
    }

    private void remember(ChildSelectors part, long now) {
        Duration wait = refusals.stream()
                .filter(r -> r.part.minus(part).isEmpty())
                .map(r -> r.pause.multipliedBy(2))
                .reduce(FIRST_WAIT, (a, b) -> a.compareTo(b) > 0 ? a : b);
        Duration bounded = wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait;
        refusals.removeIf(r -> r.part.minus(part).isEmpty());
        if (refusals.size() == MOST_REFUSALS) {
            refusals.removeFirst();
        }
        refusals.add(new Refusal(part, bounded, now + bounded.toNanos()));
    }

    private static List<ChildSelectors> without(List<ChildSelectors> whole, List<ChildSelectors> taken) {
        List<ChildSelectors> left = whole;
        for (ChildSelectors one : taken) {
            left = left.stream().flatMap(part -> part.minus(one).stream()).toList();
        }
        return left;
    }
}
