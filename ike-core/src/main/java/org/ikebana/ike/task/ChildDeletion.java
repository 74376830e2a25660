package org.ikebana.ike.task;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.ikebana.ike.kernel.Spi;
import org.ikebana.ike.wire.DeletePayload;
import org.ikebana.ike.wire.Octets;
import org.ikebana.ike.wire.Payload;
import org.ikebana.ike.wire.ProtocolId;

/**
 * Delete payloads for child SAs (RFC 7296 1.4.1): each side names the SPIs that it receives with. Both roles remove
 * their pair through {@code remove}.
 */
public final class ChildDeletion implements Task {
    private final List<Spi> inbound;
    private final Function<Spi, Optional<Spi>> remove;
    private final Runnable answered;

    /**
     * @param inbound an initiator's: what it receives with, and gives up
     * @param remove a responder's: removes the pair whose outbound SPI this is, and says its inbound one
     */
    private ChildDeletion(List<Spi> inbound, Function<Spi, Optional<Spi>> remove, Runnable answered) {
        this.inbound = new ArrayList<>(inbound);
        this.remove = remove;
        this.answered = answered;
    }

    /** @param answered runs when the peer has answered */
    public static ChildDeletion initiator(Spi inbound, Runnable answered) {
        return new ChildDeletion(List.of(inbound), spi -> Optional.empty(), answered);
    }

    public static ChildDeletion responder(Function<Spi, Optional<Spi>> remove) {
        return new ChildDeletion(List.of(), remove, () -> {});
    }

    @Override
    public void buildRequest(List<Payload> request) {
        addTo(request);
    }

    @Override
    public void processResponse(InboundMessage response) {
        answered.run();
    }

    @Override
    public void processRequest(InboundMessage request) {
        for (DeletePayload delete : request.all(DeletePayload.class)) {
            if (delete.protocolId() != ProtocolId.ESP) {
                continue;
            }
            for (Octets spi : delete.spis()) {
                if (spi.length() == 4) {
                    remove.apply(new Spi(spi.toInt())).ifPresent(inbound::add);
                }
            }
        }
    }

    @Override
    public void buildResponse(List<Payload> response) {
        addTo(response);
    }

    private void addTo(List<Payload> payloads) {
        if (!inbound.isEmpty()) {
            payloads.add(new DeletePayload(
                    ProtocolId.ESP,
                    inbound.stream().map(spi -> Octets.ofInt(spi.value())).toList()));
        }
    }
}
