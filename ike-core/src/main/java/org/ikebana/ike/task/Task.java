package org.ikebana.ike.task;

import java.util.List;
import java.util.Optional;
import org.ikebana.ike.wire.Payload;

/**
 * One feature's part in an exchange. Several tasks share one exchange; each adds its payloads and reads its own. An
 * initiator calls {@link #buildRequest} and {@link #processResponse}, a responder {@link #processRequest} and
 * {@link #buildResponse}, each once per attempt and in the order of the tasks.
 */
public interface Task {
    void buildRequest(List<Payload> request) throws ExchangeException;

    void processResponse(InboundMessage response) throws ExchangeException;

    void processRequest(InboundMessage request) throws ExchangeException;

    void buildResponse(List<Payload> response) throws ExchangeException;

    /**
     * What has to follow before anything else: an IKE_FOLLOWUP_KE exchange (RFC 9370 2.2.4). Asked when this one has been
     * processed.
     */
    default Optional<FollowUps> followUp() {
        return Optional.empty();
    }

    /** The exchange will not be completed: gives back what was set aside for it. */
    default void abandon() {}
}
