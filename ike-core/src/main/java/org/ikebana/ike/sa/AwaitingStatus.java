package org.ikebana.ike.sa;

import java.util.Optional;
import org.ikebana.ike.connection.ConnectionConfig;
import org.ikebana.ike.event.DatagramDrop;
import org.ikebana.ike.event.Failure;
import org.ikebana.ike.revocation.PathCheck;
import org.ikebana.ike.revocation.Verdict;
import org.ikebana.ike.task.Authentication;
import org.ikebana.ike.task.ChildRequest;
import org.ikebana.ike.task.InboundMessage;
import org.ikebana.ike.task.StatusQuestion;
import org.jspecify.annotations.Nullable;

/**
 * The peer has proved who it is, and it is being looked up whether its certificates have been revoked. Until that is known
 * it is told nothing; a responder's answer to IKE_AUTH comes then, and what an initiator's peer asks for meanwhile it asks
 * for again.
 */
final class AwaitingStatus implements Position {
    private final IkeSa sa;
    private final SaServices services;
    private final KeyedSa keyed;
    private final Authentication authentication;
    private final Admission admission;
    private @Nullable PathCheck check;
    private boolean isOver;

    private AwaitingStatus(
            IkeSa sa, SaServices services, KeyedSa keyed, Authentication authentication, Admission admission) {
        this.sa = sa;
        this.services = services;
        this.keyed = keyed;
        this.authentication = authentication;
        this.admission = admission;
    }

    /** Goes on at once where there is nothing to wait for. */
    static void begin(
            IkeSa sa, SaServices services, KeyedSa keyed, Authentication authentication, Admission admission) {
        Optional<StatusQuestion> question = authentication.statusQuestion();
        if (question.isEmpty()) {
            admission.admit();
            return;
        }
        AwaitingStatus waiting = new AwaitingStatus(sa, services, keyed, authentication, admission);
        waiting.check = services.revocations()
                .check(
                        question.get().path(),
                        question.get().policy(),
                        question.get().responses(),
                        waiting::conclude);
        if (!waiting.isOver) {
            sa.become(waiting);
            services.listener().settled(sa);
        }
    }

    boolean addChild(ChildRequest request) {
        return admission.addChild(request);
    }

    @Override
    public Optional<KeyedSa> keyed() {
        return Optional.of(keyed);
    }

    @Override
    public Optional<ConnectionConfig> connection() {
        return Optional.of(authentication.connection());
    }

    @Override
    public void onRequest(InboundMessage request) {
        sa.drop(DatagramDrop.AWAITING_STATUS);
    }

    @Override
    public void onResponse(InboundMessage response) {
        sa.drop(DatagramDrop.AGAINST_THE_RULES);
    }

    @Override
    public void onNoAnswer() {
        throw new IllegalStateException("no request is under way");
    }

    @Override
    public void leave() {
        if (!isOver && check != null) {
            isOver = true;
            check.cancel();
            admission.abandon();
        }
    }

    private void conclude(Verdict verdict) {
        isOver = true;
        switch (verdict) {
            case Verdict.Admitted admitted -> {
                admission.admit();
                admitted.doubt().filter(doubt -> sa.isEstablished()).ifPresent(this::warn);
            }
            case Verdict.Refused refused ->
                admission.refuse(new Failure.AuthenticationFailed(
                        "peer " + authentication.remoteId() + " is not trusted: " + refused.sentence(),
                        Optional.ofNullable(authentication.connection().places().get("remote.revocation"))));
        }
    }

    private void warn(String doubt) {
        sa.warn(doubt + "; it is accepted, as remote.revocation = "
                + authentication.connection().remote().publicKey().revocation());
    }
}
