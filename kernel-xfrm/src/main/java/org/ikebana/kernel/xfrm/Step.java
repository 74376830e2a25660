package org.ikebana.kernel.xfrm;

import java.util.Optional;
import org.ikebana.kernel.linux.Errno;
import org.ikebana.kernel.netlink.NetlinkOutcome;
import org.ikebana.kernel.xfrm.message.XfrmMessage;

/**
 * One change on its way into the kernel.
 *
 * @param element what error texts call it
 * @param message does it
 * @param instead does it where {@code message} finds nothing to update
 * @param undo brings back what was there before the whole update, whatever its other changes do to the same SA or policy
 */
record Step(String element, XfrmMessage message, Optional<XfrmMessage> instead, XfrmMessage undo) {
    Step(String element, XfrmMessage message, XfrmMessage undo) {
        this(element, message, Optional.empty(), undo);
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

    /** A reservation that has lapsed meanwhile is no obstacle: the SA is added afresh. */
    boolean mustBeTriedOtherwise(NetlinkOutcome<?> outcome) {
        return instead.isPresent() && outcome.failedWith(Errno.ESRCH);
    }
}
