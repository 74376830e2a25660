package org.ikebana.ike.proposal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.ikebana.ike.proposal.Mismatch.Incomparable;
import org.ikebana.ike.proposal.Selection.NoProposalChosen;
import org.ikebana.ike.proposal.Selection.Selected;
import org.ikebana.ike.proposal.SelectionPolicy.Preference;
import org.ikebana.ike.wire.TransformType;

/** Chooses a proposal (RFC 7296 2.7, 3.3) and checks the peer's choice. */
public final class ProposalSelector {
    private ProposalSelector() {}

    /** By {@link SelectionPolicy#DEFAULT}. */
    public static Selection select(List<OfferedProposal> offered, List<Proposal> allowed) {
        return select(offered, allowed, SelectionPolicy.DEFAULT);
    }

    /** For a responder. The caller compares the key exchange of the suite with the KE payload. */
    public static Selection select(List<OfferedProposal> offered, List<Proposal> allowed, SelectionPolicy policy) {
        List<Proposal> ours = ProposalCodec.asOffered(allowed);
        Stream<ProposalMatch> inOrder = policy.preference() == Preference.OURS
                ? ours.stream().flatMap(o -> offered.stream().map(t -> new ProposalMatch(t, o, policy)))
                : offered.stream().flatMap(t -> ours.stream().map(o -> new ProposalMatch(t, o, policy)));
        return firstMatch(inOrder);
    }

    /** By {@link SelectionPolicy#DEFAULT}. */
    public static Selection verifyChoice(List<OfferedProposal> answer, List<Proposal> offer) {
        return verifyChoice(answer, offer, SelectionPolicy.DEFAULT);
    }

    /**
     * For an initiator: the answer has to be one proposal, with the number of one of ours, and in it one transform of
     * each type that ours has (RFC 7296 2.7, 3.3.6).
     *
     * @param offer what was given to {@link ProposalCodec#toWire(List, org.ikebana.ike.wire.Octets)}
     */
    public static Selection verifyChoice(List<OfferedProposal> answer, List<Proposal> offer, SelectionPolicy policy) {
        if (answer.size() != 1) {
            return refused("the peer answered with " + answer.size() + " proposals instead of one");
        }
        OfferedProposal choice = answer.getFirst();
        List<Proposal> ours = ProposalCodec.asOffered(offer);
        if (choice.number() < 1 || choice.number() > ours.size()) {
            return refused("the peer chose proposal " + choice.number() + " of the " + ours.size() + " we offered");
        }
        for (TransformType type : TransformType.values()) {
            if (choice.proposal().of(type).size() > 1) {
                return refused("the peer chose more than one transform of type " + type + ": " + choice);
            }
        }
        Selection selection = firstMatch(Stream.of(new ProposalMatch(choice, ours.get(choice.number() - 1), policy)));
        boolean hasMore = selection instanceof Selected selected
                && (selected.suite().transforms().size()
                                < choice.proposal().transforms().size()
                        || !choice.unusable().isEmpty());
        return hasMore ? refused("the peer's choice " + choice + " has what we did not offer") : selection;
    }

    private static Selection firstMatch(Stream<ProposalMatch> candidates) {
        List<ProposalMatch> misses = new ArrayList<>();
        for (ProposalMatch candidate : (Iterable<ProposalMatch>) candidates::iterator) {
            if (candidate.differences() == 0) {
                return candidate.selected();
            }
            misses.add(candidate);
        }
        return misses.isEmpty()
                ? refused("there is no proposal to choose from")
                : new NoProposalChosen(nearest(misses));
    }

    /** For each proposal of ours the one that comes nearest to it: what is farther off tells nothing more. */
    private static List<Mismatch> nearest(List<ProposalMatch> misses) {
        Map<Proposal, ProposalMatch> nearest = new LinkedHashMap<>();
        for (ProposalMatch miss : misses) {
            nearest.merge(miss.ours(), miss, (a, b) -> b.differences() < a.differences() ? b : a);
        }
        return nearest.values().stream()
                .sorted(Comparator.comparingInt(ProposalMatch::differences))
                .map(ProposalMatch::mismatch)
                .toList();
    }

    private static Selection refused(String sentence) {
        return new NoProposalChosen(List.of(new Incomparable(sentence)));
    }
}
