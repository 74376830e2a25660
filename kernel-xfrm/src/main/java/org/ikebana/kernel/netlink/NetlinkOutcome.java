package org.ikebana.kernel.netlink;

import java.util.Optional;
import org.ikebana.kernel.linux.Errno;

/**
 * What became of a request.
 *
 * @param errno positive; 0 when it was done
 * @param text what the kernel says about an error
 * @param answer to a query that went well
 */
public record NetlinkOutcome<M>(int errno, Optional<String> text, Optional<M> answer) {
    static <M> NetlinkOutcome<M> of(NetlinkAck ack) {
        return new NetlinkOutcome<>(ack.errno(), ack.text(), Optional.empty());
    }

    static <M> NetlinkOutcome<M> of(M answer) {
        return new NetlinkOutcome<>(0, Optional.empty(), Optional.of(answer));
    }

    public boolean isDone() {
        return errno == 0;
    }

    public boolean failedWith(Errno error) {
        return errno == error.number();
    }
}
