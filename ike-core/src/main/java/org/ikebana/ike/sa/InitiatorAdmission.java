package org.ikebana.ike.sa;

import org.ikebana.ike.event.Failure;
import org.ikebana.ike.task.Authentication;
import org.ikebana.ike.task.ChildRequest;
import org.ikebana.ike.task.InboundMessage;

/**
 * Goes on after the last answer to IKE_AUTH of a responder that has proved who it is (RFC 7296 1.2), and takes the SA for
 * good.
 */
record InitiatorAdmission(IkeSa sa, AuthContents contents, Authentication authentication, InboundMessage response)
        implements Admission {
    @Override
    public void admit() {
        contents.establish(authentication, response);
    }

    @Override
    public void refuse(Failure failure) {
        abandon();
        sa.refuse(failure);
    }

    @Override
    public void abandon() {
        contents.abandon();
        authentication.close();
    }

    @Override
    public boolean addChild(ChildRequest child) {
        contents.addChild(child);
        return true;
    }

    @Override
    public boolean isPeerDone() {
        return true;
    }
}
