package org.ikebana.ike.sa;

import java.util.List;
import java.util.Optional;
import org.ikebana.ike.event.Failure;
import org.ikebana.ike.task.AuthExtensions;
import org.ikebana.ike.task.AuthLifetime;
import org.ikebana.ike.task.Authentication;
import org.ikebana.ike.task.ChildCreation;
import org.ikebana.ike.task.ChildRequest;
import org.ikebana.ike.task.InboundMessage;
import org.ikebana.ike.task.MobikeSupport;

/**
 * Goes on after the answer to IKE_AUTH of a responder that has proved who it is (RFC 7296 1.2), and takes the SA for good.
 *
 * @param first child, that has been asked for in IKE_AUTH
 * @param children all that are wanted, may grow; {@code first} is the first of them
 */
record InitiatorAdmission(
        IkeSa sa,
        SaServices services,
        KeyedSa keyed,
        MobikeSupport mobike,
        AuthExtensions extensions,
        Authentication authentication,
        Optional<ChildCreation> first,
        List<ChildRequest> children,
        InboundMessage response)
        implements Admission {
    @Override
    public void admit() {
        mobike.processResponse(response);
        extensions.processResponse(response);
        Established established = new Establishment(sa, services)
                .after(authentication, mobike, keyed.with(authentication.settle()), false);
        established.onAgreed(extensions);
        AuthLifetime.in(response).ifPresent(established.lifetime()::onSaid);
        first.ifPresent(child -> child.processResponse(response));
        children.stream()
                .skip(first.isPresent() ? 1 : 0)
                .forEach(child -> established.createChild(child, Optional.empty()));
        first.ifPresent(child -> {
            child.orphan().ifPresent(established.deletions()::announceOrphan);
            child.failure().ifPresent(failure -> established.creations().onRefusedInAuth(children.getFirst(), failure));
        });
    }

    @Override
    public void refuse(Failure failure) {
        abandon();
        sa.refuse(failure);
    }

    @Override
    public void abandon() {
        first.ifPresent(ChildCreation::abandon);
        authentication.close();
    }

    @Override
    public boolean addChild(ChildRequest child) {
        return children.add(child);
    }
}
