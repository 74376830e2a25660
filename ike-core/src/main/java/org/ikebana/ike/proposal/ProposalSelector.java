package org.ikebana.ike.proposal;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
        boolean isOurOrder = policy.preference() == Preference.OURS;
        int rows = isOurOrder ? ours.size() : offered.size();
        int columns = isOurOrder ? offered.size() : ours.size();
        List<ProposalMatch> misses = new ArrayList<>();
        for (int row = 0; row < rows; row++) {
            for (int column = 0; column < columns; column++) {
                OfferedProposal theirs = offered.get(isOurOrder ? column : row);
                ProposalMatch match = new ProposalMatch(theirs, ours.get(isOurOrder ? row : column), policy);
                if (match.differences() == 0) {
                    return match.selected();
                }
                misses.add(match);
            }
        }
        return misses.isEmpty()
                ? refused("there is no proposal to choose from")
                : new NoProposalChosen(nearest(misses));
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
        ProposalMatch match = new ProposalMatch(choice, ours.get(choice.number() - 1), policy);
        if (match.differences() > 0) {
            return new NoProposalChosen(List.of(match.mismatch()));
        }
        Selected selected = match.selected();
        boolean hasMore = selected.suite().transforms().size()
                        < choice.proposal().transforms().size()
                || !choice.unusable().isEmpty();
        return hasMore ? refused("the peer's choice " + choice + " has what we did not offer") : selected;
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
