package org.ikebana.ike.sa;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.ikebana.ike.kernel.Spi;
import org.ikebana.ike.task.ChildDeletion;
import org.ikebana.ike.wire.ExchangeType;

/** Tells the peer which pairs are gone here (RFC 7296 1.4.1), and knows what it has not answered yet. */
final class ChildDeletions {
    private static final int MOST_UNKNOWN = 16;

    private final IkeSa sa;
    private final Established established;

    /** By outbound SPI. */
    private final Set<Spi> underWay = new HashSet<>();

    /** What the peer deletes may be what its answer, delayed on its way, is to bring. */
    private final LinkedHashSet<Spi> unknown = new LinkedHashSet<>(1);

    ChildDeletions(IkeSa sa, Established established) {
        this.sa = sa;
        this.established = established;
    }

    void announce(ChildSa child) {
        underWay.add(child.outbound().spi());
        announce(child.inbound().spi(), now -> {
            now.underWay.remove(child.outbound().spi());
            now.sa.children().retirement().linger(child);
        });
    }

    /** A pair that the peer has installed and we could not. */
    void announceOrphan(Spi inbound) {
        announce(inbound, now -> {});
    }

    /** Whether we have announced the deletion of the pair with this outbound SPI. */
    boolean isUnderWay(Spi outbound) {
        return underWay.contains(outbound);
    }

    /** The peer deletes a pair that we do not have. */
    void onUnknown(Spi outbound) {
        if (!established.queue().isAbout(ExchangeQueue.Subject.CHILD)) {
            return;
        }
        unknown.add(outbound);
        if (unknown.size() > MOST_UNKNOWN) {
            unknown.removeFirst();
        }
    }

    /** Whether the peer has deleted this pair before we had it: asked once, when its answer has come. */
    boolean hasCome(Spi outbound) {
        boolean hasCome = unknown.contains(outbound);
        unknown.clear();
        return hasCome;
    }

    /** A rekeyed IKE SA goes on with what is not answered yet. */
    void moveTo(ChildDeletions other) {
        other.underWay.addAll(underWay);
    }

    private void announce(Spi inbound, Consumer<ChildDeletions> answered) {
        established
                .queue()
                .add(new ExchangeQueue.Exchange(
                        ExchangeType.INFORMATIONAL,
                        ExchangeQueue.Subject.CHILD,
                        now -> Optional.of(ChildDeletion.initiator(inbound, () -> answered.accept(now.deletions()))),
                        (now, failure) -> now.warn(
                                "the peer was not told that SPI " + inbound + " is gone: " + failure.sentence())));
    }
}
