package org.ikebana.kernel.xfrm;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ikebana.ike.kernel.KernelChange;
import org.ikebana.ike.kernel.KernelException;
import org.ikebana.kernel.netlink.NetlinkClient;
import org.ikebana.kernel.netlink.NetlinkOutcome;
import org.ikebana.kernel.xfrm.message.XfrmMessage;

/**
 * Makes all changes of an update in one batch of messages. The kernel goes on after one that it refuses; then whatever
 * was done is undone, last one first. SAs are deleted in a batch of their own after all else has succeeded, since they
 * could not be brought back.
 */
final class Transaction {
    private final NetlinkClient<XfrmMessage> kernel;
    private final Planner planner;
    private final Removals removals;

    Transaction(NetlinkClient<XfrmMessage> kernel, SaMessages messages, Departures departures) {
        this.kernel = kernel;
        this.removals = new Removals(kernel, departures);
        this.planner = new Planner(kernel, messages, removals);
    }

    void run(List<KernelChange> changes) throws KernelException {
        planner.look(changes);
        try {
            takeOut(changes.stream()
                    .filter(KernelChange.MoveSa.class::isInstance)
                    .map(KernelChange.MoveSa.class::cast)
                    .toList());
            make(planner.plan());
        } finally {
            removals.wipe();
        }
        deleteSas(changes.stream()
                .filter(KernelChange.DeleteSa.class::isInstance)
                .map(KernelChange.DeleteSa.class::cast)
                .toList());
    }

    private void takeOut(List<KernelChange.MoveSa> moves) throws KernelException {
        try {
            removals.take(moves);
        } catch (KernelException failure) {
            undo(removals.done(), failure);
            throw failure;
        }
    }

    private void make(List<Step> steps) throws KernelException {
        List<NetlinkOutcome<XfrmMessage>> outcomes;
        try {
            outcomes = outcomes(steps);
        } catch (IOException e) {
            KernelException failure = Refusals.unreachable(steps.getFirst().element(), e);
            undo(withRemovals(steps), failure);
            throw failure;
        }
        List<Step> done = new ArrayList<>();
        KernelException failure = null;
        for (int i = 0; i < steps.size(); i++) {
            Step step = steps.get(i);
            if (step.isDone(outcomes.get(i))) {
                done.add(step);
            } else if (failure == null) {
                failure = Refusals.of(step.element(), step.message(), outcomes.get(i));
            }
        }
        if (failure != null) {
            undo(withRemovals(done), failure);
            throw failure;
        }
    }

    private List<Step> withRemovals(List<Step> later) {
        List<Step> all = new ArrayList<>(removals.done());
        all.addAll(later);
        return all;
    }

    private List<NetlinkOutcome<XfrmMessage>> outcomes(List<Step> steps) throws IOException {
        List<NetlinkOutcome<XfrmMessage>> outcomes =
                new ArrayList<>(exchange(steps.stream().map(Step::message).toList()));
        for (int i = 0; i < steps.size(); i++) {
            outcomes.set(i, otherwise(steps.get(i), outcomes.get(i)));
        }
        return outcomes;
    }

    private NetlinkOutcome<XfrmMessage> otherwise(Step step, NetlinkOutcome<XfrmMessage> refusal) throws IOException {
        NetlinkOutcome<XfrmMessage> outcome = refusal;
        for (Optional<Step> next = step.otherwise(outcome);
                next.isPresent();
                next = next.get().otherwise(outcome)) {
            outcome = kernel.exchange(next.get().message().request());
        }
        return outcome;
    }

    /** What cannot be undone is added to {@code failure}. */
    private void undo(List<Step> done, KernelException failure) {
        List<Step> latestFirst = done.reversed();
        try {
            List<NetlinkOutcome<XfrmMessage>> outcomes =
                    exchange(latestFirst.stream().map(Step::undo).toList());
            for (int i = 0; i < latestFirst.size(); i++) {
                Step step = latestFirst.get(i);
                if (!Step.isDone(step.undo(), outcomes.get(i))) {
                    failure.addSuppressed(Refusals.of("undo " + step.element(), step.undo(), outcomes.get(i)));
                }
            }
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    private void deleteSas(List<KernelChange.DeleteSa> deletions) throws KernelException {
        List<XfrmMessage> messages = deletions.stream()
                .<XfrmMessage>map(deletion -> SaMessages.delete(deletion.key(), deletion.source()))
                .toList();
        try {
            List<NetlinkOutcome<XfrmMessage>> outcomes = exchange(messages);
            for (int i = 0; i < messages.size(); i++) {
                if (!Step.isDone(messages.get(i), outcomes.get(i))) {
                    throw Refusals.of(Planner.element(deletions.get(i)), messages.get(i), outcomes.get(i));
                }
            }
        } catch (IOException e) {
            throw Refusals.unreachable(Planner.element(deletions.getFirst()), e);
        }
    }

    private List<NetlinkOutcome<XfrmMessage>> exchange(List<XfrmMessage> messages) throws IOException {
        return kernel.exchange(messages.stream().map(XfrmMessage::request).toList());
    }
}
