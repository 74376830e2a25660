package org.ikebana.ike.sa;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.ikebana.ike.wire.Octets;

/**
 * Where both ends make the same child SA at once, the exchange with the lowest nonce has lost, as with rekeys (RFC 7296
 * 2.8.1), and whoever began it deletes what it made. The same is what has the same selectors: both ends see those.
 */
final class CreationCollisions {
    /** A peer that knows that it has lost has deleted its pair by then. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final IkeSa sa;
    private final SaServices services;
    private final Established established;
    private final List<Rival> rivals = new ArrayList<>(0);
    private boolean isOursUnderWay;

    /** What the peer has made while we were asking. */
    private record Rival(ChildSa child, Octets lowestNonce) {}

    CreationCollisions(IkeSa sa, SaServices services, Established established) {
        this.sa = sa;
        this.services = services;
        this.established = established;
    }

    /** We ask for a child. */
    void begin() {
        isOursUnderWay = true;
        rivals.clear();
    }

    /** The peer has made a child. */
    void theirs(ChildSa child, Octets lowestNonce) {
        if (isOursUnderWay) {
            rivals.add(new Rival(child, lowestNonce));
        }
    }

    /** What we have asked for comes to nothing. */
    void over() {
        isOursUnderWay = false;
        rivals.clear();
    }

    /** What we have asked for is made. */
    void ours(ChildSa child, Octets lowestNonce) {
        Optional<Rival> met = rivals.stream()
                .filter(rival ->
                        rival.child.config().name().equals(child.config().name()))
                .filter(rival -> rival.child.selectors().isSameAs(child.selectors()))
                .filter(rival ->
                        sa.children().stages().atWorkInsteadOf(rival.child).isPresent())
                .findFirst();
        over();
        if (met.isEmpty()) {
            return;
        }
        if (lowestNonce.compareTo(met.get().lowestNonce) < 0) {
            established.deleteChild(child, CloseCause.REDUNDANT);
        } else {
            ChildSas children = sa.children(); // they may move to another IKE SA meanwhile
            ChildSa loser = met.get().child;
            services.environment()
                    .after(
                            PATIENCE,
                            () -> children.stages()
                                    .atWorkInsteadOf(loser)
                                    .ifPresent(late -> children.owner().deleteChild(late, CloseCause.REDUNDANT)));
        }
    }
}
