package org.ikebana.kernel.xfrm;

import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.ikebana.kernel.linux.Errno;
import org.ikebana.kernel.netlink.Attributes;
import org.ikebana.kernel.netlink.NetlinkOutcome;
import org.ikebana.kernel.xfrm.message.XfrmMessage;
import org.ikebana.kernel.xfrm.message.Xfrma;

/**
 * One change on its way into the kernel.
 *
 * @param element what error texts call it
 * @param message does it
 * @param fallbacks what is tried where {@code message} is refused
 * @param undo brings back what was there before the whole update, whatever its other changes do to the same SA or policy
 */
record Step(String element, XfrmMessage message, Set<Fallback> fallbacks, XfrmMessage undo) {
    /** How else an SA may come in. */
    enum Fallback {
        /** A reservation that has lapsed meanwhile is no obstacle. */
        ADD_AFRESH,
        /** The network card does not take it, and need not. */
        WITHOUT_OFFLOAD
    }

    Step(String element, XfrmMessage message, XfrmMessage undo) {
        this(element, message, Set.of(), undo);
    }

    /** What is to be deleted may be gone already. */
    boolean isDone(NetlinkOutcome<?> outcome) {
        return isDone(message, outcome);
    }

    static boolean isDone(XfrmMessage message, NetlinkOutcome<?> outcome) {
        return outcome.isDone()
                || switch (message) {
                    case XfrmMessage.DeleteSa deletion -> outcome.failedWith(Errno.ESRCH);
                    case XfrmMessage.DeletePolicy deletion -> outcome.failedWith(Errno.ENOENT);
                    default -> false;
                };
    }

    /** What to try next after this outcome; each fallback once, so that the last refusal is the one that counts. */
    Optional<Step> otherwise(NetlinkOutcome<?> outcome) {
        if (outcome.isDone()) {
            return Optional.empty();
        }
        if (outcome.failedWith(Errno.ESRCH) && fallbacks.contains(Fallback.ADD_AFRESH)) {
            return Optional.of(after(Fallback.ADD_AFRESH, added(message, message.attributes())));
        }
        if (fallbacks.contains(Fallback.WITHOUT_OFFLOAD)) {
            return Optional.of(after(Fallback.WITHOUT_OFFLOAD, withoutOffload(message)));
        }
        return Optional.empty();
    }

    private Step after(Fallback tried, XfrmMessage next) {
        EnumSet<Fallback> left = EnumSet.copyOf(fallbacks);
        left.remove(tried);
        return new Step(element, next, left, undo);
    }

    private static XfrmMessage added(XfrmMessage message, Attributes attributes) {
        return message instanceof XfrmMessage.UpdateSa update
                ? new XfrmMessage.NewSa(update.body(), attributes)
                : message;
    }

    private static XfrmMessage withoutOffload(XfrmMessage message) {
        Attributes attributes = message.attributes().without(Xfrma.OFFLOAD_DEV);
        return switch (message) {
            case XfrmMessage.UpdateSa update -> new XfrmMessage.UpdateSa(update.body(), attributes);
            case XfrmMessage.NewSa addition -> new XfrmMessage.NewSa(addition.body(), attributes);
            default -> message;
        };
    }
}
