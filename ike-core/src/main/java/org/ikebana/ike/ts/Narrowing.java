package org.ikebana.ike.ts;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.ikebana.ike.ts.SelectorMismatch.NothingInCommon;

/** What remains of the peer's selectors of one side (RFC 7296 2.9). */
public sealed interface Narrowing {
    /** As many as a TS payload can count (RFC 7296 3.13). */
    int MAX_SELECTORS = 255;

    /** At most this many reasons are told. */
    int MAX_REASONS = 8;

    /** @param selectors never empty; none contains another */
    record Narrowed(List<TrafficSelector> selectors) implements Narrowing {
        public Narrowed {
            selectors = List.copyOf(selectors);
        }
    }

    /** @param reasons never empty */
    record Unacceptable(List<SelectorMismatch> reasons) implements Narrowing {
        public Unacceptable {
            reasons = List.copyOf(reasons);
        }
    }

    /**
     * For a responder: all that is both offered and allowed, in the order of the offer. So what is left of the
     * initiator's first selector, which may be the very packet it has waiting, is in the result, by itself or within
     * a wider selector.
     */
    static Narrowing narrow(List<TrafficSelector> offered, List<TrafficSelector> allowed) {
        List<TrafficSelector> common = new ArrayList<>();
        for (TrafficSelector theirs : offered) {
            for (TrafficSelector ours : allowed) {
                theirs.intersect(ours).ifPresent(selector -> addMaximal(common, selector));
            }
        }
        return common.isEmpty() ? new Unacceptable(reasons(offered, allowed)) : new Narrowed(common);
    }

    /** For an initiator: each selector of the answer has to lie within one that was offered. */
    static Narrowing verifyAnswer(List<TrafficSelector> answer, List<TrafficSelector> offered) {
        List<SelectorMismatch> beyond = answer.stream()
                .filter(selector -> offered.stream().noneMatch(o -> o.contains(selector)))
                .limit(MAX_REASONS)
                .<SelectorMismatch>map(SelectorMismatch.NotOffered::new)
                .toList();
        return beyond.isEmpty() ? narrow(answer, offered) : new Unacceptable(beyond);
    }

    /** Keeps the list free of selectors within others, and within its bound: fewer are a legal answer, too. */
    private static void addMaximal(List<TrafficSelector> selectors, TrafficSelector candidate) {
        if (selectors.stream().anyMatch(s -> s.contains(candidate))) {
            return;
        }
        selectors.removeIf(candidate::contains);
        if (selectors.size() < MAX_SELECTORS) {
            selectors.add(candidate);
        }
    }

    private static List<SelectorMismatch> reasons(List<TrafficSelector> offered, List<TrafficSelector> allowed) {
        if (offered.isEmpty()) {
            return List.of(new SelectorMismatch.NothingOffered());
        }
        if (allowed.isEmpty()) {
            return List.of(new SelectorMismatch.NothingAllowed());
        }
        return offered.stream()
                .limit(MAX_REASONS)
                .<SelectorMismatch>map(theirs -> allowed.stream()
                        .map(ours -> NothingInCommon.between(theirs, ours))
                        .max(Comparator.comparing(NothingInCommon::difference))
                        .orElseThrow())
                .toList();
    }
}
