package org.ikebana.ike.sa;

import java.util.List;
import org.ikebana.ike.event.Failure;
import org.ikebana.ike.task.Authentication;
import org.ikebana.ike.task.ChildRequest;
import org.ikebana.ike.task.ExchangeException;
import org.ikebana.ike.task.InboundMessage;
import org.ikebana.ike.task.SignatureAwaitedException;
import org.ikebana.ike.wire.NotifyPayload;
import org.ikebana.ike.wire.NotifyType;
import org.ikebana.ike.wire.Payload;

/**
 * Answers the last IKE_AUTH of an initiator that has proved who it is (RFC 7296 1.2).
 *
 * @param last request, which the initiator repeats until it is answered
 */
record ResponderAdmission(IkeSa sa, AuthAnswer answer, Authentication authentication, InboundMessage last, Proof proof)
        implements Admission {
    /** What proves our own identity in the answer. */
    @FunctionalInterface
    interface Proof {
        /** A list that may be added to. */
        List<Payload> build() throws ExchangeException;
    }

    @Override
    public void admit() {
        List<Payload> response;
        try {
            response = proof.build();
            answer.check(authentication);
        } catch (SignatureAwaitedException e) {
            answer.await(authentication, e, this);
            return;
        } catch (ExchangeException e) {
            refuse(e.failure());
            return;
        }
        answer.establish(authentication, last, response);
    }

    @Override
    public void refuse(Failure failure) {
        authentication.close();
        sa.reply(last, List.of(NotifyPayload.of(failure.notifyType().orElse(NotifyType.AUTHENTICATION_FAILED))));
        sa.fail(failure);
    }

    @Override
    public void abandon() {
        authentication.close();
    }

    @Override
    public boolean addChild(ChildRequest child) {
        return false;
    }

    @Override
    public boolean isPeerDone() {
        return false;
    }
}
