package org.ikebana.ike.sa;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ikebana.ike.connection.ConnectionConfig;
import org.ikebana.ike.event.DatagramDrop;
import org.ikebana.ike.event.Failure;
import org.ikebana.ike.revocation.PathCheck;
import org.ikebana.ike.revocation.Verdict;
import org.ikebana.ike.task.StatusQuestion;

/**
 * The peer has proved who it is, and it is being looked up whether its certificates have been revoked. Until that is known it is
 * told nothing; a responder's answer to IKE_AUTH comes then, and what an initiator's peer asks for meanwhile it asks for again.
 */
final class AwaitingStatus implements Awaiting {
    private final IkeSa sa;
    private final KeyedSa keyed;
    private final ConnectionConfig connection;
    private final Admission admission;
    private final List<PathCheck> checks = new ArrayList<>();
    private final List<String> doubts = new ArrayList<>();
    private int unanswered;
    private boolean isOver;

    private AwaitingStatus(IkeSa sa, KeyedSa keyed, ConnectionConfig connection, Admission admission, int unanswered) {
        this.sa = sa;
        this.keyed = keyed;
        this.connection = connection;
        this.admission = admission;
        this.unanswered = unanswered;
    }

    /** Goes on at once where there is nothing to wait for. */
    static void begin(
            IkeSa sa,
            SaServices services,
            KeyedSa keyed,
            ConnectionConfig connection,
            List<StatusQuestion> questions,
            Admission admission) {
        if (questions.isEmpty()) {
            admission.admit();
            return;
        }
        AwaitingStatus waiting = new AwaitingStatus(sa, keyed, connection, admission, questions.size());
        for (StatusQuestion question : questions) {
            if (!waiting.isOver) {
                waiting.checks.add(services.revocations()
                        .check(
                                question.path(),
                                question.policy(),
                                question.responses(),
                                verdict -> waiting.answered(question, verdict)));
            }
        }
        if (!waiting.isOver) {
            sa.become(waiting);
            if (admission.isLast()) {
                services.listener().settled(sa);
            }
        }
    }

    @Override
    public IkeSa sa() {
        return sa;
    }

    @Override
    public Continuation continuation() {
        return admission;
    }

    @Override
    public DatagramDrop drop() {
        return DatagramDrop.AWAITING_STATUS;
    }

    @Override
    public Optional<KeyedSa> keyed() {
        return Optional.of(keyed);
    }

    @Override
    public Optional<ConnectionConfig> connection() {
        return Optional.of(connection);
    }

    @Override
    public void leave() {
        if (!isOver) {
            stop();
            admission.abandon();
        }
    }

    private void answered(StatusQuestion question, Verdict verdict) {
        unanswered--;
        switch (verdict) {
            case Verdict.Admitted admitted -> {
                admitted.doubt()
                        .map(doubt -> doubt + "; it is accepted, as remote.revocation = " + question.policy())
                        .ifPresent(doubts::add);
                if (unanswered == 0) {
                    admit();
                }
            }
            case Verdict.Refused refused -> {
                stop();
                admission.refuse(new Failure.AuthenticationFailed(
                        "peer " + question.peer() + " is not trusted: " + refused.sentence(), question.place()));
            }
        }
    }

    private void admit() {
        stop();
        admission.admit();
        boolean isRefused = sa.position() instanceof Closing || sa.isClosed();
        if (!isRefused) {
            doubts.forEach(sa::warn);
        }
    }

    private void stop() {
        isOver = true;
        checks.forEach(PathCheck::cancel);
    }
}
